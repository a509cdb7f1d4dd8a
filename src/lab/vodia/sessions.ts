import { randomBytes } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'

/** Who a session speaks for. */
export interface Scope {
  readonly domain: string
  readonly extension?: string | undefined
  readonly admin: boolean
}

/** A token is good for one exchange within ten seconds (doc.vodia.com/docs/thirdparty). */
const tokenLifeMs = 10_000

/** One-time tokens and the session cookies that they are exchanged for. */
export class Sessions {
  readonly #clock: Clock
  readonly #tokens = new Map<string, { readonly scope: Scope; readonly endsAt: number }>()
  readonly #sessions = new Map<string, Scope>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(scope: Scope): string {
    const token = randomBytes(15).toString('base64url')
    this.#tokens.set(token, { scope, endsAt: this.#clock.monotonic() + tokenLifeMs })
    return token
  }

  /** The session's id; undefined for a token that is unknown, used or too old. */
  exchange(token: string): string | undefined {
    const found = this.#tokens.get(token)
    this.#tokens.delete(token)
    if (!found || found.endsAt < this.#clock.monotonic()) return undefined
    const session = randomBytes(15).toString('base64url')
    this.#sessions.set(session, found.scope)
    return session
  }

  /** Of a Cookie header. */
  find(cookie: string | undefined): Scope | undefined {
    const id = /(?:^|;\s*)session=([^;]+)/.exec(cookie ?? '')?.[1]
    return id === undefined ? undefined : this.#sessions.get(id)
  }

  end(cookie: string | undefined): void {
    const id = /(?:^|;\s*)session=([^;]+)/.exec(cookie ?? '')?.[1]
    if (id !== undefined) this.#sessions.delete(id)
  }

  get size(): number {
    return this.#sessions.size
  }
}
