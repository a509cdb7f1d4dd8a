import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { TokenHolder } from '../kit/token-holder.ts'
import type { Settings } from './config.ts'

const timeoutMs = 10_000
/** Salesforce does not say how long a token lasts; an organisation may set no less than 15 minutes of idleness. */
const lifeMs = 30 * 60_000
/** An assertion may be valid for three minutes at most. */
const assertionSeconds = 120
/** Of the newest refresh token among the sealed values. */
const keptName = 'refreshToken'
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
const bearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** Where the signed-in user works. */
export interface Site {
  readonly token: string
  /** Without a trailing slash. */
  readonly instanceUrl: string
  readonly orgId: string
  /** A refresh token came back with the sign-in and could not be kept: the one that is used is used up, or soon will be. */
  readonly losesToken: boolean
}

/** What the token endpoint answers. */
interface Granted extends Omit<Site, 'losesToken'> {
  /** In the place of the one that was sent, which ends. */
  readonly refreshToken: string | undefined
}

/** The one sign-in of a credential in this process. */
export class Session {
  readonly holder: TokenHolder
  readonly #settings: Settings
  readonly #context: ConnectorContext
  #site: Site | undefined
  /** The newest of the configured one and those that came after it. */
  #refreshToken: string | undefined

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.holder = new TokenHolder(context.clock, async () => {
      const site = await this.#ask()
      this.#site = site
      return { value: site.token, lifeMs }
    })
  }

  /** Throws ConnectorFailure. */
  async site(): Promise<Site> {
    const token = await this.holder.get()
    return { ...this.#site!, token }
  }

  async #ask(): Promise<Site> {
    const { loginUrl, credential } = this.#settings
    const asked = { loginUrl, form: await this.#form(), fix: fixes[credential.kind] }
    const granted = readSite(await askForToken(asked, this.#context), new URL(loginUrl).host)
    const { refreshToken, ...site } = granted
    return { ...site, losesToken: refreshToken !== undefined && !(await this.#keep(refreshToken)) }
  }

  /** With rotation Salesforce ends a refresh token when it is used, and gives another. */
  async #keep(refreshToken: string): Promise<boolean> {
    const { credential } = this.#settings
    const { sealed, log } = this.#context
    this.#refreshToken = refreshToken
    if (credential.kind !== 'refresh' || !sealed) return false
    try {
      await sealed.set(keptName, JSON.stringify({ after: hashOf(credential.refreshToken), refreshToken }))
      return true
    } catch (cause) {
      log.error('the new refresh token could not be stored: after a restart somebody has to sign in again', {
        cause,
      })
      return false
    }
  }

  /** What came after the configured token; one that came after another, of an earlier sign-in, is none. */
  #newestOf(configured: string): string {
    const kept = fieldsOf(readJson(this.#context.sealed?.get(keptName) ?? ''))
    const fits = kept.after === hashOf(configured)
    return this.#refreshToken ?? (fits ? textOf(kept.refreshToken) : undefined) ?? configured
  }

  async #form(): Promise<URLSearchParams> {
    const { clientId, credential, loginUrl } = this.#settings
    if (credential.kind === 'refresh') {
      const { refreshToken, clientSecret } = credential
      return new URLSearchParams({
        ...{ grant_type: 'refresh_token', client_id: clientId, refresh_token: this.#newestOf(refreshToken) },
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
      })
    }
    const now = Math.floor(this.#context.clock.wall() / 1000)
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(clientId)
      .setSubject(credential.username)
      .setAudience(audienceOf(loginUrl))
      .setExpirationTime(now + assertionSeconds)
      .sign(readKey(credential.privateKey))
    return new URLSearchParams({ grant_type: bearer, assertion })
  }
}

/** What is asked of the token endpoint, and what to do where it refuses. */
interface TokenQuestion {
  readonly loginUrl: string
  readonly form: URLSearchParams
  readonly fix: string
}

/** The body of the answer of the token endpoint. Throws ConnectorFailure. */
export async function askForToken(
  { loginUrl, form, fix }: TokenQuestion,
  { fetch, clock }: Pick<ConnectorContext, 'fetch' | 'clock'>,
): Promise<string> {
  const { host } = new URL(loginUrl)
  const answer = await sendHttp(
    // Shared by all instances of a credential: the end of one must not end the sign-in of another.
    { fetch, clock, signal: new AbortController().signal },
    {
      method: 'POST',
      url: `${loginUrl}/services/oauth2/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      timeoutMs,
    },
  )
  if (answer.kind === 'silence') {
    throw new ConnectorFailure('not-ready', `No sign-in at ${host}: ${answer.reason}.`, {
      fix: 'Check loginUrl, the firewall and the name resolution of this machine.',
    })
  }
  if (answer.status === 200) return answer.text
  throw explainRefusal(answer, host, fix)
}

/** The audience is Salesforce's own sign-in, also for an organisation's own address, and else the address itself. */
function audienceOf(loginUrl: string): string {
  const { hostname } = new URL(loginUrl)
  if (/\.sandbox\.my\.salesforce\.com$/.test(hostname)) return 'https://test.salesforce.com'
  return hostname.endsWith('.my.salesforce.com') ? 'https://login.salesforce.com' : loginUrl
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new ConnectorFailure('misconfigured', 'privateKey is not a private key in PEM form.', {
      fix: 'Give the key that was made with the certificate, with its BEGIN and END lines.',
    })
  }
}

function readSite(text: string, host: string): Granted {
  const { access_token, instance_url, id, refresh_token } = fieldsOf(readJson(text))
  const [token, instance, identity] = [textOf(access_token), textOf(instance_url), textOf(id)]
  const orgId = /\/id\/(\w{15,18})\//.exec(identity ?? '')?.[1]
  if (token !== undefined && instance !== undefined && URL.canParse(instance) && orgId !== undefined) {
    return { token, instanceUrl: instance.replace(/\/+$/, ''), orgId, refreshToken: textOf(refresh_token) }
  }
  throw new ConnectorFailure('misconfigured', `${host} answered the sign-in with something else.`, {
    fix: 'Check that loginUrl is the address of your Salesforce organisation.',
  })
}

const fixes = {
  jwt: 'Check clientId, username and privateKey; the certificate must be the one uploaded to the app, and the user pre-authorised by a permission set of the app.',
  refresh:
    'Check clientId and clientSecret; a refresh token that an app rotates works once. Sign in again in the browser for a new one, on the page of the connector or with: hookswitch connectors sign-in.',
} as const

/** Errors of the token endpoint; their descriptions are Salesforce's words and carry no secret. */
function explainRefusal(answer: HttpAnswer, host: string, fix: string): ConnectorFailure {
  const { status, text, retryAfterMs } = answer
  if (status === 429 || status >= 500) {
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
    const failure = status === 429 ? 'rate-limited' : 'not-ready'
    return new ConnectorFailure(failure, `${host} answered the sign-in with ${status}.`, wait)
  }
  if (status >= 300 && status < 400) {
    return new ConnectorFailure('misconfigured', `${host} sends the sign-in elsewhere (${status}).`, {
      fix: 'Set loginUrl to the My Domain address of the organisation.',
    })
  }
  const { error, error_description } = fieldsOf(readJson(text))
  const words = [textOf(error), textOf(error_description)].filter((word) => word !== undefined).join(', ')
  const reason = words === '' ? String(status) : words.slice(0, 200)
  return new ConnectorFailure('auth-failed', `${host} does not accept the sign-in: ${reason}.`, { fix })
}

/** The session of this credential, which several instances may share. */
export function sessionOf(settings: Settings, context: ConnectorContext): Session {
  const { loginUrl, clientId, credential } = settings
  const key = createHash('sha256')
    .update(JSON.stringify([loginUrl, clientId, credential]))
    .digest('hex')
  return context.shared(`salesforce session ${key}`, () => new Session(settings, context))
}
