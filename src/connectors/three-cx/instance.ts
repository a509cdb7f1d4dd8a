import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import { InTurn } from '../kit/in-turn.ts'
import { Poller } from '../kit/poller.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { syncProblem } from '../kit/vendor-sync.ts'
import { Api } from './api.ts'
import { CallFeed } from './call-feed.ts'
import type { Settings } from './config.ts'
import { Directory } from './directory.ts'
import { ThreeCxHealth } from './health.ts'
import { ProfileFeed } from './profile-feed.ts'
import { tokenOf } from './sign-in.ts'
import { readSystem } from './system.ts'
import { readVendorSync, syncWords } from './vendor-sync.ts'
import { Writing } from './writing.ts'

/** How often what changes seldom is read again: office hours, renamed profiles, the PBX's own sync. */
const surroundingsMs = 10 * 60_000

/** One 3CX, from start to stop. */
export class ThreeCxInstance implements ConnectorInstance {
  readonly #context: ConnectorContext
  readonly #api: Api
  readonly #directory: Directory
  readonly #unknown: UnknownValues
  readonly #profiles: ProfileFeed
  readonly #calls: CallFeed | undefined
  readonly #writing: Writing
  readonly #health: ThreeCxHealth
  readonly #surroundings: Poller
  readonly #turns = new InTurn()
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#context = context
    const api = new Api(settings, context, tokenOf(settings, context))
    const directory = new Directory(api, context)
    this.#api = api
    this.#directory = directory
    this.#unknown = new UnknownValues(context)
    const unknown = this.#unknown
    this.#health = new ThreeCxHealth(context, {
      users: () => this.#profiles.users,
      everyMs: () => this.#profiles.intervalMs(),
      missing: () => this.#calls?.missing((extension) => this.#profiles.row(extension) !== undefined) ?? [],
      contested: () => api.tokens.contested,
    })
    const health = this.#health
    this.#profiles = new ProfileFeed({
      ...{ settings, context, api, directory, unknown },
      report: (trouble) => health.profiles(trouble),
    })
    if (settings.calls) {
      const report = (trouble: ConnectorFailure | undefined) => health.calls(trouble)
      this.#calls = new CallFeed({ settings, context, api, unknown, report })
    }
    this.#writing = new Writing({ settings, context, api, directory, profiles: this.#profiles })
    this.#surroundings = new Poller(context.clock, {
      intervalMs: () => surroundingsMs,
      round: () => this.#lookAround(),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#health.starting()
    try {
      const { version } = await readSystem(this.#api)
      this.#context.log.info('3CX', { version })
      await this.#profiles.start(addresses)
      await this.#calls?.start(addresses)
    } catch (error) {
      await this.stop()
      throw error instanceof ConnectorFailure
        ? error
        : new ConnectorFailure('unexpected', 'The 3CX connector could not be started.', { cause: error })
    }
    this.#health.started()
    this.#surroundings.poke()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    this.#profiles.follow(addresses)
    this.#calls?.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping) return
    this.#profiles.resync(addresses)
    this.#calls?.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    try {
      return await this.#turns.run(publication.address, () => this.#writing.publish(publication))
    } catch (error) {
      this.#context.log.error('a write to 3CX broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  directory(): Promise<readonly DirectoryEntry[]> {
    return this.#directory.list()
  }

  unknownValues() {
    return this.#unknown.list()
  }

  inspect() {
    return this.#api.inspect()
  }

  async #lookAround(): Promise<void> {
    this.#directory.forgetProfiles()
    await this.#directory.readTimetables()
    const on = await readVendorSync(this.#api)
    this.#health.vendorSync(syncProblem(on, this.#context.teamsSync, syncWords))
  }

  async #stop(): Promise<void> {
    this.#api.close()
    await Promise.all([this.#profiles.stop(), this.#calls?.stop(), this.#surroundings.stop()])
    this.#health.stopped()
  }
}
