import type { ConnectorInstance, Health } from '../core/connector.ts'
import { ConnectorFailure } from '../core/connector.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import { backoff } from './outcome.ts'
import type { Starts } from './starts.ts'

export interface Supervised {
  readonly id: string
  /** Makes an instance, without I/O. What it says counts while `isCurrent`; a later one has taken its place then. */
  create(isCurrent: () => boolean): ConnectorInstance
  readonly addresses: () => readonly string[]
  /** The instance stopped or failed: whatever it said is no longer sure. */
  lost(): void
}

export interface SupervisorOptions {
  readonly clock: Clock
  readonly log: Log
  /** 0 ≤ random < 1. */
  readonly random: () => number
  /** Shared with the systems that start at the same time; each by itself where left out. */
  readonly starts?: Starts
}

/** Failures that an operator has to end; trying again by itself would only lock an account. */
const final = new Set(['auth-failed', 'misconfigured'])
/** How often those are tried all the same, because a password may have been put right at the other side. */
const finalRetryMs = 15 * 60_000

/**
 * Keeps one connector running: the type of a failure decides what happens next. An instance lives once; after a
 * failed start a new one takes its place.
 */
export class Supervisor {
  readonly #subject: Supervised
  readonly #options: SupervisorOptions
  #instance: ConnectorInstance
  /** Of the current instance. */
  #token: object = {}
  #health: Health
  #timer: Timer | undefined
  #attempts = 0
  #stopped = false
  #hasBegun = false
  #starting: Promise<void> | undefined

  constructor(subject: Supervised, options: SupervisorOptions) {
    this.#subject = subject
    this.#options = options
    this.#instance = this.#create()
    this.#health = { state: 'starting', since: options.clock.wall() }
  }

  get health(): Health {
    return this.#health
  }

  /** Its first start waits for its turn among many: nothing is wrong with it. */
  get waits(): boolean {
    return !this.#hasBegun
  }

  get instance(): ConnectorInstance {
    return this.#instance
  }

  /** What the instance says of itself. */
  setHealth(health: Omit<Health, 'since'>): void {
    if (this.#stopped && health.state !== 'stopped') return
    // What tries again after a failure is as down as before, and for as long.
    if (this.#attempts > 0 && health.state === 'starting') return
    const same = this.#health.state === health.state && this.#health.detail === health.detail
    this.#health = { ...health, since: same ? this.#health.since : this.#options.clock.wall() }
  }

  /** Resolves when the first attempt ended, well or not. */
  start(): Promise<void> {
    const begin = () => {
      if (this.waits) this.#health = { ...this.#health, since: this.#options.clock.wall() }
      this.#hasBegun = true
      this.#starting = this.#attempt()
      return this.#starting
    }
    return this.#options.starts?.run(begin) ?? begin()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#end(this.#instance)
    await this.#starting
    this.#health = { state: 'stopped', since: this.#options.clock.wall() }
  }

  /** A fault at its end must neither keep the hub from the rest of what it stops nor end it. */
  async #end(instance: ConnectorInstance): Promise<void> {
    try {
      await instance.stop()
    } catch (cause) {
      const message = 'a connector could not end in order'
      this.#options.log.error(message, { connector: this.#subject.id, cause })
    }
  }

  #create(): ConnectorInstance {
    const token = {}
    this.#token = token
    return this.#subject.create(() => this.#token === token)
  }

  async #attempt(): Promise<void> {
    if (this.#stopped) return
    try {
      await this.#instance.start(this.#subject.addresses())
      this.#attempts = 0
      if (this.#health.state === 'starting' || this.#health.state === 'down') this.setHealth({ state: 'up' })
    } catch (cause) {
      if (!this.#stopped) await this.#failed(cause)
    }
  }

  async #failed(cause: unknown): Promise<void> {
    const failure =
      cause instanceof ConnectorFailure
        ? cause
        : new ConnectorFailure('unexpected', cause instanceof Error ? cause.message : String(cause), {
            cause,
          })
    const { clock, log, random } = this.#options
    const failed = this.#instance
    this.#instance = this.#create()
    this.#attempts += 1
    this.#subject.lost()
    this.setHealth({
      state: 'down',
      detail: failure.message,
      failure: failure.kind,
      ...(failure.fix !== undefined && { fix: failure.fix }),
    })
    const fields = { connector: this.#subject.id, kind: failure.kind, fix: failure.fix, cause: failure.cause }
    if (failure.kind === 'unexpected') log.error(failure.message, fields)
    else log.warn(failure.message, fields)
    await this.#end(failed)
    if (this.#stopped) return
    const wait = final.has(failure.kind)
      ? finalRetryMs
      : (failure.retryAfterMs ?? backoff(this.#attempts, random))
    this.#timer = clock.after(wait, () => void this.start())
  }
}
