import type { ConnectorContext } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'

/** What the wall clock of this process counts from, as instances share it: the wall clock at its beginning, less monotonic time. */
export const keptOrigin = 'origin of kept times'

/** What one outside system says of a person, until when. */
export interface TimedState<State extends string> {
  readonly state: State
  /** As `TimedStates.now`, milliseconds. */
  readonly until: number
  readonly note?: string
  /** What follows when it ends or runs out: work after a call. */
  readonly wrapUp?: { readonly state: State; readonly ms: number }
  /** When the system says it was so, in whatever unit it counts: what is older comes too late. */
  readonly order?: number
}

export interface TimedStatesSettings<State extends string> {
  /** Strongest first, for when several systems speak of one person. */
  readonly order: readonly State[]
  /** Key in the instance's memory. */
  keyOf(address: string): string
  /** Something ran out by itself. */
  changed(address: string): void
}

/** What outside systems said of people, each with an end. Outlives a restart. */
export class TimedStates<State extends string> {
  readonly #context: Pick<ConnectorContext, 'clock' | 'memory' | 'log'>
  readonly #settings: TimedStatesSettings<State>
  readonly #people = new Map<string, Map<string, TimedState<State>>>()
  readonly #timers = new Map<string, Timer>()
  /** Whose state from before a restart has been taken up. */
  readonly #recalled = new Set<string>()
  /** The last change of what is kept of each that is not on disk yet: it is under way, or failed. */
  readonly #unsaved = new Map<string, object>()
  /** The wall clock when this process first kept something, less monotonic time. */
  readonly #origin: number

  constructor(
    context: Pick<ConnectorContext, 'clock' | 'memory' | 'log' | 'shared'>,
    settings: TimedStatesSettings<State>,
  ) {
    this.#context = context
    this.#settings = settings
    const { clock } = context
    // Of the process: an instance that begins while the wall clock is wrong would take what was kept for over, or prolong it.
    this.#origin = context.shared(keptOrigin, () => clock.wall() - clock.monotonic())
  }

  /** The wall clock as it was then, and went on since: a step of it neither ends a state nor prolongs one. */
  get now(): number {
    return this.#origin + this.#context.clock.monotonic()
  }

  /** How many people something is said of. */
  get size(): number {
    return this.#people.size
  }

  /** Takes up what was said of these before a restart. */
  async recall(addresses: readonly string[]): Promise<void> {
    for (const address of addresses) await this.#recall(address)
  }

  /** Somebody may speak before everyone was recalled: what was said before is not to be lost over it. */
  async #recall(address: string): Promise<void> {
    if (this.#recalled.has(address)) return
    const stored = await this.#context.memory.get(this.#settings.keyOf(address))
    if (this.#recalled.has(address)) return
    this.#recalled.add(address)
    if (stored)
      this.#people.set(address, new Map(Object.entries(stored as Record<string, TimedState<State>>)))
  }

  has(address: string): boolean {
    return this.#people.has(address)
  }

  /** On disk when it resolves. */
  async put(address: string, source: string, said: TimedState<State>): Promise<void> {
    await this.#recall(address)
    const sources = this.#people.get(address) ?? new Map<string, TimedState<State>>()
    sources.set(source, said)
    this.#people.set(address, sources)
    await this.#save(address)
  }

  /** The state is over: its wrap-up begins, where it has one. False when that source had said nothing. On disk when it resolves. */
  async end(address: string, source: string): Promise<boolean> {
    await this.#recall(address)
    const sources = this.#people.get(address)
    const said = sources?.get(source)
    if (!sources || !said) {
      // Perhaps it was ended just now, by a request that did not get this far: then it is still on disk, and would come back.
      if (this.#unsaved.has(address)) await this.#save(address)
      return false
    }
    const next = wrapUpOf(said, this.now)
    if (next) sources.set(source, next)
    else sources.delete(source)
    await this.#save(address)
    return true
  }

  of(address: string, source: string): TimedState<State> | undefined {
    return this.#people.get(address)?.get(source)
  }

  /** Drops what ran out, and looks again when the next one does. */
  strongest(address: string): TimedState<State> | undefined {
    this.#timers.get(address)?.cancel()
    this.#timers.delete(address)
    const sources = this.#people.get(address)
    if (!sources) return undefined
    if (this.#expire(sources)) {
      this.#save(address).catch((error: unknown) => {
        this.#context.log.warn('a state that ran out could not be removed from the store', { error })
      })
    }
    if (sources.size === 0) return undefined
    const said = [...sources.values()]
    const next = Math.min(...said.map(({ until }) => until)) - this.now
    const timer = this.#context.clock.after(Math.min(next, longestTimerMs), () => {
      this.#settings.changed(address)
    })
    this.#timers.set(address, timer)
    const { order } = this.#settings
    return said.reduce((best, one) => (order.indexOf(one.state) < order.indexOf(best.state) ? one : best))
  }

  /** Nothing runs out any more. */
  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
  }

  #expire(sources: Map<string, TimedState<State>>): boolean {
    const { now } = this
    let changed = false
    for (const [source, said] of [...sources]) {
      if (said.until > now) continue
      changed = true
      const next = wrapUpOf(said, said.until)
      if (next && next.until > now) sources.set(source, next)
      else sources.delete(source)
    }
    return changed
  }

  /** Of each person by itself: what others say of others is not written again. */
  async #save(address: string): Promise<void> {
    const sources = this.#people.get(address)
    const { memory } = this.#context
    const key = this.#settings.keyOf(address)
    const change = {}
    this.#unsaved.set(address, change)
    if (sources && sources.size > 0) await memory.set(key, Object.fromEntries(sources))
    else {
      this.#people.delete(address)
      await memory.delete(key)
    }
    if (this.#unsaved.get(address) === change) this.#unsaved.delete(address)
  }
}

/** Node's timers hold no more than about 24 days; a day is often enough to look. */
const longestTimerMs = 24 * 60 * 60_000

function wrapUpOf<State extends string>(
  { wrapUp, note, order }: TimedState<State>,
  from: number,
): TimedState<State> | undefined {
  if (!wrapUp) return undefined
  return {
    state: wrapUp.state,
    until: from + wrapUp.ms,
    ...(note !== undefined && { note }),
    ...(order !== undefined && { order }),
  }
}
