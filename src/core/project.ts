import type { WriteSlot } from './connector.ts'
import type { Decision, Voice } from './decide.ts'
import { clockText } from './emergency.ts'
import type { Contribution } from './ledger.ts'
import { isReleased } from './ledger.ts'
import type { Presence } from './presence.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  isCall,
  isDoNotDisturb,
  PRESENTING,
  samePresence,
} from './presence.ts'
import type { Point } from './presentity.ts'
import { isSignedOut } from './signed-out.ts'

/** What is wanted in one slot of one address. */
export type Wanted =
  | { readonly act: 'set' | 'clear'; readonly state: Presence; readonly voice: Voice }
  | { readonly act: 'hold'; readonly lost: boolean; readonly until: number; readonly voice: Voice }
  | { readonly act: 'leave' }

/** What did not win, and why, for "why?". */
export interface LostVoice {
  readonly voice: Voice
  readonly because: string
}

/** What is wanted in one slot, and what lost against it. */
export interface SlotPlan {
  readonly slot: WriteSlot
  readonly wanted: Wanted
  readonly lost: readonly LostVoice[]
  /** A person (or a schedule) decided at the target after everything that speaks for it. */
  readonly yielded: boolean
}

/** The nearest thing a target can show for a state, and where; undefined when it can show nothing like it. */
export function projectState(
  state: Presence,
  slots: readonly WriteSlot[],
): { readonly slot: WriteSlot; readonly state: Presence } | undefined {
  for (const candidate of [state, ...nearest(state)]) {
    const found = findSlot(candidate, slots)
    if (found) return found
  }
  return undefined
}

/** A logout goes where the target has one; everything else to the nearest state. */
function projectVoice(
  { state, signsOut }: Pick<Candidate, 'state'> & Pick<Voice, 'signsOut'>,
  slots: readonly WriteSlot[],
) {
  const slot = signsOut && slots.find((each) => each.signsOut)
  return slot ? { slot, state } : projectState(state, slots)
}

/** What stands for a state where a target does not have it, nearest first; nothing says more than the state did. */
function nearest(state: Presence): readonly Presence[] {
  if (isCall(state)) return [IN_A_CALL, BUSY]
  if (isDoNotDisturb(state)) return [DO_NOT_DISTURB, PRESENTING]
  if (state.availability === 'busy') return [BUSY]
  if (state.availability === 'beRightBack' || state.availability === 'away') return [AWAY]
  return state.availability === 'available' ? [AVAILABLE] : []
}

function findSlot(state: Presence, slots: readonly WriteSlot[]) {
  for (const slot of slots) {
    const found = slot.states.find((candidate) => samePresence(candidate, state))
    if (found) return { slot, state: found }
  }
  return undefined
}

/** An address that can be written, with what it can show. */
export interface Target {
  readonly point: Point
  readonly slots: readonly WriteSlot[]
  /** The target's states, strongest first. */
  readonly order: readonly Presence[]
  readonly openIn: (slot: string) => Contribution | undefined
  /** Help may call back: until then nothing of ours silences this address. Hub time. */
  readonly callBackUntil?: number | undefined
}

/** Splits a decision over the slots of one address: strongest condition, newest choice, and why the others lost. */
export function projectDecision(decision: Decision, target: Target): SlotPlan[] {
  const { point } = target
  const voices: Voice[] = []
  const released: LostVoice[] = []
  for (const voice of decision.voices) {
    if (voice.from === point.connector && voice.address === point.address) continue
    const spared = whySpared(voice, target)
    if (spared !== undefined) {
      released.push({ voice, because: spared })
      continue
    }
    if (point.releasedAt !== undefined && voice.at <= point.releasedAt) {
      released.push({ voice, because: 'everything was taken back by an operator after it' })
    } else voices.push(voice)
  }
  const plans = target.slots.map((slot) => planSlot(slot, { voices, released }, target))
  return unmaskAvailable(plans, target)
}

