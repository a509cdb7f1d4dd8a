import type { HistoryRow } from '../core/history.ts'
import type { SlotDifference } from '../core/link-plan.ts'
import type { Policy } from '../core/policy.ts'
import type { Leg, Point } from '../core/presentity.ts'
import type { SystemOf } from './history-points.ts'
import { actorAt } from './history-points.ts'
import { ReplayedRules, type Wanting, type Wantings } from './replay.ts'
import { changedTables, ReplayEffects } from './replay-effects.ts'

/** For a while something else would have been wanted for somebody. */
export interface ReplayDifference extends SlotDifference {
  readonly presentity: string
}

/** A call that rang while only one of the two sets of rules wanted the phone in do not disturb. */
export interface ReplayCall {
  readonly presentity: string
  readonly connector: string
  readonly address: string
  readonly at: number
  readonly link: string
  /** Blocked: it rang, and under the edited rules would not have. Unblocked: it came although do not disturb was wanted, and would have rung. */
  readonly became: 'blocked' | 'unblocked'
}

/** One person's history, and the two sets of rules. `rows`: in order, the first at or before `from` where there is one. */
export interface ReplayInput {
  readonly rows: readonly HistoryRow[]
  readonly from: number
  readonly to: number
  readonly edited: Policy
  /** The rules in force then; undefined where they are not stored. */
  readonly policyOf: (version: number) => Policy | undefined
  readonly system: SystemOf
}

export interface PersonReplay {
  readonly differences: readonly ReplayDifference[]
  readonly calls: readonly ReplayCall[]
  /** Rows whose rules are not stored, and that were passed over. */
  readonly skipped: number
}

/** What would have been different for one person; pure. */
export function replayPerson(input: ReplayInput): PersonReplay {
  return new PersonReplayer(input).run()
}

/** Time alone changes a decision a few times an hour at most; more within one row would be a fault. */
const mostReviews = 10_000

type Open = Omit<ReplayDifference, 'to'>

class PersonReplayer {
  readonly #input: ReplayInput
  readonly #was: ReplayedRules
  readonly #would: ReplayedRules
  readonly #effects = new ReplayEffects()
  readonly #changed = new Map<number, ReadonlySet<string>>()
  readonly #open = new Map<string, Open>()
  readonly #differences: ReplayDifference[] = []
  readonly #calls: ReplayCall[] = []
  #legs: ReadonlySet<string> | undefined
  #last: { readonly was: Wantings; readonly would: Wantings } | undefined
  #skipped = 0

  constructor(input: ReplayInput) {
    this.#input = input
    this.#was = new ReplayedRules(input.system)
    this.#would = new ReplayedRules(input.system)
  }

  run(): PersonReplay {
    const { rows, to } = this.#input
    for (const [index, row] of rows.entries()) {
      const end = Math.min(rows[index + 1]?.at ?? to, to)
      const policy = this.#input.policyOf(row.policyVersion)
      if (policy) this.#walk(row, policy, end)
      else this.#skipped += 1
    }
    for (const [key, open] of this.#open) this.#close(key, open, to)
    return { differences: this.#differences, calls: this.#calls, skipped: this.#skipped }
  }

  /** One row: as it begins, and whenever time alone changes what is wanted until the next one. */
  #walk(row: HistoryRow, policy: Policy, end: number): void {
    const { edited, system } = this.#input
    const actor = actorAt(row, system)
    const other = actorAt(row, system)
    this.#effects.apply(other, edited, this.#changedSince(row.policyVersion, policy))
    this.#noteCalls(actor.presentity.points, row)
    let now = row.at
    for (let count = 0; count < mostReviews; count++) {
      const was = this.#was.wantings(actor, policy, now)
      const would = this.#would.wantings(other, edited, now)
      this.#last = { was, would }
      this.#compare(row.presentity, now)
      const next = Math.min(was.reviewAt ?? end, would.reviewAt ?? end)
      if (next >= end || next <= now) break
      now = next
    }
  }

  #changedSince(version: number, policy: Policy): ReadonlySet<string> {
    const known = this.#changed.get(version)
    if (known) return known
    const changed = changedTables(policy, this.#input.edited)
    this.#changed.set(version, changed)
    return changed
  }

  #compare(presentity: string, now: number): void {
    const { was, would } = this.#last!
    const keys = new Set([...was.bySlot.keys(), ...would.bySlot.keys(), ...this.#open.keys()])
    for (const key of keys) {
      const before = was.bySlot.get(key)
      const after = would.bySlot.get(key)
      const open = this.#open.get(key)
      if (open && open.was === before?.shown && open.would === after?.shown) continue
      if (open) this.#close(key, open, now)
      if (before?.shown !== after?.shown) this.#open.set(key, begin(presentity, { before, after, now }))
    }
  }

  #close(key: string, open: Open, at: number): void {
    this.#open.delete(key)
    const from = Math.max(open.from, this.#input.from)
    const to = Math.min(at, this.#input.to)
    if (to > from) this.#differences.push({ ...open, from, to })
  }

  /** A call is judged by what was wanted before it came. */
  #noteCalls(points: readonly Point[], row: HistoryRow): void {
    const legs = new Set<string>()
    for (const point of points) {
      for (const leg of point.legs) {
        const key = `${point.connector}\n${point.address}\n${leg.feed}\n${leg.leg}\n${leg.since}`
        legs.add(key)
        if (this.#legs && !this.#legs.has(key) && rings(leg)) this.#judge(point, leg, row)
      }
    }
    this.#legs = legs
  }

  #judge(point: Point, leg: Leg, { presentity }: HistoryRow): void {
    const { from, to } = this.#input
    if (!this.#last || leg.since < from || leg.since > to) return
    // The person's own do not disturb stands whatever the rules are.
    if (point.dnd && point.base?.by === 'native') return
    const was = silencerOf(this.#last.was, point)
    const would = silencerOf(this.#last.would, point)
    if ((was === undefined) === (would === undefined)) return
    const became = would === undefined ? 'unblocked' : 'blocked'
    const { connector, address } = point
    this.#calls.push({ presentity, connector, address, at: leg.since, link: (would ?? was)!, became })
  }
}

function begin(
  presentity: string,
  { before, after, now }: { before: Wanting | undefined; after: Wanting | undefined; now: number },
): Open {
  const { point, slot } = (after ?? before)!
  const links = [...new Set([before?.link, after?.link].filter((link) => link !== undefined))]
  return {
    presentity,
    connector: point.connector,
    address: point.address,
    slot,
    ...(before?.shown !== undefined && { was: before.shown }),
    ...(after?.shown !== undefined && { would: after.shown }),
    links,
    from: now,
  }
}

function rings({ direction, state, evidence }: Leg): boolean {
  if (direction === 'inbound') return true
  return direction === 'unknown' && evidence === 'lamp' && (state === 'early' || state === 'trying')
}

/** The link for which the phone is to be silent. */
function silencerOf({ bySlot }: Wantings, { connector, address }: Point): string | undefined {
  for (const { point, silences, link } of bySlot.values()) {
    if (silences && point.connector === connector && point.address === address) return link
  }
  return undefined
}
