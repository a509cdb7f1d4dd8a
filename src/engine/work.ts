import type { Notice } from '../core/connector.ts'
import type { SessionTrouble } from '../core/contest.ts'
import type { Policy } from '../core/policy.ts'
import type { Durability, StoreChange } from '../core/ports.ts'
import type { Presence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { Sent } from './actor.ts'
import type { Repair } from './repairs.ts'
import type { System } from './system.ts'

/** What the turns of all people of a tenant may look at. */
export interface Surroundings {
  readonly system: (connector: string) => System | undefined
  /** 0 ≤ random < 1. */
  readonly random: () => number
  readonly nextId: () => string
  /** A session of ours went or stayed against our will. */
  readonly sessionTrouble?: (connector: string, trouble: SessionTrouble) => void
  /** Whether somebody is at this address of that system. */
  readonly isAddress: (connector: string, address: string) => boolean
  /** What of ours for former owners of the address may still be read there: it is not written until that is over. */
  readonly formerWrites: (point: Point) => readonly Presence[]
}

/** What a turn may look at; nothing in it does I/O. All times are hub time. */
export interface TurnContext extends Surroundings {
  readonly now: number
  readonly policy: Policy
}

/** What a turn wants done, in this order: store the changes, then send. */
export interface Work {
  readonly sends: Sent[]
  readonly changes: StoreChange[]
  /** Addresses to read again, and when. */
  readonly reads: { readonly point: Point; readonly at: number }[]
  /** What people are to be told at the moment it happens. */
  readonly notices: { readonly connector: string; readonly notice: Notice }[]
  /** What was put right that had gone astray. */
  readonly repairs: Repair[]
  /** Retired addresses at which nothing of ours is left. */
  readonly left: Point[]
  durability: Durability
  reviewAt: number | undefined
  /** What the person's row holds has changed: everything that outlives the process but open contributions, which the ledger has. */
  dirty: boolean
  /** Something that a watcher would see changed. */
  changed: boolean
}

/** One turn under way: what it may look at, and what it has found to do. */
export interface Turn extends TurnContext {
  readonly work: Work
}

export function newWork(): Work {
  return {
    sends: [],
    changes: [],
    reads: [],
    notices: [],
    repairs: [],
    left: [],
    durability: 'normal',
    reviewAt: undefined,
    dirty: false,
    changed: false,
  }
}

export function reviewBy(work: Work, at: number | undefined): void {
  if (at !== undefined && (work.reviewAt === undefined || at < work.reviewAt)) work.reviewAt = at
}
