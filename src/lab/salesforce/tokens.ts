import { randomBytes } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import { labOrgId } from './ids.ts'

/** Sessions of the lab's organisation: what a sign-in gives, until it ends or is revoked. */
export class Tokens {
  readonly #clock: Clock
  readonly #endsAt = new Map<string, number>()
  granted = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  grant(lifeMs: number): string {
    // It begins with the id of the organisation, which clients take from it.
    const token = `${labOrgId.slice(0, 15)}!${randomBytes(24).toString('base64url')}`
    this.granted += 1
    this.#endsAt.set(token, this.#clock.monotonic() + lifeMs)
    return token
  }

  accepts(token: string | undefined): boolean {
    return token !== undefined && (this.#endsAt.get(token) ?? 0) > this.#clock.monotonic()
  }

  revokeAll(): void {
    this.#endsAt.clear()
  }
}
