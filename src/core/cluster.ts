/** Which node of an installation has which tenant, as the shared store keeps it. */

/** A hub process among others. */
export interface ClusterNode {
  /** Its name in the configuration. */
  readonly node: string
  /** Of this run of the process; never used again. */
  readonly incarnation: string
  readonly version: string
  /** Until its lease ends by the store's clock, milliseconds; negative when it is over. */
  readonly leaseLeftMs: number
  /** Grows with each renewal of its lease. */
  readonly renewals: number
  /** Its connection to the store stands. */
  readonly connected: boolean
  /** It is about to leave and takes nothing more. */
  readonly draining: boolean
  /** It may never write again. */
  readonly fenced: boolean
  /** It knows that tenants have people: spread by them, if all nodes do. */
  readonly weighs: boolean
}

/** Who has a tenant; `owner` is an incarnation, or empty. */
export interface Ownership {
  readonly tenant: string
  readonly owner: string
  /** Grows each time the tenant changes hands. */
  readonly epoch: number
  /** How many people it has, as an owner last noted; 0 where none has yet. */
  readonly people: number
}

/**
 * Revisions of somebody's view under one epoch of their tenant are above all of those under the epochs before it, so that the same
 * number orders what different nodes tell. Below 2 to the power of 52 for the first million epochs.
 */
export const revisionsPerEpoch = 2 ** 32

/** How many people a tenant has. */
export type TenantWeight = Pick<Ownership, 'tenant' | 'people'>

/** Everything that the nodes know of each other. */
export interface ClusterView {
  readonly nodes: readonly ClusterNode[]
  readonly tenants: readonly Ownership[]
}

/**
 * The rows that decide who has what, over a connection that does nothing else. Every method rejects where the store does not answer
 * within some seconds; `connect` again then.
 */
export interface ClusterTable {
  readonly incarnation: string
  readonly connected: boolean
  /** Connects, holds the node's lock and renews the lease. False: this incarnation is fenced, for good. Rejects with StoreFailure. */
  connect(): Promise<boolean>
  /** False: fenced. */
  renew(draining: boolean): Promise<boolean>
  look(): Promise<ClusterView>
  /** Of nobody's, or of a fenced node's that is gone; false where somebody was quicker. */
  take(from: Ownership): Promise<boolean>
  /** Gives what is this node's to another, or to nobody; false where it was not this node's any more. */
  hand(own: Ownership, to: string): Promise<boolean>
  /** Notes how many people tenants of this node have. */
  weigh(tenants: readonly TenantWeight[]): Promise<void>
  /** Ends every connection of a node for good; resolves when none of them can write any more. */
  fence(node: ClusterNode): Promise<void>
  /** Nobody has to wait for this node any more. Never rejects. */
  leave(): Promise<void>
}

/** How long a lease lasts from each renewal, milliseconds. */
export const leaseMs = 10_000
/** How often it is renewed, milliseconds. */
export const renewMs = 3_000
/** An external write is given so long; after that it cannot arrive any more, milliseconds. */
export const writeDeadlineMs = 3_000
/** With less of the lease left none is begun, milliseconds. */
export const leastLeaseMs = 4_000
/** What was given up on its way, or was sent by a hub that has died, may still arrive for so long, milliseconds. */
export const lateArrivalMs = 12_000
