import type { ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { HealthTeller, type ToldHealth } from '../kit/health-teller.ts'

/** What is wrong with a topic, with what to do about it. */
export interface TopicTrouble {
  readonly text: string
  readonly fix: string
}

/** Says how the connector is doing: reading first, then events, then the package. */
export class SalesforceHealth {
  readonly #teller: HealthTeller
  readonly #agents: () => number
  #running = false
  #reading: ConnectorFailure | undefined
  #events: TopicTrouble | undefined
  #package: TopicTrouble | undefined

  constructor(context: ConnectorContext, agents: () => number) {
    this.#teller = new HealthTeller(context, 'Salesforce')
    this.#agents = agents
  }

  starting(): void {
    this.#teller.say({ state: 'starting' })
  }

  started(): void {
    this.#running = true
    this.#tell()
  }

  reading(trouble: ConnectorFailure | undefined): void {
    this.#reading = trouble
    this.#tell()
  }

  events(trouble: TopicTrouble | undefined): void {
    this.#events = trouble
    this.#tell()
  }

  package(trouble: TopicTrouble | undefined): void {
    this.#package = trouble
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
    if (this.#reading) {
      const { message: detail, fix, kind: failure } = this.#reading
      const state = failure === 'rate-limited' ? 'degraded' : 'down'
      return { state, detail, failure, ...(fix !== undefined && { fix }) }
    }
    const trouble = this.#events ?? this.#package
    if (trouble) return { state: 'degraded', detail: trouble.text, fix: trouble.fix }
    return { state: 'up', detail: `${this.#agents()} agents signed in` }
  }
}
