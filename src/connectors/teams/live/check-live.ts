import { type ConnectorContext, ConnectorFailure, type Finding } from '../../../core/connector.ts'
import { isCall, type Presence, presenceLabel } from '../../../core/presence.ts'
import type { TeamsConfig } from '../config.ts'
import { openSession, type Session } from '../session.ts'
import { resolveSettings } from '../settings.ts'
import { type Delays, showCall } from './call.ts'
import { LiveDesk, type LiveOptions } from './desk.ts'
import { askWhetherCallsRing } from './diverting.ts'
import { answerLimits, watchLimits } from './limits.ts'
import { AnswerSheet, type LiveAnswer } from './open-points.ts'
import { tryLives } from './preferred-life.ts'
import type { LiveExchange } from './recorder.ts'
import { askStranger } from './stranger.ts'
import { trySubscription } from './subscription.ts'
import { tryUnlicensed } from './unlicensed.ts'

export interface LiveReport {
  readonly findings: readonly Finding[]
  /** Every open point, answered or not. */
  readonly answers: readonly LiveAnswer[]
  /** Milliseconds from the acknowledgement of a write to the read that shows it. */
  readonly delays: Delays
  /** Without names, ids or texts: may be attached to a report. */
  readonly recording: readonly LiveExchange[]
}

/**
 * Shows In a call for one consenting person, reads it back until it is seen, takes it away, sees that it is gone, and
 * asks what Microsoft's pages leave open. Never throws; whatever happens, all that was set is taken back at the end.
 */
export async function checkLive(
  config: TeamsConfig,
  context: ConnectorContext,
  options: LiveOptions,
): Promise<LiveReport> {
  let session: Session | undefined
  try {
    const settings = resolveSettings(config)
    const limits = watchLimits(context.fetch, settings.graphUrl)
    session = openSession(settings, { ...context, fetch: limits.fetch })
    await session.tokens.get()
    const desk = new LiveDesk({ settings, session }, context, { options, limits })
    return await run(desk, context)
  } catch (error) {
    const finding = describeBreak(error, context)
    return { findings: [finding], answers: new AnswerSheet().finish(finding.text), delays: {}, recording: [] }
  } finally {
    session?.close()
  }
}

async function run(desk: LiveDesk, context: ConnectorContext): Promise<LiveReport> {
  let delays: Delays = {}
  try {
    delays = await takeSteps(desk)
  } catch (error) {
    desk.findings.push(describeBreak(error, context))
  }
  await desk.debts.payAll()
  if (desk.limits.seen.length > 0) answerLimits(desk.limits.seen, desk.sheet)
  const worst = desk.findings.find(({ level }) => level === 'error' || level === 'warning')
  const early = desk.interrupted
    ? 'the check was interrupted'
    : `the check ended before: ${worst?.text ?? ''}`
  return {
    findings: desk.findings,
    answers: desk.sheet.finish(early),
    delays,
    recording: desk.recorder.exchanges,
  }
}

async function takeSteps(desk: LiveDesk): Promise<Delays> {
  const { reply, id } = await desk.findUser('find the person', desk.options.upn)
  if (id === undefined) {
    desk.fail('The person was not found', reply, 'User.ReadBasic.All')
    return {}
  }
  desk.id = id
  const before = await readBefore(desk)
  if (!before) return {}
  await askStranger(desk)
  if (isCall(before)) return {}
  const delays = await showCall(desk, before)
  // Without the right to write, the others would only be refused once more.
  if (desk.findings.some(({ level }) => level === 'error')) return delays
  const steps = [askWhetherCallsRing, tryLives, tryUnlicensed, trySubscription]
  for (const step of steps) if (!desk.interrupted) await step(desk, before)
  return delays
}

async function readBefore(desk: LiveDesk): Promise<Presence | undefined> {
  const { reply, state, sequence } = await desk.read('before')
  if (!state) {
    desk.fail('The presence of the person cannot be read', reply, 'Presence.Read.All')
    return undefined
  }
  desk.sheet.answer(2, sequence === undefined ? 'no' : 'yes')
  desk.findings.push({ level: 'ok', text: `Teams shows ${presenceLabel(state)}.` })
  if (isCall(state)) {
    desk.findings.push({
      level: 'warning',
      text: 'The person is in a call already: a call written by Hookswitch could not be told from it.',
      fix: 'Repeat the check when the call is over.',
    })
  }
  return state
}

function describeBreak(error: unknown, context: ConnectorContext): Finding {
  const known = error instanceof ConnectorFailure ? error : undefined
  if (!known) context.log.error('the live check broke', { error })
  return {
    level: 'error',
    text: known?.message ?? 'The live check broke off unexpectedly.',
    fix: known?.fix ?? 'Report this with the log.',
  }
}