/** In words, for "why?". */
export function signedOutThere({ connector, address }: Point): string {
  return `signed out of ${connector} ${address}: it is handed back until they sign in`
}

/** Why this address must not be written, or not be silenced, whatever asks for it. */
function whySpared(voice: Voice, { point, callBackUntil }: Target): string | undefined {
  if (isSignedOut(point)) return signedOutThere(point)
  if (voice.signsOut && (!point.native || point.native.since > voice.at)) {
    return `${point.connector} ${point.address} was used after it`
  }
  if (voice.act !== 'set' || !isDoNotDisturb(voice.state)) return undefined
  if (callBackUntil !== undefined) return `emergency call back until ${clockText(callBackUntil)}`
  if (voice.forkedFrom !== point.connector) return undefined
  return `it is a call of ${point.connector} itself, taken there: one call, which does not silence its own line`
}

/**
 * A preferred Available that masks our call is taken away for the call, where the link says so; never another choice,
 * and once per call.
 */
function unmaskAvailable(plans: SlotPlan[], { point, openIn }: Target): SlotPlan[] {
  const masked = point.native?.chosen === 'yes' && samePresence(point.native.state, AVAILABLE)
  if (!masked || point.hiddenSince !== undefined) return plans
  const call = plans.find(({ slot, wanted }) => {
    return slot.contribution === 'ownSession' && wanted.act === 'set' && wanted.voice.switches.clearAvailable
  })
  if (call?.wanted.act !== 'set' || !openIn(call.slot.slot)) return plans
  const { voice } = call.wanted
  if (point.base?.by === 'hub' && point.base.at >= voice.at) return plans
  return plans.map((plan) => {
    const free = plan.slot.contribution === 'sharedSlot' && plan.wanted.act === 'leave'
    return free ? { ...plan, wanted: { act: 'clear', state: AVAILABLE, voice } } : plan
  })
}

interface Candidate {
  readonly voice: Voice
  readonly state: Presence
}

function planSlot(
  slot: WriteSlot,
  { voices, released }: { readonly voices: readonly Voice[]; readonly released: readonly LostVoice[] },
  target: Target,
): SlotPlan {
  const lost: LostVoice[] = [...released]
  const conditions: Candidate[] = []
  const choices: Candidate[] = []
  for (const voice of voices) {
    if (voice.act === 'hold') continue
    const projected = projectVoice(voice, target.slots)
    if (!projected) {
      const undone = meansNothing(voice, slot)
      if (undone) choices.push(undone)
      else lost.push({ voice, because: 'the target has no such state' })
      continue
    }
    const isHere = projected.slot.slot === slot.slot
    const state = isHere ? projected.state : takenBackIn(slot, { voice, shownBy: projected.slot })
    if (!state) continue
    const list = voice.kind === 'condition' ? conditions : choices
    list.push({ voice, state })
  }
  const choice = newestChoice(withoutHeld(choices, voices, lost), target.order, lost)
  return slot.contribution === 'sharedSlot'
    ? planShared({ slot, conditions, choice, voices, lost, target })
    : planSession({ slot, conditions, choice, voices, lost, target })
}

/** What was shown by a session of ours may have been picked by the person too, in the slot that both use. */
function takenBackIn(
  slot: WriteSlot,
  { voice, shownBy }: { readonly voice: Voice; readonly shownBy: WriteSlot },
): Presence | undefined {
  if (voice.kind !== 'choice' || voice.act !== 'clear' || !isDoNotDisturb(voice.state)) return undefined
  const isPicked = slot.contribution === 'sharedSlot' && shownBy.contribution === 'ownSession'
  return isPicked ? voice.state : undefined
}

/** Where a target knows one state and its absence (a do not disturb key), choosing the absence takes that state away. */
function meansNothing(voice: Voice, slot: WriteSlot): Candidate | undefined {
  const [only, ...more] = slot.states
  if (voice.kind !== 'choice' || voice.act !== 'set' || !only || more.length > 0) return undefined
  if (slot.contribution !== 'sharedSlot' || !samePresence(voice.state, slot.neutral)) return undefined
  return { voice: { ...voice, act: 'clear' }, state: only }
}

