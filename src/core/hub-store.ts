import type { Archive, HistoryLimit } from './history.ts'
import type { Store } from './ports.ts'

/** What to forget of a tenant's closed ledger rows: older than `before` (wall clock, ms), or beyond so many a person. */
export interface LedgerLimit {
  readonly tenant: string
  readonly before: number
  /** Not counted where it is left out: counting looks at every row. */
  readonly rowsPerPerson?: number
}

/** By tenant; of a tenant that is not named, everything older than `othersBefore`. */
export interface LedgerLimits {
  readonly tenants: readonly LedgerLimit[]
  readonly othersBefore: number
}

/** The whole of what a hub keeps, whatever it is kept in. */
export interface HubStore extends Store, Archive {
  /** Forgets closed ledger rows now; resolves with how many. Open rows always stay. Other work goes first. */
  prune(limits: LedgerLimits): Promise<number>
  /** Forgets history now, all of it for tenants that are not named; resolves with how many rows. Other work goes first. */
  pruneHistory(limits: readonly HistoryLimit[]): Promise<number>
  /** Resolves when nothing that was asked of it is under way. */
  idle?(): Promise<void>
  /** The hub is about to stop: what waits for a server that is away is refused after some seconds. */
  stopping?(): void
}
