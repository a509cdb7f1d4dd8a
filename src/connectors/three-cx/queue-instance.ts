import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { Poller } from '../kit/poller.ts'
import { Api, asFailure } from './api.ts'
import type { Settings } from './config.ts'
import { Directory } from './directory.ts'
import { QueueLogin } from './queue-login.ts'
import { tokenOf } from './sign-in.ts'
import { readSystem } from './system.ts'
import { listRows, type UserRow } from './users.ts'

const leaseMs = 60_000
const retryMs = 1_000
const timetablesMs = 10 * 60_000

type Known = Pick<UserRow, 'queue'> & { readonly origin: 'person' | 'schedule' }

/** Who is logged in to the queues, read again and again, and logging out and in. */
export class QueueInstance implements ConnectorInstance {
  readonly #context: ConnectorContext
  readonly #api: Api
  readonly #directory: Directory
  readonly #login: QueueLogin
  readonly #teller: FeedTeller
  readonly #poller: Poller
  readonly #timetables: Poller
  readonly #turns = new InTurn()
  readonly #users = new Map<string, Known>()
  readonly #asked = new Set<string>()
  #followed: readonly string[] = []
  #failures = 0
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#context = context
    this.#api = new Api(settings, context, tokenOf(settings, context))
    this.#directory = new Directory(this.#api, context)
    this.#login = new QueueLogin(this.#api, context.clock)
    const emit = context.emit.bind(context)
    this.#teller = new FeedTeller('queues', () => leaseMs, emit)
    this.#poller = new Poller(context.clock, {
      intervalMs: () => (this.#failures > 0 ? retryMs : settings.profileSeconds * 1000),
      round: () => this.#round(),
    })
    this.#timetables = new Poller(context.clock, {
      intervalMs: () => timetablesMs,
      round: () => this.#directory.readTimetables(),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    this.#context.health({ state: 'starting' })
    try {
      await readSystem(this.#api)
      const listed = await listRows(this.#api)
      if (listed.kind !== 'ok') throw asFailure(listed, 'the users')
      this.#take(listed.users)
    } catch (error) {
      await this.stop()
      throw error instanceof ConnectorFailure
        ? error
        : new ConnectorFailure('unexpected', 'The 3CX queues could not be started.', { cause: error })
    }
    this.#begin()
    this.#poller.start()
    this.#timetables.poke()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    const [before, now] = [new Set(this.#followed), new Set(addresses)]
    this.#followed = addresses
    this.#tell([...before].filter((address) => !now.has(address)))
    this.#tell(addresses.filter((address) => !before.has(address)))
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping) return
    for (const address of addresses) this.#asked.add(address)
    this.#poller.poke()
  }

  async publish(publication: Publication): Promise<Outcome> {
    try {
      const outcome = await this.#turns.run(publication.address, () => this.#login.publish(publication))
      if (outcome.kind === 'applied' || outcome.kind === 'failed') this.resync([publication.address])
      return outcome
    } catch (error) {
      this.#context.log.error('a write to the queues of 3CX broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  directory(): Promise<readonly DirectoryEntry[]> {
    return this.#directory.list()
  }

  inspect() {
    return this.#api.inspect()
  }

  async #round(): Promise<void> {
    const { health, clock, metrics } = this.#context
    const listed = await listRows(this.#api)
    if (this.#stopping) return
    if (listed.kind !== 'ok') {
      this.#failures += 1
      const { message: detail, kind: failure, fix } = asFailure(listed, 'the queues')
      if (this.#failures < 2 || listed.kind === 'wait') return
      this.#teller.lost(detail)
      health({ state: 'down', detail, failure, ...(fix !== undefined && { fix }) })
      return
    }
    this.#failures = 0
    if (listed.malformed > 0) metrics.count('three_cx_malformed_total', {}, listed.malformed)
    this.#take(listed.users)
    if (!this.#teller.open) this.#begin()
    for (const address of this.#followed) this.#teller.update(address, this.#facetsOf(address), clock.wall())
    this.#tell([...this.#asked])
    this.#asked.clear()
    this.#teller.renewed()
  }

  #take(users: readonly UserRow[]): void {
    const before = new Map(this.#users)
    this.#users.clear()
    for (const { number, queue } of users) {
      const known = before.get(number)
      const same = !known || known.queue === queue
      const timetable =
        !same && this.#directory.isTimetable(number, { of: 'queue', opens: queue === 'LoggedIn' })
      const origin = same ? (known?.origin ?? 'person') : timetable ? 'schedule' : 'person'
      this.#users.set(number, { queue, origin })
    }
  }

  #begin(): void {
    const { clock, health } = this.#context
    const all = new Map(this.#followed.map((address) => [address, this.#facetsOf(address)]))
    this.#teller.begin(all, clock.wall())
    health({ state: 'up', detail: `${this.#users.size} users` })
  }

  #tell(addresses: readonly string[]): void {
    const followed = new Set(this.#followed)
    const some = addresses.map(
      (address) => [address, followed.has(address) ? this.#facetsOf(address) : []] as const,
    )
    this.#teller.renew(new Map(some), this.#context.clock.wall())
  }

  #facetsOf(address: string): readonly Facet[] {
    const user = this.#users.get(address)
    if (user?.queue === undefined) return []
    return [{ kind: 'queue', paused: user.queue === 'LoggedOut', origin: user.origin }]
  }

  async #stop(): Promise<void> {
    this.#api.close()
    await Promise.all([this.#poller.stop(), this.#timetables.stop()])
    this.#context.health({ state: 'stopped' })
  }
}
