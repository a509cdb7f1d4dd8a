import { createHash } from 'node:crypto'
import type { Refusal } from '../core/access.ts'
import type { Clock, StoreChange } from '../core/ports.ts'
import type { SharedRows } from '../core/shared-rows.ts'

/** What is counted, and how many wrong tries cost nothing: a whole office may share one address. */
export interface Counted {
  readonly key: string
  readonly free: number
}

/** The wait after the next one, milliseconds; it doubles with each further one. */
const firstWaitMs = 30_000
const longestWaitMs = 60 * 60_000
/** After this long without a wrong one all is forgotten. */
const memoryMs = 24 * 60 * 60_000
/** So many names or addresses are remembered; a flood of made-up ones pushes out the oldest. */
const most = 10_000

/** Of the store's memory, where several hubs count together. */
const place = { tenant: '', scope: 'access/attempts' } as const

/** Monotonic, milliseconds. */
interface Count {
  readonly wrong: number
  readonly lastAt: number
}

/** By the wall clock, milliseconds: hubs have no other in common. */
interface Row {
  readonly wrong: number
  readonly at: number
}

/** Slows down guessing, for each key by itself; at all hubs together where they share rows. `load` before anything else. */
export class Attempts {
  readonly #clock: Clock
  readonly #rows: SharedRows | undefined
  /** By a hash of the key, the oldest first: a row tells nobody's name or address. */
  readonly #counts = new Map<string, Count>()

  constructor(clock: Clock, rows?: SharedRows) {
    this.#clock = clock
    this.#rows = rows
    rows?.watch(() => this.load())
  }

  async load(): Promise<void> {
    const rows = [...((await this.#rows?.memory(place.tenant, place.scope)) ?? [])]
    const counts = rows.map(([id, body]) => [id, JSON.parse(body) as Row] as const)
    const late = this.#clock.wall() - this.#clock.monotonic()
    this.#counts.clear()
    for (const [id, { wrong, at }] of counts.sort(([, a], [, b]) => a.at - b.at))
      this.#counts.set(id, { wrong, lastAt: Math.min(at - late, this.#clock.monotonic()) })
  }

  /** Why the next try has to wait, where it has to. */
  judge(counted: readonly Counted[]): Promise<Refusal | undefined> {
    return this.#turn(async () => this.#refuse(counted))
  }

  /** Judges, and counts before it is known whether the password is right, so that many at once do not pass together. */
  begin(counted: readonly Counted[]): Promise<Refusal | undefined> {
    return this.#turn(async () => {
      const refused = this.#refuse(counted)
      if (!refused) await this.#change(counted, (wrong) => wrong + 1)
      return refused
    })
  }

  /** The try was none at guessing; what others did wrong before it stays. */
  succeeded(counted: readonly Counted[]): Promise<void> {
    return this.#turn(() => this.#change(counted, (wrong) => Math.max(0, wrong - 1)))
  }

  #turn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    return this.#rows ? this.#rows.turn(act) : act()
  }

  async #change(counted: readonly Counted[], next: (wrong: number) => number): Promise<void> {
    const changes: StoreChange[] = []
    const now = this.#clock.monotonic()
    for (const { key } of counted) {
      const id = hashOf(key)
      const known = this.#find(id)
      const count = { wrong: next(known?.wrong ?? 0), lastAt: now }
      this.#counts.delete(id)
      this.#counts.set(id, count)
      const body = JSON.stringify({ wrong: count.wrong, at: Math.round(this.#clock.wall()) } satisfies Row)
      changes.push({ put: 'memory', ...place, key: id, body })
    }
    for (const id of this.#counts.keys()) {
      if (this.#counts.size <= most) break
      this.#counts.delete(id)
      changes.push({ delete: 'memory', ...place, key: id })
    }
    await this.#rows?.commit(changes, 'normal')
  }

  #refuse(counted: readonly Counted[]): Refusal | undefined {
    const retryAfterMs = Math.max(0, ...counted.map((one) => this.#waitOf(one)))
    if (retryAfterMs === 0) return undefined
    return { refused: `Too many wrong tries. Wait ${Math.ceil(retryAfterMs / 1000)} s.`, retryAfterMs }
  }

  #waitOf({ key, free }: Counted): number {
    const count = this.#find(hashOf(key))
    if (!count || count.wrong < free) return 0
    const wait = Math.min(firstWaitMs * 2 ** (count.wrong - free), longestWaitMs)
    return Math.max(0, count.lastAt + wait - this.#clock.monotonic())
  }

  #find(id: string): Count | undefined {
    const count = this.#counts.get(id)
    if (count && this.#clock.monotonic() - count.lastAt > memoryMs) this.#counts.delete(id)
    return this.#counts.get(id)
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
