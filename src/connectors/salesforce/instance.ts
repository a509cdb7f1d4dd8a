import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Notice,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import { InTurn } from '../kit/in-turn.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { Api, asConnectorFailure } from './api.ts'
import { Decoder } from './avro.ts'
import { Commands, outcomeTopic } from './commands.ts'
import type { Settings } from './config.ts'
import { Directory } from './directory.ts'
import { SalesforceHealth } from './health.ts'
import { PresenceFeed } from './presence-feed.ts'
import { PubSub } from './pub-sub.ts'
import { StatusBook } from './statuses.ts'
import { TopicLine } from './topic-line.ts'
import { eventsTrouble, packageTrouble } from './topic-troubles.ts'
import { Writing } from './writing.ts'
import { WrittenBook } from './written.ts'

/** One Salesforce organisation, from start to stop. */
export class SalesforceInstance implements ConnectorInstance {
  readonly #context: ConnectorContext
  readonly #api: Api
  readonly #bus: PubSub
  readonly #directory: Directory
  readonly #unknown: UnknownValues
  readonly #presence: PresenceFeed
  readonly #commands: Commands
  readonly #writing: Writing
  readonly #health: SalesforceHealth
  readonly #lines: readonly TopicLine[]
  readonly #writes: boolean
  readonly #turns = new InTurn()
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#context = context
    const api = new Api(settings, context)
    this.#api = api
    this.#unknown = new UnknownValues(context)
    this.#directory = new Directory(api)
    const [statuses, written] = [new StatusBook(settings, this.#unknown), new WrittenBook(context.memory)]
    this.#health = new SalesforceHealth(context, () => this.#presence.agents)
    const health = this.#health
    this.#presence = new PresenceFeed({
      ...{ settings, context, api, statuses, written, directory: this.#directory },
      report: (trouble) => health.reading(trouble),
    })
    this.#commands = new Commands(api, context, settings.confirmSeconds * 1000)
    const [presence, commands] = [this.#presence, this.#commands]
    this.#writing = new Writing({ settings, context, api, statuses, written, presence, commands })
    this.#bus = new PubSub(settings.pubSubUrl, context)
    const shared = { context, session: api.session, bus: this.#bus, decoder: new Decoder(this.#bus) }
    const changes = new TopicLine({
      ...{ ...shared, topic: settings.channel, heard: (events) => presence.hear(events) },
      told: (trouble) => {
        presence.streaming(!trouble)
        health.events(trouble && eventsTrouble(trouble.reason, trouble.error))
      },
    })
    const outcomes = new TopicLine({
      ...{ ...shared, topic: outcomeTopic, heard: (events) => commands.hear(events) },
      told: (trouble) => health.package(trouble && packageTrouble(trouble.reason, trouble.error)),
    })
    this.#writes = settings.writeStatus
    this.#lines = settings.writeStatus ? [changes, outcomes] : [changes]
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#health.starting()
    try {
      await this.#presence.start(addresses)
      await Promise.all(this.#lines.map((line) => line.start()))
    } catch (error) {
      await this.stop()
      throw asConnectorFailure(error)
    }
    this.#health.started()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (!this.#stopping) this.#presence.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    if (!this.#stopping) this.#presence.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    try {
      return await this.#turns.run(publication.address, () => this.#writing.publish(publication))
    } catch (error) {
      this.#context.log.error('a write to Salesforce broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  /** In the agent's console, which is open when somebody signs out in it. */
  notify({ address, text }: Notice): void {
    if (this.#stopping || !this.#writes) return
    void this.#commands.show(address, text).catch((error: unknown) => {
      this.#context.log.error('an agent could not be told that they have signed out', { error })
    })
  }

  directory(): Promise<readonly DirectoryEntry[]> {
    return this.#directory.list()
  }

  unknownValues() {
    return this.#unknown.list()
  }

  inspect() {
    return { ...this.#api.inspect(), subscriptions: this.#lines.map((line) => line.inspect()) }
  }

  async #stop(): Promise<void> {
    this.#api.close()
    this.#commands.stop()
    await Promise.all([this.#presence.stop(), ...this.#lines.map((line) => line.stop())])
    this.#bus.close()
    this.#health.stopped()
  }
}
