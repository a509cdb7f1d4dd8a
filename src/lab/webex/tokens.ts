import type { Clock } from '../../core/ports.ts'

/** In whose name a token speaks: the Service App of the organization, or a person with that extension. */
export interface Grant {
  readonly as: 'serviceApp' | { readonly extension: string }
  readonly scopes: readonly string[]
}

interface Held extends Grant {
  readonly endsAt: number
}

/** Fourteen days, as Webex says with every token. */
export const accessSeconds = 1_209_599
export const refreshSeconds = 7_775_999

/** Access tokens, refresh tokens and the codes of consent. */
export class Tokens {
  readonly #clock: Clock
  readonly #access = new Map<string, Held>()
  readonly #refresh = new Map<string, Grant>()
  readonly #codes = new Map<string, Grant>()
  #made = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A refresh token somebody has already. */
  seed(value: string, grant: Grant): void {
    this.#refresh.set(value, grant)
  }

  code(grant: Grant): string {
    const code = this.#name('code')
    this.#codes.set(code, grant)
    return code
  }

  /** A code is worth one token. */
  redeem(code: string): Grant | undefined {
    const grant = this.#codes.get(code)
    this.#codes.delete(code)
    return grant
  }

  refreshes(value: string): Grant | undefined {
    return this.#refresh.get(value)
  }

  forget(refreshToken: string): void {
    this.#refresh.delete(refreshToken)
  }

  issueRefresh(grant: Grant): string {
    const value = this.#name('refresh')
    this.#refresh.set(value, grant)
    return value
  }

  issueAccess(grant: Grant): string {
    const value = this.#name('access')
    this.#access.set(value, { ...grant, endsAt: this.#clock.monotonic() + accessSeconds * 1000 })
    return value
  }

  /** Who asks; undefined for a token that is unknown or over. */
  find(authorization: string | undefined): Grant | undefined {
    const value = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
    const held = value === undefined ? undefined : this.#access.get(value)
    return held && this.#clock.monotonic() < held.endsAt ? held : undefined
  }

  /** Every access token ends; refresh tokens stay. */
  revoke(): void {
    this.#access.clear()
  }

  /** A person takes consent back, or an administrator takes the authorization of the Service App back. */
  withdraw(as: Grant['as']): void {
    const same = (other: Grant['as']) => JSON.stringify(other) === JSON.stringify(as)
    for (const [value, held] of this.#access) if (same(held.as)) this.#access.delete(value)
    for (const [value, held] of this.#refresh) if (same(held.as)) this.#refresh.delete(value)
  }

  #name(kind: string): string {
    this.#made += 1
    return `lab-${kind}-${this.#made}-${crypto.randomUUID()}`
  }
}
