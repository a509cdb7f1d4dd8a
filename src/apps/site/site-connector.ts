import { isDeepStrictEqual } from 'node:util'
import type {
  AnyConnectorDefinition,
  ConnectorContext,
  ConnectorInstance,
  WriteSlot,
} from '../../core/connector.ts'
import type { FeedEvent } from '../../core/observation.ts'
import type { Clock, Log } from '../../core/ports.ts'
import { Supervisor } from '../../engine/supervisor.ts'
import { Mirror } from '../../sites/mirror.ts'
import type { Assignment, Said } from '../../sites/wire.ts'

export interface SiteConnectorParts {
  readonly id: string
  readonly assignment: Assignment
  readonly definition: AnyConnectorDefinition
  /** Of the instance, without how it is told of anything. */
  readonly context: Omit<ConnectorContext, 'emit' | 'health'>
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  /** For the hub, in this order. */
  readonly say: (said: Said) => void
}

/** One connector that runs here for the hub, kept running whether the hub is there or not. */
export class SiteConnector {
  readonly #parts: SiteConnectorParts
  readonly #mirror = new Mirror()
  readonly #supervisor: Supervisor
  #addresses: readonly string[]
  #toldHealth = ''
  #toldFacts = ''
  #begun: Promise<void> | undefined
  /** What it can write. */
  readonly slots: readonly WriteSlot[]

  constructor(parts: SiteConnectorParts, addresses: readonly string[]) {
    this.#parts = parts
    this.#addresses = addresses
    const { id, definition, assignment, context, clock, log, random } = parts
    const { settings, teamsSync, readOnly } = assignment
    this.slots = definition.writes(settings)
    const supervisor: Supervisor = new Supervisor(
      {
        id,
        create: (isCurrent) =>
          definition.create(settings, {
            ...context,
            ...(teamsSync && { teamsSync }),
            ...(readOnly && { readOnly }),
            emit: (event) => {
              if (isCurrent()) this.#heard(event)
            },
            health: (health) => {
              if (!isCurrent()) return
              supervisor.setHealth(health)
              this.tellChanges()
            },
          }),
        addresses: () => this.#addresses,
        lost: () => {
          for (const feed of this.#mirror.loseAll())
            this.#say({ type: 'lost', feed, reason: 'the connector stopped or failed' })
        },
      },
      { clock, log, random },
    )
    this.#supervisor = supervisor
  }

  get instance(): ConnectorInstance {
    return this.#supervisor.instance
  }

  isAs(assignment: Assignment): boolean {
    return isDeepStrictEqual(this.#parts.assignment, assignment)
  }

  /** Resolves when the first attempt ended, well or not. */
  start(): Promise<void> {
    this.#begun ??= this.#supervisor.start().then(() => this.tellChanges())
    return this.#begun
  }

  stop(): Promise<void> {
    return this.#supervisor.stop()
  }

  follow(addresses: readonly string[]): void {
    this.#addresses = addresses
    this.instance.follow(addresses)
  }

  /** All that holds now, for a hub that missed how it came about. */
  restate(): void {
    for (const event of this.#mirror.restate()) this.#say(event)
    this.#toldHealth = ''
    this.#toldFacts = ''
    this.tellChanges()
  }

  /** Health and facts, where they are not as they were told. */
  tellChanges(): void {
    const { since: _, ...health } = this.#supervisor.health
    const healthText = JSON.stringify(health)
    if (healthText !== this.#toldHealth) this.#parts.say({ what: 'health', health })
    this.#toldHealth = healthText
    const workings = this.instance.inspect?.()
    const facts = {
      unknownValues: this.instance.unknownValues?.() ?? [],
      credentialEnds: this.instance.credentialEnds?.() ?? [],
      ...(workings && { workings }),
    }
    const factsText = JSON.stringify(facts)
    if (factsText !== this.#toldFacts) this.#parts.say({ what: 'facts', ...facts })
    this.#toldFacts = factsText
  }

  #heard(event: FeedEvent): void {
    this.#mirror.note(event, this.#addresses)
    this.#say(event)
  }

  #say(event: FeedEvent): void {
    this.#parts.say({ what: 'event', event })
  }
}
