import type { Contest } from '../core/contest.ts'
import { contestRestMs } from '../core/contest.ts'
import type { Contribution } from '../core/ledger.ts'
import type { Pause } from '../core/pause.ts'
import type { CallsAs } from '../core/policy.ts'
import type { LedgerRow, PresentityRow, StoreChange } from '../core/ports.ts'
import type { Presence } from '../core/presence.ts'
import { presence } from '../core/presence.ts'
import type { CallBack, Effect, Leg, Point, Presentity } from '../core/presentity.ts'

/** What of a point outlives the process. Feeds and read order do not: after a restart every source speaks anew. */
interface StoredPoint {
  readonly c: string
  readonly a: string
  readonly legs?: readonly Leg[] | undefined
  readonly registered?: boolean | undefined
  readonly dnd?: boolean | undefined
  readonly paused?: boolean | undefined
  readonly native?: Point['native']
  readonly hiddenSince?: number | undefined
  readonly base?: Point['base']
  readonly changedAt?: number | undefined
  readonly changedBy?: Point['changedBy']
  readonly effects?: readonly [string, Effect][] | undefined
  readonly releasedAt?: number | undefined
  readonly forked?: Point['forked']
  /** Contributions that are over and that a late read may still show: the ledger's open rows do not hold them. */
  readonly ended?: readonly Contribution[] | undefined
}

interface StoredPresentity {
  readonly points: readonly StoredPoint[]
  readonly callBack?: CallBack | undefined
  readonly pauses?: readonly Pause[] | undefined
  readonly callsAs?: CallsAs | undefined
  readonly contests?: readonly (readonly [string, Contest])[] | undefined
}

export function writePresentity(presentity: Presentity): PresentityRow {
  const points = presentity.points.map((point): StoredPoint => {
    const ended = point.contributions?.filter((one) => one.endAckAt !== undefined)
    // JSON leaves out what is undefined: a spread for each field that may be missing is as much work as the text.
    return {
      c: point.connector,
      a: point.address,
      legs: point.legs.length > 0 ? withoutNumbers(point.legs) : undefined,
      registered: point.registered,
      dnd: point.dnd,
      paused: point.paused,
      native: point.native,
      hiddenSince: point.hiddenSince,
      base: point.base,
      changedAt: point.changedAt,
      changedBy: point.changedBy,
      effects: point.effects && [...point.effects],
      releasedAt: point.releasedAt,
      forked: point.forked,
      ended: ended?.length ? ended : undefined,
    }
  })
  const { callBack, pauses, callsAs, contests } = presentity
  const stored: StoredPresentity = { points, callBack, pauses, callsAs, contests: contests && [...contests] }
  return { tenant: presentity.tenant, id: presentity.id, body: JSON.stringify(stored) }
}

/** Who was called is nobody's business on a disk; a source that still has the call tells it again. */
function withoutNumbers(legs: readonly Leg[]): readonly Leg[] {
  return legs.some((leg) => leg.remote !== undefined) ? legs.map(withoutNumber) : legs
}

function withoutNumber({ remote: _, ...leg }: Leg): Leg {
  return leg
}

/** Fills the points that still exist; `now` caps times that a clock set back would put in the future. */
export function readPresentity(presentity: Presentity, body: string, now: number): void {
  const { points, callBack, pauses, callsAs, contests } = JSON.parse(body) as StoredPresentity
  if (pauses) presentity.pauses = pauses.map((pause) => capPause(pause, now))
  if (callsAs) presentity.callsAs = callsAs
  // Only where there is one: the room for it would be made for everybody.
  if (callBack) presentity.callBack = capCallBack(callBack, now)
  if (contests) presentity.contests = new Map(contests.map(([key, one]) => [key, capContest(one, now)]))
  for (const stored of points) {
    const point = presentity.points.find((one) => one.connector === stored.c && one.address === stored.a)
    if (!point) continue
    if (stored.legs) point.legs = stored.legs.map((leg) => capLeg(leg, now))
    point.registered = stored.registered
    point.dnd = stored.dnd
    if (stored.paused !== undefined) point.paused = stored.paused
    point.native = stored.native && {
      ...stored.native,
      state: internState(stored.native.state),
      since: cap(stored.native.since, now),
    }
    point.hiddenSince = stored.hiddenSince === undefined ? undefined : cap(stored.hiddenSince, now)
    point.base = stored.base && {
      ...stored.base,
      state: internState(stored.base.state),
      at: cap(stored.base.at, now),
    }
    point.changedAt = stored.changedAt === undefined ? undefined : cap(stored.changedAt, now)
    point.changedBy = stored.changedBy
    point.releasedAt = stored.releasedAt === undefined ? undefined : cap(stored.releasedAt, now)
    point.forked = stored.forked
    point.contributions = stored.ended?.map((one) => capEnded(internContribution(one), now))
    point.effects =
      stored.effects &&
      new Map(
        stored.effects.map(([link, effect]) => [
          link,
          { ...effect, state: internState(effect.state), at: cap(effect.at, now) },
        ]),
      )
  }
}

