import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { TokenView } from '../../core/workings.ts'
import { needsOperator } from './failures.ts'

/** A token as a sign-in answered it; `lifeMs` counts from the moment it was asked for. */
export interface Granted {
  readonly value: string
  readonly lifeMs: number
}

interface Held extends Granted {
  readonly askedAt: number
  /** A request with it was answered: from then on a refusal means that it has ended. */
  accepted: boolean
}

/** A wrong secret must lock nobody out, and a system that is down is not helped by a storm. Milliseconds. */
const cool = {
  final: { first: 60_000, longest: 600_000 },
  passing: { first: 1_000, longest: 30_000 },
} as const
const windowMs = 60_000
const mostEarlyEnds = 3

/**
 * The one access token of a credential: asked for once however many wait, renewed at nine tenths of its life. Where a
 * new token makes the former one invalid, all users of the credential in this process must hold the same one: make it
 * with `context.shared`.
 */
export class TokenHolder {
  readonly #clock: Clock
  readonly #ask: () => Promise<Granted>
  #held: Held | undefined
  #pending: Promise<Held> | undefined
  #refused:
    | { readonly failure: ConnectorFailure; readonly until: number; readonly coolMs: number }
    | undefined
  #earlyEnds: number[] = []

  /** `ask` rejects with ConnectorFailure. */
  constructor(clock: Clock, ask: () => Promise<Granted>) {
    this.#clock = clock
    this.#ask = ask
  }

  /** True while tokens keep ending before their time: somebody else signs in with the same credential. */
  get contested(): boolean {
    this.#forgetOld()
    return this.#earlyEnds.length >= mostEarlyEnds
  }

  /** When the token ends, and why it could not be renewed. */
  inspect(): TokenView {
    const held = this.#held
    const failure = this.#refused?.failure
    const leftMs = held && held.askedAt + held.lifeMs - this.#clock.monotonic()
    return {
      ...(leftMs !== undefined && { expiresAt: Math.round(this.#clock.wall() + leftMs) }),
      ...(failure && { trouble: failure.message }),
    }
  }

  /** Throws ConnectorFailure. */
  async get(): Promise<string> {
    const now = this.#clock.monotonic()
    if (this.#held && now < this.#held.askedAt + this.#held.lifeMs * 0.9) return this.#held.value
    if (this.#refused && now < this.#refused.until) throw this.#refused.failure
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = undefined
    })
    return (await this.#pending).value
  }

  /** A request with this token was answered. */
  accepted(value: string): void {
    if (this.#held?.value === value) this.#held.accepted = true
  }

  /**
   * A request with this token was refused as not signed in. True when it is worth trying with another: not when one
   * was refused from the beginning, within its first minute, nor when tokens end again and again.
   */
  discard(value: string): boolean {
    const held = this.#held
    // Another one is there already, or on its way.
    if (held?.value !== value) return true
    const now = this.#clock.monotonic()
    const fresh = !held.accepted && now < held.askedAt + cool.final.first
    if (fresh || this.contested) return false
    this.#earlyEnds.push(now)
    this.#held = undefined
    return true
  }

  async #renew(): Promise<Held> {
    const askedAt = this.#clock.monotonic()
    try {
      this.#held = { ...(await this.#ask()), askedAt, accepted: false }
      this.#refused = undefined
      return this.#held
    } catch (error) {
      throw this.#coolDown(error)
    }
  }

  #coolDown(error: unknown): ConnectorFailure {
    const failure =
      error instanceof ConnectorFailure
        ? error
        : new ConnectorFailure('unexpected', 'The sign-in failed.', { cause: error })
    const final = needsOperator(failure)
    const { first, longest } = final ? cool.final : cool.passing
    const coolMs = Math.min(Math.max(first, (this.#refused?.coolMs ?? 0) * 2), longest)
    const until = this.#clock.monotonic() + Math.max(coolMs, failure.retryAfterMs ?? 0)
    this.#refused = { failure, until, coolMs }
    return failure
  }

  #forgetOld(): void {
    const since = this.#clock.monotonic() - windowMs
    this.#earlyEnds = this.#earlyEnds.filter((at) => at > since)
  }
}
