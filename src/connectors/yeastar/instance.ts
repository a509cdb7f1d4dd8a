import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type Delivery,
  type DeliveryAnswer,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import { InTurn } from '../kit/in-turn.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { Api } from './api.ts'
import type { Settings } from './config.ts'
import { readDirectory } from './extensions.ts'
import { Feed, malformedMetric } from './feed.ts'
import { YeastarHealth } from './health.ts'
import { shareSignIn } from './sign-in.ts'
import { readSystem } from './system.ts'
import { judgeDelivery } from './webhook.ts'
import { Writing } from './writing.ts'

/** One Yeastar P-Series PBX, from start to stop. */
export class YeastarInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #api: Api
  readonly #unknown: UnknownValues
  readonly #feed: Feed
  readonly #writing: Writing
  readonly #health: YeastarHealth
  readonly #turns = new InTurn()
  #joined = false
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    const api = new Api(settings, context, shareSignIn(settings, context))
    const unknown = new UnknownValues(context)
    this.#api = api
    this.#unknown = unknown
    this.#health = new YeastarHealth(context, {
      extensions: () => this.#feed.extensions.size,
      linked: () => this.#feed.linked,
      untold: (monitor) => this.#feed.untold.of(monitor),
    })
    const health = this.#health
    this.#feed = new Feed({ settings, context, api, unknown, report: (trouble) => health.report(trouble) })
    const feed = this.#feed
    this.#writing = new Writing({
      ...{ settings, context, api },
      wrote: (extension, presence) => feed.wrote(extension, presence),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#health.starting()
    this.#joined = true
    this.#api.signIn.join()
    try {
      this.#context.log.info('Yeastar', { ...(await readSystem(this.#api)) })
      await this.#feed.start(addresses)
    } catch (error) {
      await this.stop()
      throw error instanceof ConnectorFailure
        ? error
        : new ConnectorFailure('unexpected', 'The Yeastar connector could not be started.', { cause: error })
    }
    this.#health.started()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (!this.#stopping) this.#feed.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    if (!this.#stopping) this.#feed.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    try {
      return await this.#turns.run(publication.address, () => this.#writing.publish(publication))
    } catch (error) {
      this.#context.log.error('a write to Yeastar broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  directory(): Promise<readonly DirectoryEntry[]> {
    return readDirectory(this.#api)
  }

  unknownValues() {
    return this.#unknown.list()
  }

  inspect() {
    return this.#api.inspect()
  }

  /** A webhook may be late or twice: it says that something changed, and what is read says what. */
  receive(delivery: Delivery): Promise<DeliveryAnswer> {
    const { answer, event } = judgeDelivery(delivery, this.#settings.webhookSecret)
    if (event?.kind === 'malformed') this.#context.metrics.count(malformedMetric)
    else if (event) this.#feed.hint()
    return Promise.resolve(answer)
  }

  async #stop(): Promise<void> {
    this.#api.close()
    await this.#feed.stop()
    if (this.#joined) await this.#api.signIn.leave()
    this.#health.stopped()
  }
}
