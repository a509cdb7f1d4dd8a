import type { Clock, Timer } from '../../core/ports.ts'
import type { Change } from './changes.ts'
import type { PresenceRow } from './queries.ts'

/**
 * Who is signed in, in which status. A change of status ends one row and begins another: an agent whose row has ended
 * counts as signed out only when none has begun for `logoutMs`.
 */
export class Roster {
  readonly #clock: Clock
  readonly #logoutMs: number
  readonly #changed: (userIds: readonly string[]) => void
  readonly #rows = new Map<string, PresenceRow>()
  /** Users by the id of their live row. */
  readonly #owners = new Map<string, string>()
  readonly #leaving = new Map<string, Timer>()
  /** When a row of a user was last heard of, monotonic: a reading that was asked for before is older. */
  readonly #heardAt = new Map<string, number>()

  constructor(clock: Clock, logoutMs: number, changed: (userIds: readonly string[]) => void) {
    this.#clock = clock
    this.#logoutMs = logoutMs
    this.#changed = changed
  }

  get size(): number {
    return this.#rows.size
  }

  row(userId: string): PresenceRow | undefined {
    return this.#rows.get(userId)
  }

  /** Everyone who is signed in, as it was asked for at `askedAt` (monotonic). Answers who is in another status now. */
  read(rows: readonly PresenceRow[], askedAt: number): readonly string[] {
    const here = new Set(rows.map(({ userId }) => userId))
    const isOld = (userId: string) => (this.#heardAt.get(userId) ?? Number.NEGATIVE_INFINITY) >= askedAt
    const changed = rows.filter(({ userId }) => !isOld(userId)).filter((row) => this.#put(row))
    for (const userId of this.#rows.keys()) {
      if (!here.has(userId) && !isOld(userId)) this.#leave(userId)
    }
    return changed.map(({ userId }) => userId)
  }

  /** Changes in the order of their events. Answers who is in another status now, each once. */
  hear(changes: readonly Change[]): readonly string[] {
    const changed = new Set<string>()
    const now = this.#clock.monotonic()
    const over = new Set(changes.flatMap((change) => (change.type === 'ended' ? change.ids : [])))
    for (const change of changes) {
      if (change.type === 'began') {
        const { row } = change
        // What has ended by now, or an event that is repeated, or from before what was read.
        if (over.has(row.id) || (this.#rows.get(row.userId)?.startedAt ?? 0) > row.startedAt) continue
        this.#heardAt.set(row.userId, now)
        if (this.#put(row)) changed.add(row.userId)
      } else if (change.type === 'ended') {
        for (const userId of change.ids.flatMap((id) => this.#owners.get(id) ?? [])) {
          this.#heardAt.set(userId, now)
          this.#leave(userId)
        }
      }
    }
    return [...changed]
  }

  /** The row of one user, as a write has read it back; undefined for one who is signed out. */
  learn(userId: string, row: PresenceRow | undefined): void {
    this.#heardAt.set(userId, this.#clock.monotonic())
    if (row) this.#put(row)
    else if (this.#rows.has(userId)) this.#leave(userId)
  }

  stop(): void {
    for (const timer of this.#leaving.values()) timer.cancel()
    this.#leaving.clear()
  }

  #put(row: PresenceRow): boolean {
    const { userId } = row
    this.#leaving.get(userId)?.cancel()
    this.#leaving.delete(userId)
    const before = this.#rows.get(userId)
    this.#rows.set(userId, row)
    if (before) this.#owners.delete(before.id)
    this.#owners.set(row.id, userId)
    return before?.id !== row.id || before.statusId !== row.statusId
  }

  #leave(userId: string): void {
    if (this.#leaving.has(userId)) return
    const timer = this.#clock.after(this.#logoutMs, () => {
      this.#leaving.delete(userId)
      this.#owners.delete(this.#rows.get(userId)?.id ?? '')
      this.#rows.delete(userId)
      this.#changed([userId])
    })
    this.#leaving.set(userId, timer)
  }
}
