import type { Contest } from './contest.ts'
import type { Contribution } from './ledger.ts'
import type { Absence, DialogState, Direction, Party } from './observation.ts'
import type { Pause } from './pause.ts'
import type { CallsAs } from './policy.ts'
import type { Chosen, Presence } from './presence.ts'

/**
 * All times here are hub time: milliseconds since the epoch at the start of the process plus monotonic time
 * since, so that a step of the wall clock moves nothing.
 */

/** One call leg as a source last described it. */
export interface Leg {
  readonly feed: string
  readonly leg: string
  state: DialogState
  /** The state before it terminated: what decides whether it had counted. */
  was: DialogState
  direction: Direction
  party: Party
  evidence: 'call' | 'lamp'
  through?: 'direct' | 'queue'
  featureCode?: boolean
  remote?: string
  since: number
  answeredAt?: number
  endedAt?: number
  sequence?: string
}

/** What an aggregate system showed by itself. */
export interface Reading {
  readonly state: Presence
  readonly chosen: Chosen
  readonly outOfOffice: boolean
  /** When this value began to be read, or, where our own write had hidden what is there, to be possible. */
  readonly since: number
  readonly absent?: Absence
  /** The source's own word for it, where it has one. */
  readonly reason?: string
}

/** The last settled value of the choice at an address, whoever wrote it. */
export interface Base {
  readonly state: Presence
  readonly at: number
  readonly by: 'adopted' | 'native' | 'hub'
}

/** What a choice at an address means over one link: a register, changed only by native changes. */
export interface Effect {
  readonly act: 'set' | 'clear'
  readonly state: Presence
  readonly at: number
  readonly row: number
  readonly origin: 'person' | 'schedule'
}

/**
 * A native call of an aggregate system that a phone system forked there: a phone of the same person rang, and the call
 * was taken on the other side (Direct Routing, Operator Connect, a softphone registered beside the desk phone). It is
 * one call, and does not silence the line it came over.
 */
export interface ForkedCall {
  /** The phone system, and the address that rang. */
  readonly connector: string
  readonly address: string
  /** Hub time at which the call was first seen on the other side. */
  readonly at: number
}

/** A person called for help: nothing of ours silences their phones until then, so that help can call back. */
export interface CallBack {
  readonly connector: string
  readonly address: string
  /** When the call began, hub time. */
  readonly at: number
  /** Hub time; moves on while the call lasts. */
  readonly until: number
}

/** Whether a feed can be heard. One object per feed, shared by all points it covers. */
export interface FeedState {
  readonly feed: string
  epoch: number
  live: boolean
  lostSince: number
  /** It tells presences: a reading at a point it covers is not another feed's to take back. */
  tellsPresence?: boolean
}

/** One address of a person at one connector instance: what it says, and what we have done there. */
export interface Point {
  readonly connector: string
  readonly address: string
  /** Addresses with the same line are one physical phone line. */
  readonly line: string
  /** Among points of one line, the higher rank is believed while it is synced. */
  readonly rank: number
  /** A new list when a leg comes or goes: points without any share one. */
  legs: readonly Leg[]
  registered: boolean | undefined
  /** Do not disturb as last read at a phone, echo or not. */
  dnd: boolean | undefined
  /** Whether the queues pass the person over, as last read; only where a system tells. */
  paused?: boolean
  /** Last native reading of an aggregate system. */
  native: Reading | undefined
  /** Set while the native state is hidden by our own contribution. */
  hiddenSince: number | undefined
  /** Last raw value read, echo or not, and when. */
  read: { readonly state: Presence; readonly at: number } | undefined
  base: Base | undefined
  /** When a person (or a schedule) last changed the choice here. */
  changedAt: number | undefined
  changedBy: 'person' | 'schedule' | undefined
  effects: Map<string, Effect> | undefined
  /** Our contributions: open, and ended ones that a late read may still show. */
  contributions: Contribution[] | undefined
  /** The feeds that cover it, and the epoch of each in which it was last heard; points of one feed share both lists. */
  feeds: readonly FeedState[]
  epochs: readonly number[]
  sequence: string | undefined
  /** An operator had everything taken back: what was said before does not write again. */
  releasedAt: number | undefined
  /** Whether the call that an aggregate system shows came over a phone line of the person's own; see forked-call.ts. */
  forked: ForkedCall | 'no' | undefined
}

/** The person described, with every address at every system. */
export interface Presentity {
  readonly tenant: string
  readonly id: string
  readonly upn: string
  displayName: string
  points: Point[]
  /** For whom sync was ever switched off for a while. */
  pauses?: readonly Pause[]
  /** How they want their calls to be shown, where a link leaves that to them. */
  callsAs?: CallsAs
  /** The person called for help, and help may call back. */
  callBack?: CallBack | undefined
  /** Slots where somebody else undid what we wrote, by connector, address and slot; see contest.ts. */
  contests?: ReadonlyMap<string, Contest>
}

/** The one empty list: a hundred thousand idle points hold it. */
export const none: readonly never[] = Object.freeze([])

/** An address of which nothing is known yet. */
export function newPoint(at: Pick<Point, 'connector' | 'address' | 'line' | 'rank'>): Point {
  return {
    connector: at.connector,
    address: at.address,
    line: at.line,
    rank: at.rank,
    legs: none,
    registered: undefined,
    dnd: undefined,
    native: undefined,
    hiddenSince: undefined,
    read: undefined,
    base: undefined,
    changedAt: undefined,
    changedBy: undefined,
    effects: undefined,
    contributions: undefined,
    feeds: none,
    epochs: none,
    sequence: undefined,
    releasedAt: undefined,
    forked: undefined,
  }
}

/** True while every feed that covers the point can be heard. */
export function isSynced(point: Point): boolean {
  return point.feeds.length > 0 && point.feeds.every((feed) => feed.live)
}

/** Since when a point cannot be heard; undefined while it can. A point never heard counts from `start`. */
export function lostSince(point: Point, start: number): number | undefined {
  if (point.feeds.length === 0) return start
  let since: number | undefined
  for (const feed of point.feeds) {
    if (!feed.live && (since === undefined || feed.lostSince < since)) since = feed.lostSince
  }
  return since
}
