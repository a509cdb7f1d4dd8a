import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import { asNotReady, needsOperator } from '../kit/failures.ts'
import { judgeFailure } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { beginOn, createBackoff, KeptLine } from '../kit/reconnect.ts'
import type { Settings } from './config.ts'
import { readDirectory } from './directory.ts'
import { writeDnd } from './dnd.ts'
import { Follower } from './follower.ts'
import type { AmiMessage } from './frames.ts'
import { AmiSession } from './session.ts'
import { feed } from './teller.ts'

const heartbeatMs = 10_000
/** A wrong secret may be put right at the PBX; asking more often would only get this machine banned. */
const signInRetryMs = 10 * 60_000

/** One PBX: keeps the connection, the heartbeat and the order of writes. */
export class AsteriskInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #line: KeptLine
  readonly #follower: Follower
  readonly #timers = new Map<'heartbeat' | 'sweep', Timer>()
  /** Writes to one extension happen one after the other. */
  readonly #writing = new InTurn()
  #session: AmiSession | undefined
  #retryMs = 1000
  #stopped: Promise<void> | undefined
  readonly #abort = () => void this.stop()

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.#follower = new Follower(settings, context)
    this.#line = new KeptLine({
      clock: context.clock,
      backoff: createBackoff({ firstMs: 1000, ceilingMs: 30_000 }),
      open: (stopped) => this.#open(stopped),
      lost: (reason, retryMs) => this.#lost(reason, retryMs),
      failed: (error, retryMs) => this.#failed(error, retryMs),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    this.#context.signal.addEventListener('abort', this.#abort, { once: true })
    this.#follower.follow(addresses)
    this.#context.health({ state: 'starting' })
    try {
      await this.#line.start()
    } catch (error) {
      throw asNotReady(error, 'The PBX')
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  follow(addresses: readonly string[]): void {
    this.#follower.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    this.#follower.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    try {
      return await this.#writing.run(publication.address, () => this.#write(publication))
    } catch (error) {
      return { kind: 'failed', reason: String(error) }
    }
  }

  /** Everyone with an extension. Throws while there is no connection: a part of them would be taken for all. */
  async directory(): Promise<readonly DirectoryEntry[]> {
    const session = this.#session
    if (!session) throw new ConnectorFailure('not-ready', 'The PBX is not connected.')
    try {
      return await readDirectory(session, this.#follower.state.book, this.#settings)
    } catch (error) {
      throw asNotReady(error, 'The PBX')
    }
  }

  unknownValues() {
    return this.#follower.unknown.list()
  }

  async #write({ address, slot, act, state }: Publication): Promise<Outcome> {
    if (slot !== 'dnd' || (act === 'assert' && !this.#settings.writeDnd)) {
      return { kind: 'rejected', reason: `This PBX is not written to in slot "${slot}".` }
    }
    const session = this.#session
    if (!session || !this.#follower.synced) {
      return { kind: 'deferred', reason: 'The PBX is not connected.', retryAfterMs: Math.ceil(this.#retryMs) }
    }
    const entry = this.#follower.state.book.entry(address)
    if (!entry) {
      return {
        kind: 'rejected',
        reason: `The PBX knows no extension "${address}".`,
        fix: 'Give it a hint, or name it under "extensions" of this connector.',
      }
    }
    const { freepbx } = this.#follower.state
    const target = { entry, freepbx, on: isDoNotDisturb(state) }
    return writeDnd(session, target, () => this.#context.clock.wall())
  }

  async #open(stopped: AbortSignal): Promise<AmiSession> {
    const follower = this.#follower
    const session = await AmiSession.open(
      {
        settings: this.#settings,
        clock: this.#context.clock,
        network: this.#context.network,
        onEvent: (message) => this.#hear(message),
        onMalformed: (reason) => follower.malformed(reason),
        onDoubt: () => follower.rereadSoon(),
      },
      stopped,
    )
    await beginOn(session, stopped, () => follower.begin(session))
    this.#session = session
    this.#context.health({ state: 'up' })
    this.#repeat('heartbeat', heartbeatMs)
    this.#repeat('sweep', this.#settings.sweepSeconds * 1000)
    return session
  }

  /** Whatever an event brings, it ends neither the connection nor the process. */
  #hear(message: AmiMessage): void {
    try {
      this.#follower.take(message)
      // The manager was perhaps told of more rights: they count for those who sign in from now on.
      if (message.name === 'Reload' && this.#session?.wasDenied) this.#session.close('signing in again')
    } catch (error) {
      this.#context.log.error('an event of the PBX could not be used', { event: message.name, error })
      this.#follower.rereadSoon()
    }
  }

  #lost(reason: string, retryMs: number): void {
    this.#end()
    this.#retryMs = retryMs
    this.#context.emit({ type: 'lost', feed, reason })
    this.#context.log.warn('connection to the PBX lost', { reason, retryMs: Math.round(retryMs) })
    this.#context.health({ state: 'degraded', detail: `The connection to the PBX is lost: ${reason}.` })
  }

  #failed(error: unknown, retryMs: number): number | undefined {
    const failure = asNotReady(error, 'The PBX')
    const waitMs = needsOperator(failure) ? signInRetryMs : retryMs
    this.#retryMs = waitMs
    this.#context.log.warn('the PBX cannot be reached', {
      reason: failure.message,
      retryMs: Math.round(waitMs),
    })
    this.#context.health(judgeFailure(failure))
    return waitMs
  }

  #repeat(what: 'heartbeat' | 'sweep', everyMs: number): void {
    this.#timers.set(
      what,
      this.#context.clock.after(everyMs, () => {
        this.#repeat(what, everyMs)
        if (what === 'sweep') this.#follower.rereadSoon()
        else void this.#beat()
      }),
    )
  }

  async #beat(): Promise<void> {
    const session = this.#session
    try {
      await session?.action('Ping')
      if (session === this.#session && this.#follower.synced) this.#context.emit({ type: 'renewed', feed })
    } catch {
      // Silence: closing it is what makes the line count as lost and be opened again.
      session?.close('no answer to a ping')
    }
  }

  #end(): void {
    this.#session = undefined
    this.#follower.end()
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#abort)
    this.#end()
    await this.#line.stop()
    this.#context.health({ state: 'stopped' })
  }
}
