import { ConnectorFailure } from '../../core/connector.ts'
import { child, type Element, findAll } from '../kit/sip/xml.ts'
import type { Settings } from './config.ts'
import { type CstaLine, expectName } from './line.ts'
import { CstaRefusal, CstaSilence, kindOf } from './refusal.ts'
import { type Requests, resetSessionTimer, startSession, stopSession } from './requests.ts'

/** What keeps a signed-in connection alive, and says goodbye. */
export interface SignedIn {
  /** Whole seconds until the system ends the session; undefined without one. */
  readonly seconds: number | undefined
  /** Throws CstaSilence; an answer of any kind shows that somebody is there. */
  beat(): Promise<void>
  readonly farewell: string | undefined
}

/** Signs in as the profile has it. Throws ConnectorFailure. */
export async function signIn(line: CstaLine, settings: Settings, requests: Requests): Promise<SignedIn> {
  if (settings.profile.signIn === 'none') {
    const beat = () => askStatus(line, requests)
    await beat().catch((error: unknown) => {
      throw asSignInFailure(error, settings)
    })
    return { seconds: undefined, beat, farewell: undefined }
  }
  const service = 'StartApplicationSession'
  try {
    const { id, seconds } = await line.request(service, startSession(settings), (answer) => {
      if (answer.name === `${service}NegResponse`) throw sessionRefused(wordOf(answer), settings)
      return readSession(expectName(service, answer, `${service}PosResponse`))
    })
    return { seconds, farewell: stopSession(id), beat: () => prolong(line, id) }
  } catch (error) {
    throw asSignInFailure(error, settings)
  }
}

async function askStatus(line: CstaLine, requests: Requests): Promise<void> {
  try {
    await line.request('RequestSystemStatus', requests.requestSystemStatus(), () => {})
  } catch (error) {
    // Also a refusal is an answer.
    if (!(error instanceof CstaRefusal)) throw error
  }
}

async function prolong(line: CstaLine, id: string): Promise<void> {
  const service = 'ResetApplicationSessionTimer'
  try {
    const over = await line.request(service, resetSessionTimer(id), ({ name }) =>
      name.endsWith('NegResponse'),
    )
    if (over) line.close('the system has ended the session')
  } catch (error) {
    if (!(error instanceof CstaRefusal)) throw error
  }
}

function readSession(answer: Element): { id: string; seconds: number | undefined } {
  const id = child(answer, 'sessionID')?.text.trim() ?? ''
  const seconds = Number(child(answer, 'actualSessionDuration')?.text.trim() || Number.NaN)
  return { id, seconds: seconds > 0 ? seconds : undefined }
}

/** `invalidApplicationInfo` out of `<errorCode><definedError>...`. */
function wordOf(answer: Element): string {
  const said = [
    ...findAll(answer, 'definedError'),
    ...findAll(answer, 'applError'),
    ...findAll(answer, 'errorCode'),
  ]
  return said.map(({ text }) => text.trim()).find((text) => text !== '') ?? 'without a reason'
}

function sessionRefused(word: string, { username, profile }: Settings): ConnectorFailure {
  const text = `The system refuses the application session of "${username}": ${word}.`
  if (/version/i.test(word)) {
    return new ConnectorFailure('misconfigured', text, {
      fix: `It does not speak ${profile.version}: choose another profile, or update the system.`,
    })
  }
  if (/licen[cs]e/i.test(word)) {
    return new ConnectorFailure('misconfigured', text, { fix: 'Buy or free a CSTA licence at the system.' })
  }
  if (/resource|busy|limit|exceed|maximum/i.test(word)) {
    return new ConnectorFailure('not-ready', text, {
      fix: 'End sessions of other applications, or raise their number at the system.',
    })
  }
  return new ConnectorFailure('auth-failed', text, {
    fix: 'Compare username, password and applicationId with the application user at the system.',
  })
}

function asSignInFailure(error: unknown, settings: Settings): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  if (error instanceof CstaRefusal) {
    const denied = kindOf(error) === 'denied' || kindOf(error) === 'other'
    return denied
      ? sessionRefused(`${error.category} ${error.code}`.trim(), settings)
      : new ConnectorFailure('not-ready', `Signing in failed: ${error.message}.`, { cause: error })
  }
  const silent = error instanceof CstaSilence
  const text = error instanceof Error ? error.message : String(error)
  return new ConnectorFailure('not-ready', `Signing in failed: ${text}.`, {
    fix: silent
      ? 'Look whether the port is that of CSTA XML, whether it expects TLS, and whether the profile is the right one.'
      : 'Look whether the profile is the one of this system.',
    cause: error,
  })
}
