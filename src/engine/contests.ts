import type { WriteSlot } from '../core/connector.ts'
import type { Contest, SessionTrouble, Taken } from '../core/contest.ts'
import {
  addContradiction,
  contestWindowMs,
  findSharedSession,
  isContested,
  isForgotten,
  sharedSessionWindowMs,
} from '../core/contest.ts'
import type { Ending } from '../core/ledger.ts'
import { openAt } from '../core/ledger.ts'
import type { Presence } from '../core/presence.ts'
import { AVAILABLE, DO_NOT_DISTURB, presenceName, samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { SlotPlan } from '../core/project.ts'
import type { Action } from '../core/reconcile.ts'
import type { Actor, SlotState } from './actor.ts'
import { slotKey } from './actor.ts'
import type { Turn } from './work.ts'

/** What a read did at one address; `before`: the endings of its contributions before the read. */
interface ReadEffect {
  readonly before: readonly (Ending | undefined)[]
  readonly turn: Turn
}

/** After each read: which of our settled writes does it contradict? */
export function noteContradictions(actor: Actor, point: Point, { before, turn }: ReadEffect): void {
  const system = turn.system(point.connector)
  if (!system) return
  for (const [index, contribution] of (point.contributions ?? []).entries()) {
    const { ending, act, ackAt } = contribution
    if (before[index] !== undefined || act !== 'assert' || ackAt === undefined) continue
    if (ending !== 'yielded' && ending !== 'gone') continue
    const wrote = { wrote: contribution.state, wroteAt: contribution.intentAt }
    contradict(actor, { slot: contribution.slot, ...wrote, point, turn })
    if (ending === 'gone') note(actor, point, { kind: 'vanished', turn })
  }
  for (const slot of system.slots) {
    const state = actor.slots?.get(slotKey(point, slot.slot))
    if (state?.taken) lookForReturn(actor, point, { state, taken: state.taken, slot, turn })
  }
}

interface Return {
  readonly state: SlotState
  readonly taken: Taken
  readonly slot: WriteSlot
  readonly turn: Turn
}

/** What we took away is there again: chosen anew, or (a session) still shown when it no longer can be. */
function lookForReturn(actor: Actor, point: Point, { state, taken, slot, turn }: Return): void {
  if (turn.now - taken.at > contestWindowMs) {
    state.taken = undefined
    return
  }
  if (slot.contribution === 'sharedSlot') {
    const { base } = point
    if (base?.by !== 'native' || base.at !== turn.now || !samePresence(base.state, taken.state)) return
    state.taken = undefined
    contradict(actor, { slot: slot.slot, wrote: taken.left, wroteAt: taken.at, point, turn })
    return
  }
  if (turn.now <= taken.at + slot.settleMs || point.read?.at !== turn.now) return
  state.taken = undefined
  if (point.hiddenSince !== undefined || !samePresence(point.read.state, taken.state)) return
  contradict(actor, { slot: slot.slot, wrote: taken.left, wroteAt: taken.at, point, turn })
  note(actor, point, { kind: 'stayed', turn })
}

interface Undone {
  readonly slot: string
  readonly wrote: Presence
  readonly wroteAt: number
  readonly point: Point
  readonly turn: Turn
}

function contradict({ presentity }: Actor, { slot, wrote, wroteAt, point, turn }: Undone): void {
  const shown = point.read?.state ?? (point.dnd || point.paused ? DO_NOT_DISTURB : AVAILABLE)
  const key = slotKey(point, slot)
  const known = presentity.contests?.get(key)
  const contest = addContradiction(known, { wrote, wroteAt, shown, shownAt: turn.now })
  const others = [...(presentity.contests ?? [])].filter(([, one]) => !isForgotten(one, turn.now))
  presentity.contests = new Map([...others, [key, contest]])
  // Stored with the person: a restart in the middle of a fight does not begin it again.
  turn.work.dirty = true
  turn.work.changed = true
}

/** The fight for which a slot is left alone now, where the action would go on with it. */
export function contestOver(
  { presentity }: Actor,
  point: Point,
  at: { readonly plan: SlotPlan; readonly action: Action; readonly now: number },
): Contest | undefined {
  const contest = presentity.contests?.get(slotKey(point, at.plan.slot.slot))
  return isContested(contest, at.now) && writesAnew(at.action, point, at.plan) ? contest : undefined
}

/** Taking back what is still ours is always right; anything else would go on with the fight. */
function writesAnew(action: Action, point: Point, { slot }: SlotPlan): boolean {
  if (action.do === 'assert') return !action.refresh
  return action.do === 'withdraw' && openAt(point.contributions, slot.slot) === undefined
}

function note(
  actor: Actor,
  point: Point,
  { kind, turn }: { kind: SessionTrouble['kind']; turn: Turn },
): void {
  const { upn } = actor.presentity
  turn.sessionTrouble?.(point.connector, { person: upn, kind, at: turn.now })
}

/** For people: what is fought over, and until when we leave it. */
export function contestText({ contradictions, until }: Contest): string {
  const last = contradictions.at(-1)
  if (!last || until === undefined) return ''
  const states = `${presenceName(last.wrote)} was changed to ${presenceName(last.shown)}`
  return `contested: ${states} ${contradictions.length} times; left alone until ${new Date(until).toISOString().slice(11, 19)} UTC`
}

/** Sessions that go or stay against our will, per system. */
export class SessionWatch {
  readonly #troubles = new Map<string, SessionTrouble[]>()

  note(system: string, trouble: SessionTrouble): void {
    const recent = this.#recent(system, trouble.at)
    recent.push(trouble)
    this.#troubles.set(system, recent.slice(-1000))
  }

  /** Whose sessions, where another hub seems to use the same ones. */
  find(
    system: string,
    at: { readonly now: number; readonly followed: number },
  ): ReturnType<typeof findSharedSession> {
    return findSharedSession(this.#recent(system, at.now), at)
  }

  #recent(system: string, now: number): SessionTrouble[] {
    return (this.#troubles.get(system) ?? []).filter(({ at }) => now - at <= sharedSessionWindowMs)
  }
}