/** Notes in a stored person that an operator took back what we wrote at an address while the hub was stopped. */
export function markReleased(
  body: string,
  at: { readonly connector: string; readonly address: string },
  released: { readonly base: Presence | undefined; readonly now: number },
): string {
  const stored = JSON.parse(body) as StoredPresentity
  const marked = stored.points.map((point): StoredPoint => {
    if (point.c !== at.connector || point.a !== at.address) return point
    const base = released.base && { state: released.base, at: released.now, by: 'hub' as const }
    return { ...point, releasedAt: released.now, ...(base && { base }) }
  })
  return JSON.stringify({ ...stored, points: marked })
}

export function writeContribution(
  owner: Presentity,
  point: Point,
  { contribution, now }: { contribution: Contribution; now: number },
): LedgerRow {
  return {
    id: contribution.id,
    tenant: owner.tenant,
    presentity: owner.id,
    connector: point.connector,
    address: point.address,
    slot: contribution.slot,
    open: contribution.endAckAt === undefined,
    updatedAt: Math.round(now),
    body: JSON.stringify(contribution),
  }
}

/** Of a person's changes those that are still true later: the last of each ledger row, and of the person. */
export function newestChanges(changes: readonly StoreChange[]): readonly StoreChange[] {
  const rows = new Map<string, StoreChange>()
  for (const change of changes) {
    if ('put' in change && change.put === 'ledger') rows.set(change.entry.id, change)
    else if (('put' in change ? change.put : change.delete) === 'presentity') rows.set('', change)
  }
  return [...rows.values()]
}

export function readContribution(body: string): Contribution {
  return internContribution(JSON.parse(body) as Contribution)
}

function internContribution(stored: Contribution): Contribution {
  return {
    ...stored,
    state: internState(stored.state),
    found: stored.found && internState(stored.found),
    before: stored.before && internState(stored.before),
    ackAt: stored.ackAt,
    confirmedAt: stored.confirmedAt,
    expiresAt: stored.expiresAt,
    refreshedAt: stored.refreshedAt,
    endIntentAt: stored.endIntentAt,
    endAckAt: stored.endAckAt,
    endConfirmedAt: stored.endConfirmedAt,
    ending: stored.ending,
  }
}

function capEnded(contribution: Contribution, now: number): Contribution {
  const { intentAt, endIntentAt, endAckAt } = contribution
  return {
    ...contribution,
    intentAt: cap(intentAt, now),
    endIntentAt: endIntentAt && cap(endIntentAt, now),
    endAckAt: endAckAt && cap(endAckAt, now),
  }
}

/** A call that began "in an hour" would not count until then. */
function capLeg(leg: Leg, now: number): Leg {
  return {
    ...leg,
    since: cap(leg.since, now),
    ...(leg.answeredAt !== undefined && { answeredAt: cap(leg.answeredAt, now) }),
    ...(leg.endedAt !== undefined && { endedAt: cap(leg.endedAt, now) }),
  }
}

/** However the clock was set, nobody waits longer than the call and the time after it took. */
function capCallBack(callBack: CallBack, now: number): CallBack {
  const at = cap(callBack.at, now)
  return { ...callBack, at, until: Math.min(callBack.until, now + (callBack.until - callBack.at)) }
}

/** However the clock was set, nothing is left alone for longer than from now on. */
function capContest({ contradictions, until }: Contest, now: number): Contest {
  return {
    contradictions: contradictions.map((one) => ({
      wrote: internState(one.wrote),
      wroteAt: cap(one.wroteAt, now),
      shown: internState(one.shown),
      shownAt: cap(one.shownAt, now),
    })),
    until: until && cap(until, now + contestRestMs),
  }
}

/** JSON leaves out what is undefined. */
function capPause({ link, from, until, off }: Pause, now: number): Pause {
  return { link, from: cap(from, now), until, ...(off && { off }) }
}

function internState(state: Presence): Presence {
  return presence(state.availability, state.activity)
}

function cap(time: number, now: number): number {
  return Math.min(time, now)
}