interface PlanInput {
  readonly slot: WriteSlot
  readonly conditions: readonly Candidate[]
  readonly choice: Candidate | undefined
  readonly voices: readonly Voice[]
  readonly lost: LostVoice[]
  readonly target: Target
}

function planSession(input: PlanInput): SlotPlan {
  const { slot, lost, target } = input
  const winner = strongest(besideChoice(input), target.order, lost)
  if (winner) return { slot, lost, yielded: false, wanted: { act: 'set', ...winner } }
  return { slot, lost, yielded: false, wanted: holdOrLeave(input) }
}

/** A do not disturb that a condition asks for too stands for the choice: that one can be taken back at the target. */
function besideChoice({ conditions, choice, lost }: PlanInput): Candidate[] {
  if (choice?.voice.act !== 'set') return [...conditions]
  const others = conditions.filter(({ voice, state }) => {
    const isSame = isDoNotDisturb(state) && samePresence(state, choice.state)
    if (isSame) lost.push({ voice, because: `${choice.voice.text} asks for the same` })
    return !isSame
  })
  return [...others, choice]
}

function planShared(input: PlanInput): SlotPlan {
  const { slot, lost, target } = input
  const own = target.point.changedAt
  let yielded = false
  const stands = (candidate: Candidate) => {
    const { voice } = candidate
    if (own === undefined || voice.at > own) return true
    if (voice.kind === 'condition' && !voice.switches.manualWins) return true
    if (target.point.changedBy === 'schedule' && voice.switches.overSchedule) return true
    if (voice.at === own && voice.act === 'set' && isMoreThanOwn(candidate, slot, target)) return true
    lost.push({
      voice,
      because: `${target.point.connector} ${target.point.address} was changed there after it, ${byWhom(target.point)}`,
    })
    yielded = true
    return false
  }
  const winner = strongest(input.conditions.filter(stands), target.order, lost)
  const choice = input.choice && stands(input.choice) ? input.choice : undefined
  const kept = winner || !choice ? undefined : keptAgainst(choice, input)
  if (kept) return { slot, lost, yielded: false, wanted: kept }
  if (winner) {
    if (choice) lost.push({ voice: choice.voice, because: `${winner.voice.text} stands above it` })
    return { slot, lost, yielded: false, wanted: { act: 'set', ...winner } }
  }
  if (choice) {
    return {
      slot,
      lost,
      yielded: false,
      wanted: { act: choice.voice.act === 'set' ? 'set' : 'clear', state: choice.state, voice: choice.voice },
    }
  }
  return { slot, lost, yielded, wanted: holdOrLeave(input) }
}

/** Who made the last change at an address. */
export function byWhom({ changedBy }: Point): string {
  return changedBy === 'schedule' ? 'by its schedule' : 'by hand'
}

/**
 * Two systems changed at once: the more restrictive stands at both, so that neither takes the other's place; and what
 * stood once goes on to stand, and nothing else.
 */
function isMoreThanOwn({ voice, state }: Candidate, { slot }: WriteSlot, target: Target): boolean {
  const { point, order, openIn } = target
  const { base } = point
  if (base?.by !== 'hub') return base === undefined || rank(state, order) < rank(base.state, order)
  const open = openIn(slot)
  return open?.cause.link === voice.link && samePresence(open.state, state)
}

/** A row that holds stands above what its own link says of the choice behind it. */
function withoutHeld(choices: readonly Candidate[], voices: readonly Voice[], lost: LostVoice[]) {
  const holds = voices.filter((voice) => voice.act === 'hold' && !voice.lost)
  if (holds.length === 0) return choices
  return choices.filter(({ voice }) => {
    const hold = holds.find((one) => one.link === voice.link)
    if (hold) lost.push({ voice, because: `${hold.text} keeps what was shown before it` })
    return !hold
  })
}

