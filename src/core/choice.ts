import type { WriteSlot } from './connector.ts'
import type { Moment } from './ledger.ts'
import { isSettled } from './ledger.ts'
import type { Link } from './policy.ts'
import { matchRow } from './policy.ts'
import type { Chosen, Presence } from './presence.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  isDoNotDisturb,
  isSelectable,
  OFFLINE,
  samePresence,
  UNKNOWN,
} from './presence.ts'
import type { Effect, Point } from './presentity.ts'

/**
 * Choices are registers. A settled value that differs from the base is a native change; it becomes the new base and
 * an effect on each link, which lasts until the next native change. What the hub itself wrote moves the base only.
 */

/** The choice a shown state reveals; undefined where it reveals none (signed out, unknown). */
export function choiceOf(state: Presence): Presence | undefined {
  if (isSelectable(state)) return state
  if (samePresence(state, OFFLINE) || state.availability === 'unknown') return undefined
  // An automatic state shows only where nothing stronger was picked: no do not disturb is chosen.
  return AVAILABLE
}

/** Busy gives way to a call as Available does (SW-33): an automatic state does not tell that it was taken back. */
export function mayStandBehind(chosen: Presence, shown: Presence): boolean {
  return samePresence(chosen, BUSY) && !isSelectable(shown)
}

/** When a choice was seen to change (hub time), by whom, and over which links it can be felt. */
export interface ChoiceChange {
  readonly at: number
  readonly origin: 'person' | 'schedule'
  /** Whether the value is known to be picked by hand. */
  readonly chosen: Chosen
  readonly outOfOffice: boolean
  /** What our session showed until then and the change takes back, where the base does not tell. */
  readonly instead?: Presence
  /** Links from this point's connector, and the one that joins the person's other addresses of the same connector. */
  readonly links: readonly Link[]
}

/** Takes a settled, native value of the choice; true when it was a change. */
export function settleChoice(point: Point, value: Presence, change: ChoiceChange): boolean {
  const base = point.base
  if (!base) {
    point.base = { state: value, at: change.at, by: 'adopted' }
    return false
  }
  if (samePresence(base.state, value) && !change.instead) {
    if (base.by === 'native') reviveEffects(point, change)
    return false
  }
  point.base = { state: value, at: change.at, by: 'native' }
  point.changedAt = change.at
  point.changedBy = change.origin
  for (const link of change.links) {
    // What we wrote here for somebody elsewhere is not the timetable's to take back there.
    if (link.overSchedule && change.origin === 'schedule' && base.by === 'hub') continue
    applyEffect(point, link, { ...change, former: change.instead ?? base.state })
  }
  return true
}

function applyEffect(point: Point, link: Link, change: ChoiceChange & { readonly former: Presence }): void {
  const value = point.base!.state
  if (link.ignoreIdle && value === AWAY && change.chosen !== 'yes') return
  const match = matchRow(link.rows, { state: value, chosen: change.chosen, outOfOffice: change.outOfOffice })
  if (match.act === 'hold') return
  if (match.act === 'set' && match.state) {
    putEffect(point, link, {
      act: 'set',
      state: match.state,
      at: change.at,
      row: match.row,
      origin: change.origin,
    })
    return
  }
  const was = matchRow(link.rows, { state: change.former, chosen: 'unknown', outOfOffice: false })
  if (was.act === 'set' && was.state) {
    putEffect(point, link, {
      act: 'clear',
      state: was.state,
      at: change.at,
      row: match.row,
      origin: change.origin,
    })
  } else if (point.effects?.get(link.id)?.act === 'set') {
    point.effects.delete(link.id)
  }
}

/** The choice came into view again, unchanged: it means what it meant, from when it was made. */
function reviveEffects(point: Point, change: ChoiceChange): void {
  const base = point.base!
  for (const link of change.links) {
    if (point.effects?.has(link.id)) continue
    const match = matchRow(link.rows, { state: base.state, chosen: 'unknown', outOfOffice: false })
    if (match.act === 'set' && match.state) {
      putEffect(point, link, {
        act: 'set',
        state: match.state,
        at: base.at,
        row: match.row,
        origin: change.origin,
      })
    }
  }
}

/** The system shows a state that reveals no choice: rows that release withdraw what rested on the choice. */
export function hideChoice(point: Point, shown: Presence, links: readonly Link[]): void {
  if (!point.effects || shown.availability === UNKNOWN.availability) return
  for (const link of links) {
    if (point.effects.get(link.id)?.act !== 'set') continue
    const match = matchRow(link.rows, { state: shown, chosen: 'unknown', outOfOffice: false })
    if (match.act === 'release') point.effects.delete(link.id)
  }
}

/**
 * Our own write was acknowledged: the base moves, and what a person had chosen here before has been superseded, unless
 * the write only `hides` it for the length of a condition, or puts it back.
 */
export function recordOwnWrite(
  point: Point,
  state: Presence,
  { at, hides = false }: { readonly at: number; readonly hides?: boolean },
): void {
  point.base = { state, at, by: 'hub' }
  if (!hides) point.effects = undefined
}

/** What we had chosen ran out by itself, perhaps unseen behind a call: nobody took it away, and it covers nothing. */
export function endOwnChoice(point: Point, state: Presence, at: number): void {
  const { base } = point
  if (base?.by === 'hub' && samePresence(base.state, state)) {
    recordOwnWrite(point, AVAILABLE, { at, hides: true })
  }
}

function putEffect(point: Point, link: Link, effect: Effect): void {
  point.effects ??= new Map()
  point.effects.set(link.id, effect)
}

/**
 * Which of our shared contributions a native value proves gone: a settled do not disturb of ours cannot be hidden by
 * anything weaker, so a weaker value means that a person took it away. Signed out (Offline/Offline) proves nothing.
 */
export function contradicted(
  point: Point,
  value: Presence,
  read: Moment & { readonly slotOf: (name: string) => WriteSlot | undefined },
) {
  if (choiceOf(value) === undefined) return []
  return (point.contributions ?? []).filter((contribution) => {
    const slot = read.slotOf(contribution.slot)
    if (slot?.contribution !== 'sharedSlot') return false
    // What we are taking back ourselves, answered or not, nobody has taken away.
    if (contribution.act !== 'assert' || contribution.endIntentAt !== undefined) return false
    if (!isSettled(contribution, slot, read) || samePresence(value, contribution.state)) return false
    if (mayStandBehind(contribution.state, value)) return false
    return isDoNotDisturb(contribution.state) ? !isDoNotDisturb(value) || isSelectable(value) : true
  })
}
