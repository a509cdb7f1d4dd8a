/** Small programs near a phone system that run connectors for the hub and dial out to it. */

/** A site as the hub knows it. Times are wall clock, milliseconds. */
export interface SiteView {
  readonly tenant: string
  readonly name: string
  /** Ids of the connectors that it may run; empty until it is enrolled. */
  readonly connectors: readonly string[]
  /** Ids of the connectors that the configuration has there. */
  readonly configured: readonly string[]
  /** Left out until it is enrolled. */
  readonly enrolledAt?: number
  /** Who made its code. */
  readonly enrolledBy?: string
  /** `up`: it is connected now. */
  readonly link: 'up' | 'down'
  /** Version of the program there, as it said last; left out until it has connected since the hub runs. */
  readonly version?: string
  /** Left out until it has connected since the hub runs. */
  readonly lastHeardAt?: number
  /** Its program is older or newer than this hub's; left out where they are the same, or that is not known. */
  readonly skew?: 'older' | 'newer'
  /** How long the link takes there and back, milliseconds; left out until that was measured. */
  readonly roundTripMs?: number
  /** How far its wall clock is behind the hub's, milliseconds, negative where it is ahead; left out unless it is by more than 2 s. */
  readonly clockBehindMs?: number
  /** Why it is not connected, where that is known. */
  readonly detail?: string
  /**
   * From when on it takes back what was written there, as long as it is not connected; of several connectors the first. Left out
   * while it is connected, or was not seen since the hub runs.
   */
  readonly runsOutAt?: number
}

/** Whom a code lets in. */
export interface SiteWish {
  readonly tenant: string
  /** Left out: the site that the connectors name in the configuration. */
  readonly name?: string | undefined
  readonly connectors: readonly string[]
}

/** A code that enrols one site, once. */
export interface SiteCode {
  readonly tenant: string
  readonly name: string
  readonly connectors: readonly string[]
  /** Secret; told this once. */
  readonly code: string
  /** Wall clock, milliseconds. */
  readonly expiresAt: number
}

/** Why there is no code. */
export interface SiteRefusal {
  readonly refused: string
  readonly fix: string
}

/** Sites of the tenants of this hub. What is done is in the audit log first. */
export interface SitePort {
  /** Of one tenant, or of all; by tenant and name. */
  list(tenant?: string): Promise<readonly SiteView[]>
  issueCode(wish: SiteWish, who: string): Promise<SiteCode | SiteRefusal>
  /** Its connection ends at once, and it is not let in again. False where there is no such site. */
  revoke(tenant: string, name: string, who: string): Promise<boolean>
}
