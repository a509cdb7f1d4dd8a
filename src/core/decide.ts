import { countCalls, toldByAnotherView } from './calls.ts'
import type { Cause } from './ledger.ts'
import type { Link, Policy } from './policy.ts'
import { matchRow } from './policy.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, isCall, isSelectable, OFFLINE, presenceLabel, samePresence } from './presence.ts'
import type { Effect, Point } from './presentity.ts'
import { isSynced, lostSince } from './presentity.ts'
import { isSignedOut } from './signed-out.ts'

/** The switches of a link that matter after the decision. */
export type VoiceSwitches = Pick<Link, 'manualWins' | 'atEnd' | 'clearAvailable' | 'overSchedule'>

/** What one link says for its target at one moment. */
export type Voice = {
  readonly link: string
  readonly from: string
  readonly kind: 'condition' | 'choice'
  readonly address: string
  readonly row: number
  /** Hub time since when it says so. */
  readonly at: number
  readonly text: string
  /** The link that speaks, for its switches. */
  readonly switches: VoiceSwitches
  /** The condition was there already when its source was first heard. */
  readonly found?: true
  /** The phone system whose own call it is that speaks, forked to the other side and taken there. */
  readonly forkedFrom?: string
  /** Asks for a logout, which anything that the person did at the target since then stands above. */
  readonly signsOut?: true
} & (
  | { readonly act: 'set' | 'clear'; readonly state: Presence }
  /** Keep our last write; `lost`: without prolonging it, because the source cannot be heard. */
  /** `said`: the source was asking for something when it was last heard. */
  | { readonly act: 'hold'; readonly lost: boolean; readonly until: number; readonly said: boolean }
)

/** All that is decided for one target system of one person. Slots are chosen later, by what the target can show. */
export interface Decision {
  readonly to: string
  readonly voices: readonly Voice[]
  /** When time alone may change the decision, hub time. */
  readonly reviewAt: number | undefined
}

/** One person as all sources describe them, and the rules to judge by. */
export interface DecideInput {
  readonly points: readonly Point[]
  readonly policy: Policy
  readonly now: number
  /** Hub time when this process began: before a source was ever heard, it counts as lost since then. */
  readonly start: number
}

/**
 * Pure and total, and independent of the order of points and legs: what every link into `to` says now.
 * Strongest conditions and newest choices are picked per slot in `project`.
 */
export function decide(to: string, input: DecideInput): Decision {
  const voices: Voice[] = []
  let reviewAt: number | undefined
  const review = (at: number | undefined) => {
    if (at !== undefined && at > input.now && (reviewAt === undefined || at < reviewAt)) reviewAt = at
  }
  const hearing = { ...input, review, say: (voice: Voice) => void voices.push(voice) }
  for (const link of input.policy.links) {
    if (link.to !== to) continue
    for (const point of input.points) if (point.connector === link.from) listen(link, point, hearing)
  }
  if (voices.length > 1) voices.sort(compareVoices)
  return { to, voices, reviewAt }
}

interface Hearing extends DecideInput {
  /** Time alone may change what is said at this hub time. */
  readonly review: (at: number | undefined) => void
  readonly say: (voice: Voice) => void
}

