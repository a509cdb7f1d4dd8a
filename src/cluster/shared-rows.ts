import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { Bus, BusEnd } from '../core/bus.ts'
import type { Clock, Log, Store, StoreChange, Timer } from '../core/ports.ts'
import { Overtaken, type SharedRows } from '../core/shared-rows.ts'

/** How often it is looked whether another hub changed something that nobody told, milliseconds. */
const lookMs = 500
/** So many of the last changes are known by their numbers; a hub that is further behind finds it out before it writes. */
const keptRevisions = 100
/** An act that others overtake so often is given up. */
const mostTries = 5

export interface ClusterRowsOptions {
  /** A word for these rows: what is shared under another is another thing. */
  readonly name: string
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
}

/**
 * Every change has a number, and the row of that number can be made once: who was overtaken learns of it in the same
 * transaction. The others are told, and compare the newest number twice a second in case they did not hear.
 */
export class ClusterRows implements SharedRows {
  readonly #options: ClusterRowsOptions
  readonly #scope: string
  readonly #reads: (() => Promise<void>)[] = []
  readonly #within = new AsyncLocalStorage<true>()
  #revision = 0
  #last: Promise<unknown> = Promise.resolve()
  #comparedAt = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | undefined
  #heard: BusEnd | undefined
  #timer: Timer | undefined
  #trouble = ''

  constructor(options: ClusterRowsOptions) {
    this.#options = options
    this.#scope = `shared/${options.name}`
  }

  /** From now on what others change is read here; what there is so far is read by whoever `watch`es, at first. */
  async start(): Promise<void> {
    const { bus, name } = this.#options
    this.#heard = bus.hear(`shared.${name}`, () => void this.#look())
    await this.#exclusive(() => this.#catchUp())
    this.#later()
  }

  stop(): void {
    this.#heard?.end()
    this.#timer?.cancel()
    this.#timer = undefined
  }

  /** How long it has been since nothing newer was there for sure, milliseconds. */
  get staleMs(): number {
    return this.#options.clock.monotonic() - this.#comparedAt
  }

  memory: Store['memory'] = (tenant, scope) => this.#options.store.memory(tenant, scope)

  jot: Store['commit'] = (changes, durability) => this.#options.store.commit(changes, durability)

  watch(read: () => Promise<void>): void {
    this.#reads.push(read)
  }

  turn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    if (this.#within.getStore()) return act()
    return this.#exclusive(async () => {
      for (let tries = 1; ; tries += 1) {
        await this.#catchUp()
        try {
          return await this.#within.run(true, act)
        } catch (error) {
          if (!(error instanceof Overtaken) || tries === mostTries) throw error
        }
      }
    })
  }

  /**
   * On the disk before anybody hears of it, whatever is asked for: what a server that crashed has lost is written again by the hub that
   * wrote it, over what others have changed since, say a session that has ended.
   */
  commit: Store['commit'] = async (changes) => {
    if (!this.#within.getStore()) throw new Error('shared rows are written within a turn alone')
    const { store, bus, name } = this.#options
    const [own, next] = [randomUUID(), this.#revision + 1]
    const place = { tenant: '', scope: this.#scope } as const
    const number: StoreChange[] = [
      { put: 'newMemory', ...place, key: keyOf(next), body: own },
      { delete: 'memory', ...place, key: keyOf(next - keptRevisions) },
    ]
    try {
      await store.commit([...changes, ...number], 'full')
    } catch (error) {
      const there = (await store.memory('', this.#scope)).get(keyOf(next))
      if (there === undefined) {
        // What was changed here before it was to be written is taken back.
        await this.#readAll()
        throw error
      }
      if (there !== own) {
        await this.#catchUp()
        throw new Overtaken()
      }
    }
    this.#revision = next
    bus.tell(`shared.${name}`, next)
  }

  #exclusive<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Where many are told of at once, one look is enough for those that wait. */
  #look(): Promise<void> {
    this.#looking ??= this.#exclusive(() => {
      this.#looking = undefined
      return this.#catchUp()
    }).then(
      () => {
        this.#trouble = ''
      },
      (error: unknown) => this.#note(error),
    )
    return this.#looking
  }

  /** Said once for each reason. */
  #note(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error)
    const { log, name } = this.#options
    if (words !== this.#trouble) log.warn('what other hubs changed cannot be read now', { of: name, error })
    this.#trouble = words
  }

  #later(): void {
    this.#timer = this.#options.clock.after(lookMs, () => {
      void this.#look().then(() => this.#timer && this.#later())
    })
  }

  async #catchUp(): Promise<void> {
    const { store, clock } = this.#options
    const asked = clock.monotonic()
    const keys = [...(await store.memory('', this.#scope)).keys()]
    const newest = Math.max(0, ...keys.map(Number))
    if (newest !== this.#revision) {
      await this.#readAll()
      this.#revision = newest
    }
    this.#comparedAt = asked
  }

  async #readAll(): Promise<void> {
    for (const read of this.#reads) await read()
  }
}

/** In the order of the numbers. */
function keyOf(revision: number): string {
  return String(revision).padStart(15, '0')
}
