import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type CredentialEnd,
  type DirectoryEntry,
  type UnknownValue,
} from '../../core/connector.ts'
import type { Priority } from '../kit/budget.ts'
import { HealthTeller } from '../kit/health-teller.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { WebexClient } from './client.ts'
import type { Account } from './config.ts'
import { Follower, type PartReading } from './follower.ts'
import { judge } from './health.ts'
import { Book, listPeople, toEntry } from './people.ts'
import { toFacets } from './presence.ts'
import { withoutAnswer } from './reading.ts'
import { recover } from './recovery.ts'
import { readVendorSync, syncField } from './vendor-sync.ts'

/** People and the organization's switch are looked at again this often. */
const learnMs = 10 * 60_000

const reflected = {
  text: `nothing is told, because Webex takes presence over from Teams (${syncField} is true)`,
  fix: 'Switch it off in Control Hub, Services, Calling, Client Settings, Microsoft Teams; or remove this connector.',
}

/** What the Webex app shows of people, read one by one at a low rate: Webex has neither a list nor a push. */
export class PresenceInstance implements ConnectorInstance {
  readonly #account: Account
  readonly #everyMs: number
  readonly #context: ConnectorContext
  readonly #client: WebexClient
  readonly #follower: Follower
  readonly #unknown: UnknownValues
  readonly #book = new Book()
  readonly #health: HealthTeller
  readonly #sleeper: Sleeper
  readonly #abort = new AbortController()
  readonly #onAbort = () => void this.stop()
  #vendorSync = false
  #learnedAt = 0
  #wake = Promise.withResolvers<void>()
  #loop: Promise<unknown> | undefined
  #stopping: Promise<void> | undefined

  /** No I/O. `everyMs`: everybody is read this often. */
  constructor(account: Account, everyMs: number, context: ConnectorContext) {
    this.#account = account
    this.#everyMs = everyMs
    this.#context = context
    this.#client = new WebexClient(account, context, this.#abort.signal)
    this.#unknown = new UnknownValues(context)
    this.#sleeper = new Sleeper(context.clock)
    this.#health = new HealthTeller(context, 'Webex app')
    this.#follower = new Follower(context, {
      feed: 'app',
      leaseMs: Math.max(60_000, 3 * everyMs),
      stopped: this.#abort.signal,
      read: { app: (address, priority) => this.#read(address, priority) },
      lost: () => this.#wake.resolve(),
      changed: () => {},
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#context.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#health.say({ state: 'starting' })
    this.#client.agree(this.#abort.signal)
    this.#follower.follow(addresses)
    await this.#begin()
    if (this.#stopping) return
    this.#report()
    this.#loop = this.#run().catch((error: unknown) =>
      this.#context.log.error('the connector of the Webex app broke', { error }),
    )
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    for (const address of this.#follower.follow(addresses)) void this.#follower.readWhole(address, 'hot')
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping || !this.#loop) return
    for (const address of addresses) {
      if (this.#follower.follows(address)) void this.#follower.readWhole(address, 'settle')
    }
  }

  async directory(): Promise<readonly DirectoryEntry[]> {
    return (await listPeople(this.#client, this.#account.url)).map(toEntry)
  }

  unknownValues(): readonly UnknownValue[] {
    return this.#unknown.list()
  }

  inspect() {
    return this.#client.credential.inspect()
  }

  credentialEnds(): readonly CredentialEnd[] {
    return this.#client.credential.ends()
  }

  async #read(address: string, priority: Priority): Promise<PartReading> {
    const person = this.#book.find(address)
    if (!person) return { kind: 'nobody' }
    if (this.#vendorSync) return { kind: 'read', facets: [] }
    const path = `/people/${encodeURIComponent(person.id)}`
    const reply = await this.#client.send({ call: 'presence', method: 'GET', path, priority })
    const { metrics } = this.#context
    if (reply.kind !== 'ok') return withoutAnswer(reply, metrics, 'presence')
    const facets = toFacets(reply.json, this.#unknown.note.bind(this.#unknown))
    if (facets) return { kind: 'read', facets }
    return withoutAnswer({ kind: 'malformed', reason: 'no person' }, metrics, 'presence')
  }

  /** Throws ConnectorFailure. */
  async #learn(): Promise<void> {
    this.#learnedAt = this.#context.clock.monotonic()
    this.#book.replace(await listPeople(this.#client, this.#account.url))
    this.#vendorSync = (await readVendorSync(this.#client)) === true
  }

  async #begin(): Promise<void> {
    await this.#learn()
    await this.#follower.begin('sweep')
  }

  async #run(): Promise<void> {
    const { clock } = this.#context
    const sleep = (ms: number) => Promise.race([this.#sleeper.sleep(ms), this.#wake.promise])
    while (!this.#sleeper.stopped) {
      if (this.#follower.lost) {
        const again = () => this.#begin()
        await recover({
          follower: this.#follower,
          sleeper: this.#sleeper,
          again,
          report: () => this.#report(),
        })
      }
      this.#wake = Promise.withResolvers()
      const begun = clock.monotonic()
      if (begun - this.#learnedAt >= learnMs) {
        await this.#learn().catch((error: unknown) =>
          this.#context.log.warn('the organization could not be read again', { reason: String(error) }),
        )
      }
      await this.#follower.round('app', this.#follower.addresses, { lengthMs: this.#everyMs, sleep })
      this.#report()
      if (!this.#follower.lost) await sleep(begun + this.#everyMs - clock.monotonic())
    }
  }

  #report(): void {
    if (this.#stopping) return
    const { token, queue } = this.#client.credential
    this.#health.say(
      judge({
        lost: this.#follower.lost,
        refused: this.#follower.refused,
        pausedMs: queue.budget.pausedMs(this.#context.clock.monotonic()),
        contested: token.contested,
        syncProblem: undefined,
        well: `${this.#follower.addresses.length} people, read every ${this.#everyMs / 1000} s`,
        note: this.#vendorSync ? reflected : undefined,
      }),
    )
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    this.#sleeper.stop()
    this.#abort.abort()
    this.#wake.resolve()
    await this.#loop
    this.#health.say({ state: 'stopped' })
  }
}
