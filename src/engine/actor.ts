import type { Outcome, Publication } from '../core/connector.ts'
import type { Taken } from '../core/contest.ts'
import type { Received, Trigger } from '../core/latency.ts'
import type { Contribution } from '../core/ledger.ts'
import type { Observation } from '../core/observation.ts'
import type { PauseChange } from '../core/pause.ts'
import type { CallsAs } from '../core/policy.ts'
import type { StoreChange } from '../core/ports.ts'
import type { Presence } from '../core/presence.ts'
import type { FeedState, Point, Presentity } from '../core/presentity.ts'
import type { TargetStatus } from '../core/view.ts'

/** Something that happened to a person, waiting for the person's next turn. */
export type Input =
  | {
      readonly type: 'observed'
      readonly point: Point
      readonly feed: FeedState
      readonly epoch: number
      readonly observation: Observation
      readonly received: Received
    }
  | {
      readonly type: 'replaced'
      readonly point: Point
      readonly feed: FeedState
      readonly epoch: number
      readonly observations: readonly Observation[]
      readonly received: Received
    }
  | { readonly type: 'outcome'; readonly sent: Sent; readonly outcome: Outcome }
  /** Look again: time passed, a feed came or went (of that point), the policy changed. */
  | { readonly type: 'review'; readonly point?: Point }
  /** An operator wants everything taken back that we wrote, or what we wrote at that point. */
  | { readonly type: 'release'; readonly point?: Point }
  /** A feed was withdrawn, and with it everything that it said at some of their addresses. */
  | { readonly type: 'ended' }
  /** What we wrote at that point is gone, and nobody took it: it was to last so long without us. */
  | { readonly type: 'ranOut'; readonly point: Point }
  /** The person wants to be left alone for a while, or no longer. */
  | { readonly type: 'pause'; readonly change: PauseChange }
  /** The person chose how their calls are shown, or leaves it to the rules. */
  | { readonly type: 'callsAs'; readonly callsAs: CallsAs | undefined }

/** A publication on its way, and the ledger entry it belongs to. */
export interface Sent {
  readonly point: Point
  readonly publication: Publication
  readonly contribution: Contribution
  /** Hub time. */
  readonly at: number
}

/** How one slot of one address stands. */
export interface SlotState {
  inFlight: boolean
  status: TargetStatus
  detail: string | undefined
  wanted: Presence | undefined
  /** Attempts in a row without an answer. */
  attempts: number
  /** Hub time before which nothing is sent, unless what is wanted is no longer what was tried. */
  retryAt: number | undefined
  /** What was sent last. */
  tried: string | undefined
  /** What was refused, so that it is not sent again until something else is wanted. */
  refused: { readonly key: string; readonly reason: string } | undefined
  /** Wall clock of the last acknowledged write. */
  writtenAt: number | undefined
  /** What we took away last, while its coming back would contradict us. */
  taken: Taken | undefined
}

/** One person as the engine holds them: state, mailbox and the standing of each slot. */
export interface Actor {
  readonly presentity: Presentity
  inbox: Input[] | undefined
  running: boolean
  queued: boolean
  /** Keyed by connector, address and slot; made when first needed. */
  slots: Map<string, SlotState> | undefined
  /** Hub time when this person was taken on: the start barrier counts from here. */
  readonly since: number
  /** Addresses that came to the person later, and when: their barrier counts from there. Hub time. */
  joined: WeakMap<Point, number> | undefined
  /** Signals were restored from the store: until heard again they are believed for the lost hold. */
  restored: boolean
  /** The person, or some addresses of theirs, are being given up. */
  retired: Set<Point> | undefined
  /** Nobody names this person any more: forgotten as soon as nothing of ours is left anywhere. */
  gone: boolean
  revision: number
  /** What the store did not take when it was to be written. */
  owed: readonly StoreChange[] | undefined
  /** The earliest of what this turn reacts to, for latency. */
  trigger: Trigger | undefined
}

export function newActor(presentity: Presentity, since: number): Actor {
  return {
    presentity,
    inbox: undefined,
    running: false,
    queued: false,
    slots: undefined,
    since,
    joined: undefined,
    restored: false,
    retired: undefined,
    gone: false,
    revision: 0,
    owed: undefined,
    trigger: undefined,
  }
}

export function slotKey(point: Point, slot: string): string {
  return `${point.connector}\n${point.address}\n${slot}`
}

export function slotState(actor: Actor, point: Point, slot: string): SlotState {
  actor.slots ??= new Map()
  const key = slotKey(point, slot)
  let state = actor.slots.get(key)
  if (!state) {
    state = {
      inFlight: false,
      status: 'idle',
      detail: undefined,
      wanted: undefined,
      attempts: 0,
      retryAt: undefined,
      tried: undefined,
      refused: undefined,
      writtenAt: undefined,
      taken: undefined,
    }
    actor.slots.set(key, state)
  }
  return state
}

/** True when nothing is to be kept of a person. */
export function isForgotten({ gone, presentity }: Actor): boolean {
  return gone && presentity.points.length === 0
}
