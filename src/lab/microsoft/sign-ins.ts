import { randomUUID } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import { EntraRefusal } from './entra-errors.ts'

/** A refresh token lives so long without being used (learn.microsoft.com/entra/identity-platform/refresh-tokens). */
const refreshMs = 90 * 24 * 60 * 60_000

/** For whom, and by which application, a refresh token speaks. */
export interface SignedIn {
  readonly tenant: string
  readonly clientId: string
  /** Entra object id. */
  readonly user: string
  readonly scope: string
}

/** Refresh tokens of people who signed in; each use gives a new one, and the old one goes on to work. */
export class SignIns {
  readonly #clock: Clock
  readonly #tokens = new Map<string, { readonly of: SignedIn; readonly until: number; revoked: boolean }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(of: SignedIn): string {
    const token = `1.${randomUUID()}${randomUUID()}`.replaceAll('-', '')
    this.#tokens.set(token, { of, until: this.#clock.monotonic() + refreshMs, revoked: false })
    return token
  }

  /** @throws EntraRefusal */
  use(token: string, { tenant, clientId }: Pick<SignedIn, 'tenant' | 'clientId'>): SignedIn {
    const found = this.#tokens.get(token)
    if (!found || found.of.clientId !== clientId || found.of.tenant !== tenant) throw new EntraRefusal(70000)
    if (found.revoked) throw new EntraRefusal(50173)
    if (this.#clock.monotonic() >= found.until) throw new EntraRefusal(700082)
    return found.of
  }

  /** As an administrator's "Revoke sessions". */
  revoke(user: string): void {
    for (const one of this.#tokens.values()) if (one.of.user === user) one.revoked = true
  }
}
