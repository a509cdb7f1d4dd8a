import { randomBytes } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'

/** The PBX's access tokens. Of each client only the newest is accepted, as the vendor's own examples warn. */
export class Tokens {
  readonly #clock: Clock
  readonly #live = new Map<string, { readonly client: string; readonly endsAt: number }>()
  #granted = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How often a token was granted. */
  get granted(): number {
    return this.#granted
  }

  grant(client: string, lifeMs: number): string {
    for (const [value, token] of this.#live) if (token.client === client) this.#live.delete(value)
    const value = randomBytes(24).toString('base64url')
    this.#live.set(value, { client, endsAt: this.#clock.monotonic() + lifeMs })
    this.#granted += 1
    return value
  }

  /** Whether an `Authorization` header carries a live token. */
  accepts(header: string | undefined): boolean {
    const [scheme, value = ''] = (header ?? '').split(' ')
    const token = scheme?.toLowerCase() === 'bearer' ? this.#live.get(value) : undefined
    return token !== undefined && token.endsAt > this.#clock.monotonic()
  }

  revokeAll(): void {
    this.#live.clear()
  }
}
