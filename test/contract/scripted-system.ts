import type { ConnectorInstance, Publication } from '../../src/core/connector.ts'
import type { FeedEvent } from '../../src/core/observation.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL, type Presence } from '../../src/core/presence.ts'
import type { System } from '../../src/engine/system.ts'

const shownStates = [DO_NOT_DISTURB, IN_A_CALL, BUSY, AWAY]

/** A system without a wire: says what the test lets it say, and keeps what it is told. */
export class ScriptedSystem {
  readonly told: Publication[] = []
  readonly system: System
  readonly #address: string
  readonly #emit: (event: FeedEvent) => void

  constructor(at: { tenant: string; id: string; address: string; emit(event: FeedEvent): void }) {
    const { tenant, id } = at
    this.#address = at.address
    this.#emit = at.emit
    const instance: ConnectorInstance = {
      start: async () => {},
      stop: async () => {},
      follow() {},
      resync() {},
      publish: async (publication) => {
        this.told.push(publication)
        return { kind: 'applied', at: Date.now() }
      },
    }
    this.system = {
      ...{ tenant, id, lines: id, instance },
      manifest: {
        ...{ id, title: id, kind: 'signal', docs: '-', facets: ['presence'], states: shownStates },
        ...{ addressKind: 'name', transport: 'push', lineRank: 0 },
      },
      slots: [
        {
          ...{ slot: 'shown', states: shownStates, neutral: AVAILABLE, contribution: 'ownRecord' },
          ...{ readBack: 'none', echo: 'identity', expiry: { kind: 'none' }, settleMs: 0 },
        },
      ],
    }
  }

  start(): void {
    this.#emit({ type: 'opened', feed: 'script', leaseMs: 60 * 60_000 })
    this.#emit({ type: 'snapshot', feed: 'script', observations: [this.#observation(AVAILABLE)] })
  }

  say(state: Presence): void {
    this.#emit({ type: 'observed', feed: 'script', observation: this.#observation(state) })
  }

  #observation(state: Presence) {
    const facet = { kind: 'presence', state, chosen: 'yes' } as const
    return { address: this.#address, facet, observedAt: Date.now() }
  }
}
