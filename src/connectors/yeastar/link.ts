import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import { openSocket, type SocketLine, SocketRefusal } from '../kit/web-socket.ts'
import type { Api } from './api.ts'
import type { Settings } from './config.ts'
import { codes } from './error-codes.ts'
import { readEvent, topics, type YeastarEvent } from './events.ts'
import { apiPath, userAgent } from './sign-in.ts'

const openMs = 10_000
/** The PBX cuts who says nothing for 60 s (developer guide, WebSocket). */
const heartbeatMs = 10_000
/** Longer than a heartbeat, whose answer is a sign of life where pings are not answered. */
const pingMs = 25_000

export interface LinkParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  heard(event: YeastarEvent): void
}

/** A WebSocket that has subscribed to our topics. Rejects with ConnectorFailure. */
export async function openLink(parts: LinkParts, stopped: AbortSignal): Promise<SocketLine> {
  const { signIn } = parts.api
  for (let attempt = 1; ; attempt += 1) {
    const token = await signIn.get()
    const answer = await subscribe(parts, token, stopped)
    if (typeof answer !== 'number') {
      signIn.accepted(token)
      return answer
    }
    const stale = answer === codes.tokenExpired
    if (!stale || attempt > 1 || !signIn.discard(token)) throw declined(answer)
  }
}

function declined(errcode: number): ConnectorFailure {
  return new ConnectorFailure('misconfigured', `The PBX declines to tell of events (${errcode}).`, {
    fix: 'Look at Integrations > API of the PBX, or set events: webhook.',
  })
}

/** The line, or the `errcode` with which the PBX declined. */
async function subscribe(
  { settings, context, heard }: LinkParts,
  token: string,
  stopped: AbortSignal,
): Promise<SocketLine | number> {
  const { clock, network } = context
  const answered = Promise.withResolvers<number>()
  const url = `${settings.url.replace(/^http/, 'ws')}${apiPath}/subscribe?access_token=${encodeURIComponent(token)}`
  const line = await openSocket({
    ...{ clock, network, url, headers: userAgent, timeoutMs: openMs, pingMs, stopped },
    heard(text) {
      const event = readEvent(text)
      if (event.kind === 'answer') answered.resolve(event.errcode)
      else heard(event)
    },
  }).catch((error: unknown) => {
    throw asFailure(error)
  })
  let beat: Timer
  const patience = clock.after(openMs, () => line.close())
  const keep = () => {
    line.send('heartbeat')
    beat = clock.after(heartbeatMs, keep)
  }
  beat = clock.after(heartbeatMs, keep)
  void line.closed.then(() => beat.cancel())
  line.send(JSON.stringify({ topic_list: topics }))
  const errcode = await Promise.race([answered.promise, line.closed]).finally(() => patience.cancel())
  if (errcode === 0) return line
  line.close()
  if (typeof errcode === 'number') return errcode
  throw new ConnectorFailure('not-ready', `The PBX does not tell of events: ${errcode}.`)
}

function asFailure(error: unknown): ConnectorFailure {
  if (!(error instanceof SocketRefusal)) {
    return new ConnectorFailure('unexpected', 'The WebSocket broke.', { cause: error })
  }
  const { status, message, retryAfterMs } = error
  if (status !== undefined && status < 500 && status !== 429) {
    return new ConnectorFailure('misconfigured', `The PBX has no WebSocket for us (${status}).`, {
      fix: 'Let WebSockets pass any proxy in front of the PBX, update its firmware, or set events: webhook.',
    })
  }
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return new ConnectorFailure('not-ready', `The PBX does not tell of events: ${message}.`, wait)
}
