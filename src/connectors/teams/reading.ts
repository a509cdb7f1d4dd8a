import type { FailureKind } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { Priority } from '../kit/budget.ts'
import { type ErrorSubject, explainGraph, type GraphRefusal } from './errors.ts'
import type { PresenceFeed } from './feed.ts'
import type { GraphClient, GraphReply } from './graph.ts'
import type { Intake } from './intake.ts'
import { requestBody, type Watched } from './people.ts'

/** Why people could not be read; the kind is what a start that fails for this reason throws. */
export interface Trouble {
  readonly kind: FailureKind
  readonly reason: string
  readonly fix?: string
  readonly retryAfterMs?: number
}

export type ReadResult =
  | { readonly kind: 'read' }
  /** 400 or 404: somebody among them is not accepted. */
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

export interface ReadingParts {
  readonly graph: GraphClient
  readonly intake: Intake
  readonly feed: PresenceFeed
  readonly clock: Clock
  readonly subject: ErrorSubject
}

export const readPermission = 'Presence.Read.All (or Presence.ReadWrite.All)'
const timeoutMs = 10_000
const path = '/communications/getPresencesByUserId'

/** A 400 or 404 for everybody may be a wrong address, or people who are gone: neither is final. */
const kindByStatus: Readonly<Record<number, FailureKind>> = { 401: 'auth-failed', 403: 'misconfigured' }

/** One getPresencesByUserId, and what it means for the connection as a whole. */
export class Reading {
  readonly #parts: ReadingParts
  /** Reads in a row that failed. */
  failures = 0
  /** Monotonic time of the last read that succeeded. */
  goodAt: number
  trouble: Trouble | undefined
  /** Monotonic time until which Graph asked not to be read. */
  waitUntil = Number.NEGATIVE_INFINITY

  constructor(parts: ReadingParts) {
    this.#parts = parts
    this.goodAt = parts.clock.monotonic()
  }

  /** A start knows nothing of an earlier one. */
  begin(): void {
    this.failures = 0
    this.trouble = undefined
    this.goodAt = this.#parts.clock.monotonic()
  }

  async read(
    people: readonly Watched[],
    priority: Priority,
    options: { readonly left?: () => void } = {},
  ): Promise<ReadResult> {
    const { graph, intake, feed, clock } = this.#parts
    const request = {
      ...({ call: 'presences', method: 'POST', path, timeoutMs, priority } as const),
      ...options,
      body: requestBody(people),
    }
    const reply = await graph.send(request)
    if (reply.kind === 'ok') {
      feed.ensureOpen()
      const now = clock.monotonic()
      const meta = { sentAt: reply.sentAt, now, sweep: priority === 'sweep' }
      if (intake.take(reply.text, people, meta)) {
        this.failures = 0
        this.goodAt = now
        this.trouble = undefined
        return { kind: 'read' }
      }
    }
    const trouble = this.#explain(reply)
    if (reply.kind === 'refused' && (reply.refusal.status === 400 || reply.refusal.status === 404)) {
      return { kind: 'refused', trouble }
    }
    this.trouble = trouble
    // Told to wait is not failing: it is obeyed, and the lease tells how long what was read may be believed.
    if (reply.kind === 'wait') this.waitUntil = clock.monotonic() + reply.retryAfterMs
    else this.failures += 1
    return { kind: 'trouble', trouble }
  }

  #explain(reply: GraphReply): Trouble {
    switch (reply.kind) {
      case 'ok':
        return {
          kind: 'not-ready',
          reason: 'the answer of Graph could not be understood',
          fix: 'Check graphUrl, and whether a proxy answers in its place.',
        }
      case 'wait':
        return { kind: 'rate-limited', reason: reply.reason, retryAfterMs: reply.retryAfterMs }
      case 'trouble':
        return { kind: 'not-ready', reason: reply.reason, fix: 'Check graphUrl and the network.' }
      case 'signedOut': {
        const { kind, message, fix, retryAfterMs } = reply.failure
        return {
          kind,
          reason: message,
          ...(fix === undefined ? {} : { fix }),
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        }
      }
      case 'refused':
        return this.#refusal(reply.refusal)
    }
  }

  #refusal(refusal: GraphRefusal): Trouble {
    const { reason, fix } = explainGraph(refusal, readPermission, this.#parts.subject)
    return { kind: kindByStatus[refusal.status] ?? 'not-ready', reason, fix }
  }
}
