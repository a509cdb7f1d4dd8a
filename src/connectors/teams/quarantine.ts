import type { KeyValue } from '../../core/connector.ts'
import type { Log } from '../../core/ports.ts'
import { fieldsOf } from '../kit/http.ts'

const memoryKey = 'quarantine'
const retryMs = 3_600_000

interface Entry {
  /** Wall clock, milliseconds. */
  readonly since: number
  readonly retryAt: number
  readonly reason: string
}

/** Ids that Graph refuses, kept over restarts and tried again every hour. */
export class Quarantine {
  readonly #memory: KeyValue
  readonly #log: Log
  readonly #entries = new Map<string, Entry>()

  constructor(memory: KeyValue, log: Log) {
    this.#memory = memory
    this.#log = log
  }

  get size(): number {
    return this.#entries.size
  }

  async load(): Promise<void> {
    const stored = fieldsOf(await this.#memory.get(memoryKey))
    for (const [address, value] of Object.entries(stored)) {
      const { since, retryAt, reason } = fieldsOf(value)
      if (typeof since === 'number' && typeof retryAt === 'number' && typeof reason === 'string') {
        this.#entries.set(address, { since, retryAt, reason })
      }
    }
  }

  holds(address: string): boolean {
    return this.#entries.has(address)
  }

  async add(address: string, reason: string, wall: number): Promise<void> {
    const known = this.#entries.get(address)
    this.#entries.set(address, { since: known?.since ?? wall, retryAt: wall + retryMs, reason })
    if (!known) this.#log.warn('Graph refuses this id; it is set apart and tried hourly', { address, reason })
    await this.#store()
  }

  /** Those whose hour is over; they are read again, and stay listed until they were. */
  due(wall: number): readonly string[] {
    const due: string[] = []
    for (const [address, entry] of this.#entries) if (entry.retryAt <= wall) due.push(address)
    return due
  }

  async release(address: string): Promise<void> {
    if (!this.#entries.delete(address)) return
    this.#log.info('Graph accepts this id again', { address })
    await this.#store()
  }

  async #store(): Promise<void> {
    try {
      await this.#memory.set(memoryKey, Object.fromEntries(this.#entries))
    } catch (error) {
      this.#log.warn('the list of refused ids could not be stored', { error })
    }
  }
}
