import type { ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { HealthTeller, nameSome, type ToldHealth } from '../kit/health-teller.ts'

export const mostNamed = 10

/** What is asked when health is told. */
export interface HealthFacts {
  users(): number
  everyMs(): number
  /** Followed extensions whose calls the PBX does not tell this client. */
  missing(): readonly string[]
  /** Somebody else signs in with the same API client. */
  contested(): boolean
}

export const missingFix =
  'Add them at the API client in Admin Console, Integrations, API, under "Extension(s) that can be monitored".'
const contestedFix = 'Make an API client for the hub alone: each new token makes the one before it invalid.'

/** Makes one word of how profiles and calls do, and tells the hub once per change. */
export class ThreeCxHealth {
  readonly #teller: HealthTeller
  readonly #facts: HealthFacts
  #profiles: ConnectorFailure | undefined
  #calls: ConnectorFailure | undefined
  #vendorSync: { readonly text: string; readonly fix: string } | undefined
  #running = false

  constructor(context: Pick<ConnectorContext, 'health' | 'log'>, facts: HealthFacts) {
    this.#teller = new HealthTeller(context, '3CX')
    this.#facts = facts
  }

  starting(): void {
    this.#teller.say({ state: 'starting' })
  }

  started(): void {
    this.#running = true
    this.#tell()
  }

  /** Undefined when they were read. */
  profiles(trouble: ConnectorFailure | undefined): void {
    this.#profiles = trouble
    this.#tell()
  }

  /** Undefined while events arrive. */
  calls(trouble: ConnectorFailure | undefined): void {
    this.#calls = trouble
    this.#tell()
  }

  /** What is wrong about the PBX's own sync, if anything. */
  vendorSync(problem: { readonly text: string; readonly fix: string } | undefined): void {
    this.#vendorSync = problem
    this.#tell()
  }

  stopped(): void {
    this.#running = false
    this.#teller.say({ state: 'stopped' })
  }

  #tell(): void {
    if (this.#running) this.#teller.say(this.#judge())
  }

  #judge(): ToldHealth {
    const { users, everyMs, missing, contested } = this.#facts
    // Before everything else: it is the reason of whatever is refused meanwhile.
    if (contested()) {
      const detail = 'Tokens end before their time: another program signs in with the same API client.'
      return { state: 'degraded', detail, fix: contestedFix }
    }
    const failure = this.#profiles ?? this.#calls
    if (failure) {
      const { message: detail, fix, kind } = failure
      const state = this.#profiles && this.#calls ? 'down' : 'degraded'
      return { state, detail, failure: kind, ...(fix !== undefined && { fix }) }
    }
    if (this.#vendorSync) {
      const { text: detail, fix } = this.#vendorSync
      return { state: 'degraded', detail, fix }
    }
    const unheard = missing()
    if (unheard.length > 0) {
      const detail = `Calls of ${nameSome(unheard, mostNamed)} are not told to this API client.`
      return { state: 'degraded', detail, fix: missingFix }
    }
    const seconds = Math.round(everyMs() / 100) / 10
    return { state: 'up', detail: `${users()} users, profiles read every ${seconds} s` }
  }
}
