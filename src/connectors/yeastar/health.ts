import type { ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { HealthTeller, judgeFailure, nameSome, type ToldHealth } from '../kit/health-teller.ts'

const mostNamed = 10

/** What is asked when health is told. */
export interface HealthFacts {
  extensions(): number
  linked(): boolean
  untold(monitor: 'presence' | 'calls'): readonly string[]
}

const monitors = { presence: 'Presence Status Monitor', calls: 'Call Status Monitor' } as const

/** Tells the hub how the connector does, once per change. */
export class YeastarHealth {
  readonly #teller: HealthTeller
  readonly #facts: HealthFacts
  #trouble: ConnectorFailure | undefined
  #running = false

  constructor(context: Pick<ConnectorContext, 'health' | 'log'>, facts: HealthFacts) {
    this.#teller = new HealthTeller(context, 'Yeastar')
    this.#facts = facts
  }

  starting(): void {
    this.#teller.say({ state: 'starting' })
  }

  started(): void {
    this.#running = true
    this.report(undefined)
  }

  /** Undefined while the PBX is heard. */
  report(trouble: ConnectorFailure | undefined): void {
    this.#trouble = trouble
    if (this.#running) this.#teller.say(this.#judge())
  }

  stopped(): void {
    this.#running = false
    this.#teller.say({ state: 'stopped' })
  }

  #judge(): ToldHealth {
    if (this.#trouble) return judgeFailure(this.#trouble)
    for (const monitor of ['calls', 'presence'] as const) {
      const silent = this.#facts.untold(monitor)
      if (silent.length === 0) continue
      return {
        state: 'degraded',
        detail: `The PBX does not tell of ${monitor} of ${nameSome(silent, mostNamed)}; changes are found late.`,
        fix: `Tick them at Integrations > API > ${monitors[monitor]} of the PBX.`,
      }
    }
    const how = this.#facts.linked() ? 'WebSocket' : 'webhooks and reading'
    return { state: 'up', detail: `${this.#facts.extensions()} extensions, changes by ${how}` }
  }
}
