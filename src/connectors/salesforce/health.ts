import type { ConnectorContext, ConnectorFailure, Health } from '../../core/connector.ts'

type Told = Omit<Health, 'since'>

/** What is wrong with a topic, with what to do about it. */
export interface TopicTrouble {
  readonly text: string
  readonly fix: string
}

/** Says how the connector is doing: reading first, then events, then the package. */
export class HealthTeller {
  readonly #context: ConnectorContext
  readonly #agents: () => number
  #running = false
  #reading: ConnectorFailure | undefined
  #events: TopicTrouble | undefined
  #package: TopicTrouble | undefined
  #last: Told | undefined

  constructor(context: ConnectorContext, agents: () => number) {
    this.#context = context
    this.#agents = agents
  }

  starting(): void {
    this.#say({ state: 'starting' })
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
    this.#say({ state: 'stopped' })
  }

  #tell(): void {
    if (this.#running) this.#say(this.#judge())
  }

  #judge(): Told {
    if (this.#reading) {
      const { message: detail, fix, kind: failure } = this.#reading
      const state = failure === 'rate-limited' ? 'degraded' : 'down'
      return { state, detail, failure, ...(fix !== undefined && { fix }) }
    }
    const trouble = this.#events ?? this.#package
    if (trouble) return { state: 'degraded', detail: trouble.text, fix: trouble.fix }
    return { state: 'up', detail: `${this.#agents()} agents signed in` }
  }

  #say(told: Told): void {
    const last = this.#last
    if (last?.state === told.state && last.detail === told.detail && last.fix === told.fix) return
    this.#last = told
    this.#context.health(told)
    if (last?.state === told.state) return
    const { log } = this.#context
    if (told.state === 'down' || told.state === 'degraded') log.warn('Salesforce', { ...told })
    else log.info('Salesforce', { ...told })
  }
}
