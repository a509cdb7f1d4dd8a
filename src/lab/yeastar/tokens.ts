import { randomBytes } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'

const mostTokens = 8
const refreshLifeMs = 86_400_000

interface Grant {
  readonly refresh: string
  readonly endsAt: number
}

export interface Granted {
  readonly access: string
  readonly refresh: string
}

/** Access and refresh tokens of the PBX: at most eight access tokens are valid at a time, of all applications together. */
export class Tokens {
  readonly #clock: Clock
  readonly #live = new Map<string, Grant>()
  readonly #refreshes = new Map<string, number>()
  #granted = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How often a token was granted. */
  get granted(): number {
    return this.#granted
  }

  /** Valid ones. */
  get live(): number {
    this.#forget()
    return this.#live.size
  }

  /** Undefined when there are eight already. */
  grant(lifeMs: number): Granted | undefined {
    if (this.live >= mostTokens) return undefined
    const [access, refresh] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')]
    const now = this.#clock.monotonic()
    this.#live.set(access, { refresh, endsAt: now + lifeMs })
    this.#refreshes.set(refresh, now + refreshLifeMs)
    this.#granted += 1
    return { access, refresh }
  }

  /** A refresh token is good for one new pair and ends the access token it came with. */
  refresh(refresh: string, lifeMs: number): Granted | undefined {
    if ((this.#refreshes.get(refresh) ?? 0) <= this.#clock.monotonic()) return undefined
    this.#refreshes.delete(refresh)
    for (const [access, grant] of this.#live) if (grant.refresh === refresh) this.#live.delete(access)
    return this.grant(lifeMs)
  }

  accepts(access: string): boolean {
    this.#forget()
    return this.#live.has(access)
  }

  revoke(access: string): boolean {
    const grant = this.#live.get(access)
    if (grant) this.#refreshes.delete(grant.refresh)
    return this.#live.delete(access)
  }

  revokeAll(): void {
    this.#live.clear()
  }

  #forget(): void {
    const now = this.#clock.monotonic()
    for (const [access, { endsAt }] of this.#live) if (endsAt <= now) this.#live.delete(access)
  }
}
