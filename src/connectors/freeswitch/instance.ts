import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import { asNotReady, needsOperator } from '../kit/failures.ts'
import { HealthTeller, judgeFailure } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { beginOn, createBackoff, KeptLine } from '../kit/reconnect.ts'
import type { Settings } from './config.ts'
import { readDirectory } from './directory.ts'
import { Follower } from './follower.ts'
import { EslSession } from './session.ts'
import { Writing } from './writing.ts'

const heartbeatMs = 10_000
/** A password may be put right at FreeSWITCH; asking more often would only fill its log. */
const signInRetryMs = 10 * 60_000

/** One domain of one FreeSWITCH: keeps the connection, the heartbeat and the order of writes. */
export class FreeSwitchInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #line: KeptLine
  readonly #follower: Follower
  readonly #writing: Writing
  readonly #health: HealthTeller
  readonly #turns = new InTurn()
  #session: EslSession | undefined
  #heartbeat: Timer | undefined
  #retryMs = 1000
  #stopping: Promise<void> | undefined
  readonly #abort = () => void this.stop()

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.#follower = new Follower(settings, context)
    this.#writing = new Writing(settings, context, this.#follower)
    this.#health = new HealthTeller(context, 'FreeSWITCH')
    this.#line = new KeptLine({
      clock: context.clock,
      backoff: createBackoff({ firstMs: 1000, ceilingMs: 30_000 }),
      open: (stopped) => this.#open(stopped),
      lost: (reason, retryMs) => this.#lost(reason, retryMs),
      failed: (error, retryMs) => this.#failed(error, retryMs),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#context.signal.addEventListener('abort', this.#abort, { once: true })
    this.#health.say({ state: 'starting' })
    this.#follower.follow(addresses)
    try {
      await this.#line.start()
    } catch (error) {
      throw asNotReady(error, 'FreeSWITCH')
    }
    this.#follower.start()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (!this.#stopping) this.#follower.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    if (!this.#stopping) this.#follower.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    const session = this.#session
    if (!session) {
      const retryAfterMs = Math.ceil(this.#retryMs)
      return { kind: 'deferred', reason: 'FreeSWITCH is not connected.', retryAfterMs }
    }
    try {
      return await this.#turns.run(publication.address, () => this.#writing.publish(session, publication))
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Throws while there is no connection: a part of them would be taken for all. */
  async directory(): Promise<readonly DirectoryEntry[]> {
    if (!this.#session) throw new ConnectorFailure('not-ready', 'FreeSWITCH is not connected.')
    try {
      return await readDirectory(this.#session, this.#settings)
    } catch (error) {
      throw asNotReady(error, 'FreeSWITCH')
    }
  }

  unknownValues() {
    return this.#follower.unknown.list()
  }

  async #open(stopped: AbortSignal): Promise<EslSession> {
    const follower = this.#follower
    const session = await EslSession.open(
      {
        settings: this.#settings,
        clock: this.#context.clock,
        network: this.#context.network,
        heard: (frame) => follower.take(frame),
      },
      stopped,
    )
    await beginOn(session, stopped, () => follower.begin(session))
    this.#session = session
    this.#sayUp()
    this.#beatLater()
    return session
  }

  #sayUp(): void {
    const { dndTrouble, place } = this.#follower
    if (dndTrouble === undefined) this.#health.say({ state: 'up' })
    else {
      const detail = `Do not disturb cannot be read: ${dndTrouble}.`
      this.#health.say({ state: 'degraded', detail, fix: place.fix })
    }
  }

  #beatLater(): void {
    this.#heartbeat = this.#context.clock.after(heartbeatMs, () => void this.#beat())
  }

  async #beat(): Promise<void> {
    const session = this.#session
    try {
      await session?.api('uptime s')
      if (!session || session !== this.#session) return
      this.#follower.renewed()
      this.#sayUp()
      this.#beatLater()
    } catch {
      session?.close('no answer to a heartbeat')
    }
  }

  #lost(reason: string, retryMs: number): void {
    this.#end()
    this.#retryMs = retryMs
    this.#follower.lost(reason)
    this.#health.say({ state: 'degraded', detail: `The connection to FreeSWITCH is lost: ${reason}.` })
  }

  #failed(error: unknown, retryMs: number): number {
    const failure = asNotReady(error, 'FreeSWITCH')
    this.#retryMs = needsOperator(failure) ? signInRetryMs : retryMs
    this.#health.say(judgeFailure(failure))
    return this.#retryMs
  }

  #end(): void {
    this.#session = undefined
    this.#heartbeat?.cancel()
    this.#heartbeat = undefined
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#abort)
    this.#end()
    this.#writing.stop()
    await this.#line.stop()
    await this.#follower.stop()
    this.#health.say({ state: 'stopped' })
  }
}
