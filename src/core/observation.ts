import type { Chosen, Presence } from './presence.ts'

/** States of a call leg (RFC 4235 section 3.7.1, with `held` apart from `confirmed`). */
export type DialogState = 'trying' | 'early' | 'confirmed' | 'held' | 'terminated'
/** Who is at the other end of a call, seen from the organisation. */
export type Party = 'external' | 'internal' | 'unknown'
/** Who began the call, seen from the address. */
export type Direction = 'inbound' | 'outbound' | 'unknown'

/** A condition: one call leg at an address. Legs count until they say `terminated` or leave the snapshot. */
export interface DialogFacet {
  readonly kind: 'dialog'
  /** Identifies the leg within its address. */
  readonly leg: string
  readonly state: DialogState
  readonly direction: Direction
  readonly party: Party
  /**
   * `call`: the source knows the leg itself (a channel, a dialog with a call id).
   * `lamp`: only a lamp was seen lit. A lamp on a line whose do-not-disturb is on is never a call.
   */
  readonly evidence: 'call' | 'lamp'
  /** How the call came: straight to the address, or through a queue or ring group; left out where not known. */
  readonly through?: 'direct' | 'queue'
  /** A feature code (*78 ...) was dialled: no conversation. */
  readonly featureCode?: boolean
  /** The number at the other end, where the source tells; digits as the source writes them. */
  readonly remote?: string
}

/** A condition: whether a phone is reachable at the address. */
export interface RegistrationFacet {
  readonly kind: 'registration'
  readonly registered: boolean
}

/** A choice: do not disturb at a phone. */
export interface DndFacet {
  readonly kind: 'dnd'
  readonly on: boolean
  readonly origin?: 'person' | 'schedule'
}

/**
 * A choice: whether the queues of a phone system offer calls to somebody. Paused everywhere is do not disturb as far as
 * queues go; direct calls ring on.
 */
export interface QueueFacet {
  readonly kind: 'queue'
  readonly paused: boolean
  readonly origin?: 'person' | 'schedule'
}

/**
 * Why a system has no state of its own to show: presence is switched off for the account, the account has no licence,
 * or the person has signed out there. Signed out (a CRM's logout) is more than offline: what the system had said of the
 * person is over, and nothing is written there until they sign in again.
 */
export type Absence = 'notEnabled' | 'notLicensed' | 'signedOut'

/**
 * A system that shows one aggregate state (Teams): conditions and choices in one value, our own writes included.
 * The core sorts native from echo with the ledger; the connector passes on what was read.
 */
export interface PresenceFacet {
  readonly kind: 'presence'
  readonly state: Presence
  readonly chosen: Chosen
  readonly outOfOffice?: boolean
  readonly absent?: Absence
  /**
   * The source's own word for the state where it says more than the state does: a reason code, the name of a CRM's
   * status ("Lunch"). Shown and stored, decides nothing; left out where the source has none.
   */
  readonly reason?: string
  /** `schedule`: the system's own timetable set what could be picked by hand. */
  readonly origin?: 'person' | 'schedule'
}

/** Everything a source can say about an address. */
export type Facet = DialogFacet | RegistrationFacet | DndFacet | QueueFacet | PresenceFacet

/** What a connector saw at one address. */
export interface Observation {
  readonly address: string
  readonly facet: Facet
  /** Wall clock, milliseconds: the source's own time where it has one. For display and latency only. */
  readonly observedAt: number
  /** The source's own order, where it has one; compared as text within (address, facet, leg). */
  readonly sequence?: string
}

/**
 * What a connector says about one of its feeds. Signals live as long as their feed's lease: `renewed` costs
 * nothing per signal, `lost` is not `ended`. A feed that opens again starts a new epoch, and the snapshot that
 * follows replaces what it had said before.
 */
export type FeedEvent =
  /** A new epoch begins: until a snapshot covers an address, what it said in the former epoch is carried on its lease. */
  | { readonly type: 'opened'; readonly feed: string; readonly leaseMs: number }
  /** The whole set, of the whole feed or, with `addresses`, of those addresses: what is absent has ended. */
  | {
      readonly type: 'snapshot'
      readonly feed: string
      readonly observations: readonly Observation[]
      readonly addresses?: readonly string[]
    }
  | { readonly type: 'observed'; readonly feed: string; readonly observation: Observation }
  /** Heartbeat or answered poll. */
  | { readonly type: 'renewed'; readonly feed: string }
  /** The source cannot be heard; what it said is no longer sure, but it has not ended. */
  | { readonly type: 'lost'; readonly feed: string; readonly reason: string }
  /** The source itself withdrew everything (an unfollowed address, a retired subscription). */
  | { readonly type: 'ended'; readonly feed: string }