/** What a row holds was written after a choice that was made elsewhere: it stays. */
function keptAgainst(choice: Candidate, input: PlanInput) {
  const held = holdOrLeave(input)
  const open = input.target.openIn(input.slot.slot)
  if (held.act !== 'hold' || held.lost || !open || open.cause.link !== held.voice.link) return undefined
  if (open.cause.at <= choice.voice.at) return undefined
  input.lost.push({ voice: choice.voice, because: `${held.voice.text} keeps what was shown after it` })
  return held
}

/** Newest wins; at once, the more restrictive. */
function newestChoice(
  choices: readonly Candidate[],
  order: readonly Presence[],
  lost: LostVoice[],
): Candidate | undefined {
  let winner: Candidate | undefined
  for (const candidate of choices) {
    if (!winner || isNewer(candidate, winner, order)) winner = candidate
  }
  for (const candidate of choices) {
    if (candidate !== winner)
      lost.push({ voice: candidate.voice, because: 'a newer choice was made elsewhere' })
  }
  return winner
}

function isNewer(a: Candidate, b: Candidate, order: readonly Presence[]): boolean {
  if (a.voice.at !== b.voice.at) return a.voice.at > b.voice.at
  if (a.voice.act !== b.voice.act) return a.voice.act === 'set'
  return a.voice.act === 'set' && rank(a.state, order) < rank(b.state, order)
}

/** Strongest by the target's order; of equals the one that began first, so that the cause is stable. */
function strongest(candidates: readonly Candidate[], order: readonly Presence[], lost: LostVoice[]) {
  let winner: Candidate | undefined
  for (const candidate of candidates) {
    if (!winner || isStronger(candidate, winner, order)) winner = candidate
  }
  for (const candidate of candidates) {
    if (candidate !== winner)
      lost.push({ voice: candidate.voice, because: `${winner!.voice.text} is stronger or older` })
  }
  return winner
}

function isStronger(a: Candidate, b: Candidate, order: readonly Presence[]): boolean {
  // Whoever has been away for long still is away: that is what signs them out, and nothing that stands against it.
  if (a.voice.signsOut !== b.voice.signsOut && isAbsent(a.state) && isAbsent(b.state)) {
    return a.voice.signsOut === true
  }
  const difference = rank(a.state, order) - rank(b.state, order)
  return difference !== 0 ? difference < 0 : a.voice.at < b.voice.at
}

function isAbsent({ availability }: Presence): boolean {
  return availability === 'away' || availability === 'beRightBack' || availability === 'offline'
}

/** Position in the order; unlisted states are weakest. */
export function rank(state: Presence, order: readonly Presence[]): number {
  const index = order.findIndex((candidate) => samePresence(candidate, state))
  return index < 0 ? order.length : index
}

/** A hold keeps only what is there, and only where it has to do with the one who cannot be heard. */
function holdOrLeave({ slot, voices, target }: PlanInput): Wanted {
  const open = target.openIn(slot.slot)
  if (!open || (target.callBackUntil !== undefined && isDoNotDisturb(open.state))) return { act: 'leave' }
  // Whoever cannot be heard does not keep what an operator wants back.
  if (isReleased(target.point, open)) return { act: 'leave' }
  let hold: Extract<Wanted, { act: 'hold' }> | undefined
  for (const voice of voices) {
    if (voice.act !== 'hold') continue
    if (!voice.said && open.cause.link !== voice.link) continue
    // A choice is a register: it needs nobody to repeat it, so a lost source does not end it.
    if (open.cause.kind === 'choice' && voice.lost) continue
    if (!hold || voice.until > hold.until || (voice.until === hold.until && !voice.lost && hold.lost)) {
      hold = { act: 'hold', lost: voice.lost, until: voice.until, voice }
    }
  }
  return hold ?? { act: 'leave' }
}
