import { schemaOf, type TopicName, type TopicSchema, topicNames } from './schemas.ts'

export interface BusEvent {
  readonly replay: number
  readonly payload: Buffer
}

type Listener = (event: BusEvent) => void

export class Topic {
  readonly name: TopicName
  readonly schema: TopicSchema
  readonly events: BusEvent[] = []
  readonly listeners = new Set<Listener>()
  /** False where an administrator has not selected the object, or the package is not there. */
  enabled = true

  constructor(name: TopicName) {
    this.name = name
    this.schema = schemaOf(name)
  }
}

/** How many events of a topic can be asked for again; Salesforce keeps three days. */
const retained = 5_000

/** The event bus: topics whose events are kept for a while under ids that grow, with gaps. */
export class Bus {
  readonly #topics = new Map(topicNames.map((name) => [name as string, new Topic(name)]))
  #replay = 1_000

  topic(name: string): Topic | undefined {
    const topic = this.#topics.get(name)
    return topic?.enabled ? topic : undefined
  }

  enable(name: TopicName, enabled: boolean): void {
    this.#topics.get(name)!.enabled = enabled
  }

  schema(id: string): TopicSchema | undefined {
    return [...this.#topics.values()].find(({ schema }) => schema.id === id)?.schema
  }

  get last(): number {
    return this.#replay
  }

  publish(name: TopicName, value: unknown): void {
    const topic = this.#topics.get(name)!
    if (topic.enabled) this.publishBytes(name, topic.schema.encode(value))
  }

  /** Any bytes, also such as no schema describes. */
  publishBytes(name: TopicName, payload: Buffer): void {
    const topic = this.#topics.get(name)!
    this.#replay += 3
    const event = { replay: this.#replay, payload }
    topic.events.push(event)
    if (topic.events.length > retained) topic.events.shift()
    for (const listener of [...topic.listeners]) listener(event)
  }
}
