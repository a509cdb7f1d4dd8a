import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import { asNotReady, needsOperator } from '../kit/failures.ts'
import { HealthTeller, judgeFailure } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { Poller } from '../kit/poller.ts'
import { beginOn, createBackoff, KeptLine } from '../kit/reconnect.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import type { Settings } from './config.ts'
import { directoryOf, listDevices } from './directory.ts'
import { writeDnd } from './dnd.ts'
import { Follower, malformedMetric } from './follower.ts'
import { judgeHealth } from './health.ts'
import { CstaSession } from './session.ts'

/** A wrong password may be put right at the system; asking more often would only lock the user. */
const signInRetryMs = 10 * 60_000

/** One CSTA server: keeps the connection, the sweep and the order of writes. */
export class CstaInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #unknown: UnknownValues
  readonly #health: HealthTeller
  readonly #follower: Follower
  readonly #line: KeptLine
  readonly #sweeps: Poller
  readonly #writing = new InTurn()
  #session: CstaSession | undefined
  #retryMs = 1000
  #stopped: Promise<void> | undefined
  readonly #abort = () => void this.stop()

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    const { clock } = context
    this.#settings = settings
    this.#context = context
    this.#unknown = new UnknownValues(context)
    this.#health = new HealthTeller(context, 'CSTA')
    this.#follower = new Follower({ settings, context, unknown: this.#unknown, changed: () => this.#judge() })
    this.#line = new KeptLine({
      clock,
      backoff: createBackoff({ firstMs: 1000, ceilingMs: 30_000 }),
      open: (stopped) => this.#open(stopped),
      lost: (reason, retryMs) => this.#lost(reason, retryMs),
      failed: (error, retryMs) => this.#failed(error, retryMs),
    })
    this.#sweeps = new Poller(clock, {
      intervalMs: () => settings.sweepSeconds * 1000,
      round: () => this.#follower.sweep(),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopped) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#context.signal.addEventListener('abort', this.#abort, { once: true })
    this.#follower.follow(addresses)
    this.#health.say({ state: 'starting' })
    try {
      await this.#line.start()
    } catch (error) {
      throw asNotReady(error, 'The system')
    }
    if (!this.#stopped) this.#sweeps.start()
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  follow(addresses: readonly string[]): void {
    if (!this.#stopped) this.#follower.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    if (!this.#stopped) this.#follower.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    try {
      return await this.#writing.run(publication.address, () => this.#write(publication))
    } catch (error) {
      this.#context.log.error('a write to the system broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  /** Throws while there is no connection: a part of them would be taken for all. */
  async directory(): Promise<readonly DirectoryEntry[]> {
    const session = this.#session
    if (!session) throw new ConnectorFailure('not-ready', 'The system is not connected.')
    try {
      const listed = (await listDevices(session)) ?? []
      this.#follower.learn(listed.map(({ number }) => number))
      return directoryOf(listed, this.#settings.extensions)
    } catch (error) {
      throw asNotReady(error, 'The system')
    }
  }

  unknownValues() {
    return this.#unknown.list()
  }

  async #write({ address, slot, act, state }: Publication): Promise<Outcome> {
    if (slot !== 'dnd') return { kind: 'rejected', reason: `There is no slot "${slot}" at this system.` }
    if (act === 'assert' && !this.#settings.writeDnd) {
      return { kind: 'rejected', reason: 'Do not disturb is not written here.', fix: 'Set writeDnd: true.' }
    }
    const [session, { reader, book }] = [this.#session, this.#follower]
    if (!session || !reader) {
      const retryAfterMs = Math.ceil(this.#retryMs)
      return { kind: 'deferred', reason: 'The system is not connected.', retryAfterMs }
    }
    const wall = () => this.#context.clock.wall()
    const outcome = await writeDnd(
      { session, reader, book, wall },
      { extension: address, on: isDoNotDisturb(state) },
    )
    this.#follower.tell(address)
    return outcome
  }

  async #open(stopped: AbortSignal): Promise<CstaSession> {
    const { clock, network } = this.#context
    const session = await CstaSession.open(
      {
        ...{ settings: this.#settings, clock, network },
        hear: (event) => this.#follower.hear(event),
        beat: () => this.#follower.renewed(),
        strange: (field, value, takenAs) => this.#unknown.note({ field, value, takenAs }),
        malformed: (reason) => this.#malformed(reason),
      },
      stopped,
    )
    await beginOn(session, stopped, () => this.#follower.begin(session))
    this.#session = session
    this.#judge()
    return session
  }

  #malformed(reason: string): void {
    this.#context.metrics.count(malformedMetric)
    this.#context.log.warn('the system sent what cannot be read', { reason })
    this.#follower.rereadSoon()
  }

  #judge(): void {
    if (!this.#session || this.#stopped) return
    this.#health.say(judgeHealth(this.#follower.monitors, this.#follower.brokenStatus))
  }

  #lost(reason: string, retryMs: number): void {
    this.#session = undefined
    this.#retryMs = retryMs
    this.#follower.lost(reason)
    this.#health.say({ state: 'degraded', detail: `The connection to the system is lost: ${reason}.` })
  }

  #failed(error: unknown, retryMs: number): number | undefined {
    const failure = asNotReady(error, 'The system')
    this.#retryMs = needsOperator(failure) ? signInRetryMs : retryMs
    this.#health.say(judgeFailure(failure))
    return this.#retryMs
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#abort)
    this.#session = undefined
    this.#follower.end()
    await Promise.all([this.#line.stop(), this.#sweeps.stop()])
    this.#health.say({ state: 'stopped' })
  }
}
