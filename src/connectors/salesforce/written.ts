import type { KeyValue } from '../../core/connector.ts'
import { type Presence, parsePresence, presenceName } from '../../core/presence.ts'
import { fieldsOf, textOf } from '../kit/http.ts'

/** What we have written at an agent, and what stood there before. */
export interface Written {
  readonly statusId: string
  /** What the status was written for: another state than its own where a stand-in was needed. */
  readonly state: Presence
  /** The status to be put back exactly: Lunch is Lunch again and not Away. */
  readonly foundId: string
  /** Something else was seen there since: there is nothing to be put back any more. */
  readonly over: boolean
}

const keyOf = (userId: string) => `written ${userId}`

/** Remembers our writes as long as they stand, also over a restart. */
export class WrittenBook {
  readonly #memory: KeyValue
  readonly #known = new Map<string, Written>()
  readonly #looked = new Set<string>()
  readonly #writing = new Set<string>()

  constructor(memory: KeyValue) {
    this.#memory = memory
  }

  /** Brings back what was remembered of these agents. */
  async load(userIds: readonly string[]): Promise<void> {
    await Promise.all(userIds.map((userId) => this.#loadOne(userId)))
  }

  async #loadOne(userId: string): Promise<void> {
    if (this.#looked.has(userId)) return
    this.#looked.add(userId)
    const stored = fieldsOf(await this.#memory.get(keyOf(userId)))
    const [statusId, foundId] = [textOf(stored.statusId), textOf(stored.foundId)]
    const state = parsePresence(textOf(stored.state) ?? '')
    if (statusId === undefined || foundId === undefined || !state || this.#known.has(userId)) return
    this.#known.set(userId, { statusId, foundId, state, over: stored.over === true })
  }

  /** What of ours stands at an agent who is in this status. */
  standing(userId: string, statusId: string): Written | undefined {
    const written = this.#known.get(userId)
    return written && !written.over && written.statusId === statusId ? written : undefined
  }

  /** What we have written at an agent, whether it still stands or not. */
  of(userId: string): Written | undefined {
    return this.#known.get(userId)
  }

  /** An agent is in this status by what is heard. */
  async seen(userId: string, statusId: string): Promise<void> {
    const written = this.#known.get(userId)
    if (!written || written.over || this.#writing.has(userId) || written.statusId === statusId) return
    await this.put(userId, { ...written, over: true })
  }

  /** While a write is on its way, what is seen says nothing of it. */
  writing(userId: string, on: boolean): void {
    if (on) this.#writing.add(userId)
    else this.#writing.delete(userId)
  }

  async put(userId: string, written: Written): Promise<void> {
    this.#known.set(userId, written)
    await this.#memory.set(keyOf(userId), { ...written, state: presenceName(written.state) })
  }

  async forget(userId: string): Promise<void> {
    if (this.#known.delete(userId)) await this.#memory.delete(keyOf(userId))
  }
}