/** A total order without regard to arrival: newest first, then by identity. */
export function compareVoices(a: Voice, b: Voice): number {
  return (
    b.at - a.at ||
    compareText(a.link, b.link) ||
    compareText(a.address, b.address) ||
    compareText(a.kind, b.kind) ||
    compareText(a.act, b.act)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What one link says of one point. */
function listen(link: Link, point: Point, input: Hearing): void {
  if (isSignedOut(point)) return
  const { review, say } = input
  const common = { link: link.id, from: link.from, address: point.address, switches: link }
  const calls = countCalls(link, point, input)
  const native = nativeCondition(link, point, input)
  const lost = isSynced(point) ? undefined : lostSince(point, input.start)
  const effect = point.effects?.get(link.id)
  // A choice lasts until the next one, but not for ever on the word of a system that cannot be heard, nor behind a
  // state whose row keeps what was shown before it.
  const doubtedAt = lost === undefined ? heldUntil(link, point, input.policy) : lost + input.policy.holdMs
  if (effect && (doubtedAt === undefined || input.now < doubtedAt)) {
    review(doubtedAt)
    say({ ...common, ...choiceVoice(point, effect) })
  }
  if (lost !== undefined) {
    // Another view of the line knows whether its call goes on: no need to hold on to what this one said.
    if (toldByAnotherView(link, point, input)) return
    const until = lost + input.policy.lostHoldMs
    review(until)
    if (input.now < until) {
      say({
        ...common,
        kind: 'condition',
        act: 'hold',
        lost: true,
        until,
        said: calls.count > 0 || native?.voice?.act === 'set',
        at: lost,
        row: -1,
        text: `${point.connector} ${point.address} cannot be heard`,
      })
    }
    return
  }
  review(calls.reviewAt)
  if (calls.count > 0) {
    const match = matchRow(link.rows, { state: calls.state, chosen: 'no', outOfOffice: false })
    if (match.act === 'set' && match.state) {
      say({
        ...common,
        kind: 'condition',
        act: 'set',
        state: match.state,
        row: match.row,
        at: calls.since,
        ...foundWith(point, calls.since),
        text: `${calls.count === 1 ? 'call' : `${calls.count} call legs`} on ${point.connector} ${point.address}`,
      })
    }
  }
  review(native?.reviewAt)
  if (native?.voice) say({ ...common, ...native.voice })
  const absence = longAbsence(link, point)
  if (absence && input.now < absence.at) review(absence.at)
  else if (absence) say({ ...common, ...absence })
}

/** Away or offline for longer than the link allows: the person is signed out at the target. */
function longAbsence({ signOutAfterMs }: Link, { connector, address, native, hiddenSince }: Point) {
  if (signOutAfterMs === undefined || !native || hiddenSince !== undefined) return undefined
  const { availability } = native.state
  if (availability !== 'away' && availability !== 'offline') return undefined
  const hours = Math.round(signOutAfterMs / 360_000) / 10
  return {
    kind: 'condition' as const,
    act: 'set' as const,
    state: OFFLINE,
    row: -1,
    at: native.since + signOutAfterMs,
    text: `${presenceLabel(native.state)} on ${connector} ${address} for more than ${hours} h`,
    signsOut: true as const,
  }
}

function choiceVoice(point: Point, effect: Effect) {
  const did = effect.act === 'set' ? 'chosen' : 'taken back'
  return {
    kind: 'choice' as const,
    act: effect.act,
    state: effect.state,
    row: effect.row,
    at: effect.at,
    text: `${presenceLabel(effect.state)} ${did} on ${point.connector} ${point.address}${effect.origin === 'schedule' ? ' by its schedule' : ''}`,
  }
}

/** The first word of a source adopts its choice: what began before that was there from the beginning. */
function foundWith({ base }: Point, since: number): Pick<Voice, 'found'> {
  return base?.by === 'adopted' && since <= base.at ? { found: true } : {}
}

/** Automatic states of an aggregate system (a native call, presenting): levels, true while they are shown. */
function nativeCondition(link: Link, point: Point, input: DecideInput) {
  const { native } = point
  if (!native || (isSelectable(native.state) && native.chosen !== 'no')) return undefined
  const { policy, now } = input
  if (point.hiddenSince !== undefined) {
    const until = point.hiddenSince + policy.hiddenHoldMs
    if (now >= until) return undefined
  }
  const match = matchRow(link.rows, native)
  const unknown = native.state.availability === 'unknown'
  const text = `${presenceLabel(native.state)} on ${point.connector} ${point.address}`
  const base = {
    kind: 'condition' as const,
    row: match.row,
    at: native.since,
    text,
    ...foundWith(point, native.since),
    ...forkOf(point, native.state),
  }
  if (match.act === 'set' && match.state && !samePresence(match.state, AVAILABLE)) {
    return { voice: { ...base, act: 'set' as const, state: match.state }, reviewAt: undefined }
  }
  if (match.act === 'hold' || unknown) {
    const until = native.since + (match.act === 'hold' ? (link.holdMs ?? policy.holdMs) : policy.lostHoldMs)
    if (now >= until) return undefined
    return {
      voice: { ...base, act: 'hold' as const, lost: match.act !== 'hold', until, said: false },
      reviewAt: until,
    }
  }
  return undefined
}

/** Until when a row that holds keeps what the choices behind it say; undefined where no such row applies. */
function heldUntil(link: Link, { native, hiddenSince }: Point, policy: Policy): number | undefined {
  if (!native || hiddenSince !== undefined || matchRow(link.rows, native).act !== 'hold') return undefined
  return native.since + (link.holdMs ?? policy.holdMs)
}

/** Teams shows one call now as a call, now as a meeting. */
function forkOf({ forked }: Point, state: Presence): Pick<Voice, 'forkedFrom'> {
  if (!forked || forked === 'no' || !(isCall(state) || state.activity === 'inAMeeting')) return {}
  return { forkedFrom: forked.connector }
}

/** The cause that is written into the ledger for a voice. */
export function causeOf(voice: Voice): Cause {
  return { link: voice.link, kind: voice.kind, at: voice.at, text: voice.text }
}
