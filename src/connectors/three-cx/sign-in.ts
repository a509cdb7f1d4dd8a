import { createHash } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { type Granted, TokenHolder } from '../kit/token-holder.ts'
import type { Settings } from './config.ts'

const timeoutMs = 10_000
/** No token is used for longer, whatever the PBX says: a life of an hour is all that was ever seen. */
const longestLifeMs = 50 * 60_000
/**
 * Before build 20.0.9 `expires_in` counts minutes, since then seconds (commit 1c6947c of github.com/3cx/xapi-tutorial).
 * Nobody grants a token for less than five minutes.
 */
const leastSeconds = 300

/** The life of a token in milliseconds, from `expires_in` in seconds or minutes. */
export function readLife(expiresIn: unknown): number {
  const value = Number(expiresIn)
  if (!(value > 0)) return longestLifeMs
  return Math.min(longestLifeMs, value * (value < leastSeconds ? 60_000 : 1000))
}

const fixClient =
  'Check clientId and clientSecret against Admin Console, Integrations, API; a new key can be made there.'

function explainRefusal({ status, headers, retryAfterMs }: HttpAnswer, host: string): ConnectorFailure {
  if (status === 429 || status >= 500) {
    const kind = status === 429 ? 'rate-limited' : 'not-ready'
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
    return new ConnectorFailure(kind, `${host} answered the sign-in with ${status}.`, wait)
  }
  if (status === 404) {
    return new ConnectorFailure('misconfigured', `${host} has no sign-in for API clients (404).`, {
      fix: 'Check url; the API needs 3CX V20 or later. With V18, use the SIP connector for busy lamps.',
    })
  }
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? ''
    const where = URL.canParse(to) ? ` to ${new URL(to).origin}` : ''
    return new ConnectorFailure('misconfigured', `${host} sends the sign-in elsewhere${where} (${status}).`, {
      fix: 'Set url to the address that the web client shows in the browser.',
    })
  }
  return new ConnectorFailure('auth-failed', `${host} does not accept the API client (${status}).`, {
    fix: fixClient,
  })
}

async function ask(settings: Settings, context: ConnectorContext): Promise<Granted> {
  const { host } = new URL(settings.url)
  const form = new URLSearchParams({
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    grant_type: 'client_credentials',
  })
  const answer = await sendHttp(
    // Shared by all instances of this client: the end of one must not end the sign-in of another.
    { fetch: context.fetch, clock: context.clock, signal: new AbortController().signal },
    {
      method: 'POST',
      url: `${settings.url}/connect/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs,
    },
  )
  if (answer.kind === 'silence') {
    throw new ConnectorFailure('not-ready', `No token from ${host}: ${answer.reason}.`, {
      fix: 'Check url, the firewall, the name resolution of this machine, and the IP restriction of the Admin Console.',
    })
  }
  if (answer.status !== 200) throw explainRefusal(answer, host)
  const { access_token, expires_in } = fieldsOf(readJson(answer.text))
  const value = textOf(access_token)
  if (value === undefined) {
    throw new ConnectorFailure('misconfigured', `${host} answered the sign-in with something else.`, {
      fix: 'Check that url is the address of a 3CX V20.',
    })
  }
  return { value, lifeMs: readLife(expires_in) }
}

/** The one live token of this client: 3CX accepts only the newest, so that everyone here holds the same. */
export function tokenOf(settings: Settings, context: ConnectorContext): TokenHolder {
  const { url, clientId, clientSecret } = settings
  const key = createHash('sha256')
    .update(JSON.stringify([url, clientId, clientSecret]))
    .digest('hex')
  return context.shared(
    `3cx token ${key}`,
    () => new TokenHolder(context.clock, () => ask(settings, context)),
  )
}
