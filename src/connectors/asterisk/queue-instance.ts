import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import type { Observation } from '../../core/observation.ts'
import type { Timer } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import { asNotReady, needsOperator } from '../kit/failures.ts'
import { judgeFailure } from '../kit/health-teller.ts'
import { createBackoff, KeptLine } from '../kit/reconnect.ts'
import { ExtensionBook } from './book.ts'
import type { Settings } from './config.ts'
import { readDirectory } from './directory.ts'
import { type AmiMessage, header } from './frames.ts'
import { QueueMembers } from './queue-members.ts'
import { readMembers, writePause } from './queue-pause.ts'
import { readEverything } from './reading.ts'
import { AmiSession } from './session.ts'

const feed = 'queues'
const leaseMs = 30_000
const heartbeatMs = 10_000
/** A wrong secret may be put right at the PBX; asking more often would only get this machine banned. */
const signInRetryMs = 10 * 60_000

/** The queues of one PBX: who is in them, who is paused, and pausing. */
export class QueueInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #line: KeptLine
  readonly #members = new QueueMembers()
  readonly #timers = new Map<'heartbeat' | 'sweep', Timer>()
  #followed: ReadonlySet<string> = new Set()
  /** Live events that came during each reading that is under way, to be played again over it: a list is older than they. */
  readonly #heard = new Set<AmiMessage[]>()
  #session: AmiSession | undefined
  /** Everyone with a hint, as of this connection or the last sweep. */
  #extensions: Promise<ReadonlySet<string>> | undefined
  #stopped: Promise<void> | undefined
  /** One write at a time: each reads the queues before and after. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.#line = new KeptLine({
      clock: context.clock,
      backoff: createBackoff({ firstMs: 1000, ceilingMs: 30_000 }),
      open: (stopped) => this.#open(stopped),
      lost: (reason) => this.#lost(reason),
      failed: (error) => this.#failed(error),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = new Set(addresses)
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
    const before = this.#followed
    this.#followed = new Set(addresses)
    this.#tell([...new Set([...before, ...addresses])])
  }

  resync(addresses: readonly string[]): void {
    const session = this.#session
    if (session)
      void this.#read(session).then(
        () => this.#tell(addresses),
        (error) => this.#couldNotRead(error),
      )
  }

  publish({ address, slot, state }: Publication): Promise<Outcome> {
    if (slot !== 'queue') {
      return Promise.resolve({ kind: 'rejected', reason: `Queues are not written to in slot "${slot}".` })
    }
    const write = this.#writing.then(() => this.#write(address, isDoNotDisturb(state)))
    this.#writing = write
    return write
  }

  async directory(): Promise<readonly DirectoryEntry[]> {
    const session = this.#session
    if (!session) throw new ConnectorFailure('not-ready', 'The PBX is not connected.')
    try {
      const reading = await readEverything(session, this.#settings, { extensions: this.#members.extensions })
      const book = new ExtensionBook(this.#settings, (device) => reading.devices?.has(device) ?? false)
      book.replace({ hints: reading.hints ?? [], users: reading.users })
      return await readDirectory(session, book, this.#settings)
    } catch (error) {
      throw asNotReady(error, 'The PBX')
    }
  }

  async #write(extension: string, on: boolean): Promise<Outcome> {
    const session = this.#session
    if (!session) return { kind: 'deferred', reason: 'The PBX is not connected.', retryAfterMs: 1000 }
    const outcome = await writePause(session, { extension, on }, () => this.#context.clock.wall())
    if (outcome.kind !== 'deferred' || (await this.#isKnown(session, extension))) return outcome
    return {
      kind: 'rejected',
      reason: `The PBX knows no extension "${extension}".`,
      fix: 'Correct the address of this person, or give the extension a hint.',
    }
  }

  /** Whether it may sign in to a queue some day. Where hints may not be listed, everybody may. */
  async #isKnown(session: AmiSession, extension: string): Promise<boolean> {
    this.#extensions ??= session
      .list('ExtensionStateList', {}, (item) => [header(item, 'exten') ?? ''])
      .then((list) => new Set(list))
    try {
      return (await this.#extensions).has(extension)
    } catch {
      this.#extensions = undefined
      return true
    }
  }

  async #open(stopped: AbortSignal): Promise<AmiSession> {
    const session = await AmiSession.open(
      {
        settings: this.#settings,
        clock: this.#context.clock,
        network: this.#context.network,
        onEvent: (message) => this.#hear(message),
        onMalformed: (reason) => this.#malformed(reason),
        onDoubt: () => this.resync([...this.#followed]),
      },
      stopped,
    )
    try {
      await this.#read(session)
    } catch (error) {
      session.close()
      throw error
    }
    this.#session = session
    this.#context.emit({ type: 'opened', feed, leaseMs })
    this.#context.emit({ type: 'snapshot', feed, observations: this.#observations([...this.#followed]) })
    this.#context.health({ state: 'up', detail: `${this.#members.extensions.length} people are in queues` })
    this.#repeat('heartbeat', heartbeatMs, () => this.#beat(session))
    this.#repeat('sweep', this.#settings.sweepSeconds * 1000, () => {
      this.#extensions = undefined
      this.resync([...this.#followed])
    })
    return session
  }

  #malformed(reason: string): void {
    this.#context.metrics.count('asterisk_malformed_messages')
    this.#context.log.warn('the PBX sent something that is no AMI message', { reason })
    this.resync([...this.#followed])
  }

  #hear(message: AmiMessage): void {
    for (const heard of this.#heard) heard.push(message)
    const extension = this.#members.take(message)
    if (extension !== undefined && this.#session) this.#tell([extension])
  }

  async #read(session: AmiSession): Promise<void> {
    const heard: AmiMessage[] = []
    this.#heard.add(heard)
    try {
      this.#members.replace(await readMembers(session))
    } finally {
      this.#heard.delete(heard)
    }
    for (const message of heard) this.#members.take(message)
  }

  #tell(addresses: readonly string[]): void {
    if (!this.#session || addresses.length === 0) return
    const observations = this.#observations(addresses.filter((address) => this.#followed.has(address)))
    this.#context.emit({ type: 'snapshot', feed, observations, addresses })
  }

  #observations(addresses: readonly string[]): readonly Observation[] {
    const observedAt = this.#context.clock.wall()
    return addresses.flatMap((address) => {
      const paused = this.#members.paused(address)
      return paused === undefined ? [] : [{ address, facet: { kind: 'queue', paused }, observedAt }]
    })
  }

  #repeat(what: 'heartbeat' | 'sweep', everyMs: number, act: () => void): void {
    const again = () => {
      this.#repeat(what, everyMs, act)
      act()
    }
    this.#timers.set(what, this.#context.clock.after(everyMs, again))
  }

  #beat(session: AmiSession): void {
    session.action('Ping').then(
      () => {
        if (session === this.#session) this.#context.emit({ type: 'renewed', feed })
      },
      () => session.close('no answer to a ping'),
    )
  }

  #couldNotRead(error: unknown): void {
    this.#context.log.warn('the queues could not be read', { reason: String(error) })
  }

  #lost(reason: string): void {
    this.#end()
    this.#context.emit({ type: 'lost', feed, reason })
    this.#context.health({ state: 'degraded', detail: `The connection to the PBX is lost: ${reason}.` })
  }

  #failed(error: unknown): number | undefined {
    const failure = asNotReady(error, 'The PBX')
    this.#context.health(judgeFailure(failure))
    return needsOperator(failure) ? signInRetryMs : undefined
  }

  #end(): void {
    this.#session = undefined
    this.#extensions = undefined
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
  }

  async #stop(): Promise<void> {
    this.#end()
    await this.#line.stop()
    this.#context.health({ state: 'stopped' })
  }
}
