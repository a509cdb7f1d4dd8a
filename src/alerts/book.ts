import type { AlertView, Problem } from '../core/alert.ts'
import type { Cleared, Message } from './message.ts'

/** A problem that was raised, as it is kept. */
interface Entry {
  problem: Problem
  readonly raisedAt: number
  told: boolean
}

/** What of the book outlives the process. */
export interface StoredBook {
  readonly entries: readonly Entry[]
  readonly over: readonly Cleared[]
  readonly quiet: boolean
}

/** The problems there are at one moment. `now` is wall clock, milliseconds. */
export interface Look {
  readonly problems: readonly Problem[]
  readonly now: number
  readonly quiet: boolean
  /** Shortly after a start not everything could be looked at: what was told before it is not over yet. */
  readonly early: boolean
}

/**
 * Which problems were told. Each is told once, again when it becomes more urgent, and once more when it is over; what quiet hours hold back is told together
 * when they end.
 */
export class AlertBook {
  readonly #entries = new Map<string, Entry>()
  #over: Cleared[] = []
  /** Told by an earlier process and not seen by this one yet. */
  readonly #unseen = new Set<string>()
  /** Quiet when last looked. */
  #quiet = false

  restore(stored: StoredBook): void {
    for (const entry of stored.entries) {
      this.#entries.set(entry.problem.key, { ...entry })
      this.#unseen.add(entry.problem.key)
    }
    this.#over = [...stored.over]
    this.#quiet = stored.quiet
  }

  store(): StoredBook {
    return { entries: [...this.#entries.values()], over: this.#over, quiet: this.#quiet }
  }

  current(): readonly AlertView[] {
    return [...this.#entries.values()].map(({ problem, raisedAt, told }) => ({ ...problem, raisedAt, told }))
  }

  /** Takes what is wrong now; answers what to tell, without an id, if anything. */
  look(look: Look): { readonly changed: boolean; readonly message: Omit<Message, 'id'> | undefined } {
    const changed = this.#compare(look)
    const digest = this.#quiet && !look.quiet
    const turned = this.#quiet !== look.quiet
    this.#quiet = look.quiet
    if (look.quiet) return { changed: changed || turned, message: undefined }
    const raised = [...this.#entries.values()].filter(({ told }) => !told)
    const cleared = this.#over
    if (raised.length === 0 && cleared.length === 0) return { changed: changed || turned, message: undefined }
    for (const entry of raised) entry.told = true
    this.#over = []
    return {
      changed: true,
      message: { at: look.now, digest, raised: raised.map(({ problem }) => problem), cleared },
    }
  }

  #compare({ problems, now, early }: Look): boolean {
    let changed = false
    const seen = new Set<string>()
    for (const problem of problems) {
      seen.add(problem.key)
      this.#unseen.delete(problem.key)
      const known = this.#entries.get(problem.key)
      if (known) {
        const isUrgent = problem.again !== known.problem.again
        known.problem = { ...problem, since: known.problem.since }
        if (isUrgent) known.told = false
        changed ||= isUrgent
        continue
      }
      this.#entries.set(problem.key, { problem, raisedAt: now, told: false })
      changed = true
    }
    for (const [key, { problem }] of this.#entries) {
      if (seen.has(key) || (early && this.#unseen.has(key))) continue
      this.#entries.delete(key)
      this.#unseen.delete(key)
      this.#over.push({ problem, clearedAt: now })
      changed = true
    }
    return changed
  }
}
