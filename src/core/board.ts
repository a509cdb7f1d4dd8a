import { countCalls, isRinging } from './calls.ts'
import type { Link, Policy } from './policy.ts'
import { defaultCalls, defaultSwitches } from './policy.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, DO_NOT_DISTURB, isDoNotDisturb, OFFLINE, UNKNOWN } from './presence.ts'
import type { Point } from './presentity.ts'
import { isSynced } from './presentity.ts'
import { rank } from './project.ts'
import { isSignedOut } from './signed-out.ts'

/** What one address says by itself, as the board shows it. */
export interface PointState {
  readonly state: Presence
  readonly since: number | undefined
  readonly ringing: boolean
  readonly doNotDisturb: boolean
  readonly outOfOffice: boolean
}

/** The board is one more target: what a person's systems say by themselves, by the policy's precedence. */
export interface BoardState extends PointState {
  /** The address whose word was taken; undefined when nothing was heard. */
  readonly from: Point | undefined
}

/** All addresses of one person, and the policy whose precedence decides. `now` in hub time. */
export interface BoardInput {
  readonly points: readonly Point[]
  readonly policy: Policy
  readonly now: number
}

/** Every connector's calls count on the board, whatever its links say. */
function boardLink(point: Point): Link {
  return {
    id: 'board',
    from: point.connector,
    to: 'board',
    rows: [],
    calls: defaultCalls,
    graceMs: 0,
    ...defaultSwitches,
  }
}

/** What one address says by itself: an aggregate reading, counted calls, do not disturb, registration, in this order. */
export function readPoint(point: Point, { points, policy, now }: BoardInput): PointState {
  const ringing = isRinging(point)
  const doNotDisturb = point.dnd ?? (point.native ? isDoNotDisturb(point.native.state) : false)
  const common = { ringing, doNotDisturb, outOfOffice: point.native?.outOfOffice ?? false }
  const { native, paused } = point
  if (paused !== undefined) {
    return { ...common, state: paused ? DO_NOT_DISTURB : AVAILABLE, since: point.base?.at }
  }
  const own = native && { ...common, state: native.state, since: native.since }
  if (own && point.legs.length === 0) return own
  const links = [...policy.links, ...points.map(boardLink)]
  const calls = countCalls(boardLink(point), point, { points, policy: { ...policy, links }, now })
  // A phone system that has states of its own beside its calls: the stronger of the two is shown.
  const rankOf = (state: Presence) => rank(state, policy.precedence)
  if (calls.count > 0 && !(own && rankOf(own.state) <= rankOf(calls.state))) {
    return { ...common, state: calls.state, since: calls.since }
  }
  if (own) return own
  if (point.dnd) return { ...common, state: DO_NOT_DISTURB, since: point.base?.at }
  if (point.registered === false) return { ...common, state: OFFLINE, since: undefined }
  // A phone that is known to be idle is available; one that was never heard is unknown, never free.
  const known = point.registered === true || (point.feeds.length > 0 && point.dnd !== undefined)
  return { ...common, state: known ? AVAILABLE : UNKNOWN, since: undefined }
}

/** The strongest state that any of a person's addresses says by itself. */
export function decideBoard(input: BoardInput): BoardState {
  let best: BoardState | undefined
  const aggregateHeard = input.points.some((point) => point.native && !isSignedOut(point))
  let ringing = false
  let doNotDisturb = false
  let outOfOffice = false
  // Who is passed over by queues may be reached in every other way.
  for (const point of input.points.filter(({ paused }) => paused === undefined)) {
    const said = readPoint(point, input)
    ringing ||= said.ringing
    doNotDisturb ||= said.doNotDisturb
    outOfOffice ||= said.outOfOffice
    // An idle phone says nothing about a person of whom a richer system speaks.
    const quiet = !point.native || isSignedOut(point)
    const idle = quiet && (said.state === AVAILABLE || said.state === OFFLINE)
    if (idle && aggregateHeard) continue
    if (point.dnd && said.state === DO_NOT_DISTURB && point.base?.by === 'hub') continue
    if (!best || precedes(said, { ...best, from: best.from }, { point, input }))
      best = { ...said, from: point }
  }
  const state = best ?? { state: UNKNOWN, since: undefined, from: undefined }
  return { ...state, ringing, doNotDisturb, outOfOffice }
}

function precedes(
  said: PointState,
  best: BoardState,
  { point, input }: { point: Point; input: BoardInput },
): boolean {
  const difference = rank(said.state, input.policy.precedence) - rank(best.state, input.policy.precedence)
  if (difference !== 0) return difference < 0
  if (best.from && isSynced(point) !== isSynced(best.from)) return isSynced(point)
  return `${point.connector} ${point.address}` < `${best.from?.connector} ${best.from?.address}`
}
