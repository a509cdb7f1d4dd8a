import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'

const usualTimeoutMs = 10_000
/** Where the answer names no life; Webex says fourteen days. */
const usualLifeMs = 12 * 3_600_000

/** What a sign-in answered; times in milliseconds. */
export interface Signed {
  readonly access: string
  readonly lifeMs: number
  /** The refresh token to use from now on; undefined where the former one stays. */
  readonly refresh: string | undefined
  readonly refreshLifeMs: number | undefined
}

/** Whose credentials they are, in the words of the settings. */
export interface Words {
  readonly who: string
  readonly fix: string
}

/** `POST /access_token` (developer.webex.com/docs/integrations). Throws ConnectorFailure. */
export async function signIn(
  context: Pick<ConnectorContext, 'fetch' | 'clock'>,
  url: string,
  {
    form,
    words,
    timeoutMs = usualTimeoutMs,
  }: {
    readonly form: Readonly<Record<string, string>>
    readonly words: Words
    readonly timeoutMs?: number
  },
): Promise<Signed> {
  const { host } = new URL(url)
  const answer = await sendHttp(
    // Shared by all that use the credential: the end of one must not end the sign-in of another.
    { fetch: context.fetch, clock: context.clock, signal: new AbortController().signal },
    {
      method: 'POST',
      url: `${url}/access_token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      timeoutMs,
    },
  )
  if (answer.kind === 'silence') {
    throw new ConnectorFailure('not-ready', `No token from ${host}: ${answer.reason}.`, {
      fix: 'Check "url", the firewall and the name resolution of this machine.',
    })
  }
  if (answer.status !== 200) throw explain(answer, host, words)
  const fields = fieldsOf(readJson(answer.text))
  const access = textOf(fields.access_token)
  if (access === undefined) {
    throw new ConnectorFailure('misconfigured', `${host} answered the sign-in with something else.`, {
      fix: 'Check that "url" is the address of the Webex REST API.',
    })
  }
  return {
    access,
    lifeMs: seconds(fields.expires_in) ?? usualLifeMs,
    refresh: textOf(fields.refresh_token),
    refreshLifeMs: seconds(fields.refresh_token_expires_in),
  }
}

function seconds(value: unknown): number | undefined {
  const number = Number(value)
  return number > 0 ? number * 1000 : undefined
}

function explain({ status, retryAfterMs }: HttpAnswer, host: string, { who, fix }: Words): ConnectorFailure {
  if (status === 429 || status >= 500) {
    const kind = status === 429 ? 'rate-limited' : 'not-ready'
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
    return new ConnectorFailure(kind, `${host} answered the sign-in with ${status}.`, wait)
  }
  if (status === 404 || (status >= 300 && status < 400)) {
    return new ConnectorFailure('misconfigured', `${host} has no sign-in there (${status}).`, {
      fix: 'Check "url"; it ends in /v1.',
    })
  }
  return new ConnectorFailure('auth-failed', `${host} does not accept ${who} (${status}).`, { fix })
}
