import type { ConnectorContext } from '../../core/connector.ts'
import type { PresenceFacet } from '../../core/observation.ts'
import { OFFLINE } from '../../core/presence.ts'
import { TimedStates } from '../kit/timed-states.ts'
import type { Said } from './decode.ts'
import { type Settings, stateOf } from './settings.ts'
import { presenceNames } from './words.ts'

/** A delivery names one system, so that there is one source per person. */
const source = 'delivered'
/** People whom nobody follows are remembered up to this number, for when somebody does. */
const mostPeople = 20_000

/** What deliveries said of each person, by address in small letters. */
export class Spoken {
  readonly #context: Pick<ConnectorContext, 'clock' | 'memory' | 'log' | 'metrics' | 'shared'>
  readonly #settings: Settings
  readonly #states: TimedStates<string>
  readonly #orders = new Map<string, number>()

  constructor(
    context: Pick<ConnectorContext, 'clock' | 'memory' | 'log' | 'metrics' | 'shared'>,
    settings: Settings,
    changed: (address: string) => void,
  ) {
    this.#context = context
    this.#settings = settings
    this.#states = new TimedStates<string>(context, {
      order: [...presenceNames, 'signedOut'],
      keyOf: (address) => `state ${address}`,
      changed,
    })
  }

  recall(addresses: readonly string[]): Promise<void> {
    return this.#states.recall(addresses)
  }

  stop(): void {
    this.#states.stop()
  }

  /** Takes one thing that was said; false when it changes nothing. On disk when it resolves. */
  async take(said: Said): Promise<boolean> {
    const { address, meaning, order } = said
    if (meaning === 'ignore' || this.#isLate(address, order)) return false
    if (order !== undefined) this.#orders.set(address, order)
    if (meaning === 'end') return this.#states.end(address, source)
    if (!this.#states.has(address) && this.#states.size >= mostPeople) {
      this.#context.metrics.count('webhook_people_dropped')
      return false
    }
    const { wrapUp } = this.#settings
    await this.#states.put(address, source, {
      state: meaning,
      until: this.#states.now + this.#lifeMs(said),
      ...(wrapUp?.after.has(meaning) && { wrapUp: { state: wrapUp.state, ms: wrapUp.seconds * 1000 } }),
    })
    return true
  }

  facetsOf(address: string): readonly PresenceFacet[] {
    const said = this.#states.strongest(address)
    if (!said) return []
    if (said.state === 'signedOut') {
      return [{ kind: 'presence', state: OFFLINE, chosen: 'no', absent: 'signedOut' }]
    }
    return [{ kind: 'presence', state: stateOf(said.state), chosen: 'no' }]
  }

  /** Who has signed out stays so until something else is said. */
  #lifeMs({ meaning, seconds }: Said): number {
    const { longestSeconds } = this.#settings
    const usual = meaning === 'signedOut' ? longestSeconds : this.#settings.seconds
    return Math.min(seconds ?? usual, longestSeconds) * 1000
  }

  #isLate(address: string, order: number | undefined): boolean {
    const last = this.#orders.get(address)
    if (this.#orders.size > mostPeople) this.#orders.clear()
    return order !== undefined && last !== undefined && order < last
  }
}
