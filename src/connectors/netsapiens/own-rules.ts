import type { KeyValue } from '../../core/connector.ts'
import { fieldsOf } from '../kit/http.ts'

/** In which time frames of a user do not disturb is ours. */
export interface OwnDnd {
  readonly frames: readonly string[]
  /** Wall clock, milliseconds: since when it has been ours, over changes of the time frame. */
  readonly since: number
  /** Wall clock, milliseconds: when the last of the frames was dropped. */
  readonly leftAt?: number | undefined
}

/** Who sets it again this soon goes on with it: the time frame has changed. Later it is a new one. */
const goesOnMs = 5 * 60_000

/**
 * Remembers, over a restart, in which answer rules we have set do not disturb that was off. A rule that is no longer in
 * force shows nowhere, and would silence the phone the next day.
 */
export class OwnRules {
  readonly #memory: KeyValue
  readonly #prefix: string
  readonly #known = new Map<string, OwnDnd | undefined>()

  /** `prefix` is what the keys of the memory begin with. */
  constructor(memory: KeyValue, prefix = 'dnd') {
    this.#memory = memory
    this.#prefix = prefix
  }

  async of(user: string): Promise<OwnDnd | undefined> {
    if (!this.#known.has(user)) this.#known.set(user, read(await this.#memory.get(this.#keyOf(user))))
    return this.#known.get(user)
  }

  /** Before it is written. */
  async add(user: string, frame: string, now: number): Promise<void> {
    const own = await this.of(user)
    if (own?.frames.includes(frame)) return
    const goesOn = own && (own.frames.length > 0 || now - (own.leftAt ?? 0) < goesOnMs)
    await this.#put(user, { frames: [...(own?.frames ?? []), frame], since: goesOn ? own.since : now })
  }

  /** It is off there now. What is left, even nothing, says that a do not disturb elsewhere is not ours. */
  async drop(user: string, frame: string, now: number): Promise<void> {
    const own = await this.of(user)
    if (!own?.frames.includes(frame)) return
    const frames = own.frames.filter((each) => each !== frame)
    await this.#put(user, { ...own, frames, leftAt: now })
  }

  /** Nothing of it is ours any more. */
  async forget(user: string): Promise<void> {
    if (!(await this.of(user))) return
    this.#known.set(user, undefined)
    await this.#memory.delete(this.#keyOf(user))
  }

  #keyOf(user: string): string {
    return `${this.#prefix} ${user}`
  }

  async #put(user: string, own: OwnDnd): Promise<void> {
    await this.#memory.set(this.#keyOf(user), own)
    this.#known.set(user, own)
  }
}

function read(value: unknown): OwnDnd | undefined {
  const { frames, since, leftAt } = fieldsOf(value)
  if (!Array.isArray(frames) || typeof since !== 'number') return undefined
  const left = typeof leftAt === 'number' ? { leftAt } : {}
  return { frames: frames.filter((each) => typeof each === 'string'), since, ...left }
}
