import type { AuditQuery, HistoryLimit, HistoryQuery } from '../../core/history.ts'
import type { PackedChange } from '../changes.ts'
import type { FailureData } from '../failure.ts'
import type { Migration } from '../migrations.ts'
import type { Row } from '../rows.ts'

/** Which rows: all of a table, or one scope of the memory. */
export type PageSource =
  | { readonly of: 'presentities' | 'openLedger' }
  | { readonly of: 'memory'; readonly tenant: string; readonly scope: string }

/** `more`: ask again after the last row. */
export interface Page {
  readonly rows: readonly Row[]
  readonly more: boolean
}

/** What to forget of a tenant's closed ledger rows: older than `before` (wall clock, ms), or beyond so many a person. */
export interface PruneLimit {
  readonly tenant: string
  readonly before: number
  readonly rowsPerPerson: number
}

/** By tenant; of a tenant that is not named, everything older than `othersBefore`. */
export interface PruneLimits {
  readonly tenants: readonly PruneLimit[]
  readonly othersBefore: number
}

/** A question to the archive; the answer is rows of the table it is about. */
export type ArchiveCall =
  | { readonly of: 'historyAt'; readonly tenant: string; readonly presentity: string; readonly at: number }
  | { readonly of: 'historyOf'; readonly query: HistoryQuery }
  | { readonly of: 'historyPeople' | 'policyVersions'; readonly tenant: string }
  | { readonly of: 'audit'; readonly query: AuditQuery }
  | { readonly of: 'memoryWith'; readonly tenant: string; readonly text: string }

export type Call =
  | { readonly kind: 'commit'; readonly full: boolean; readonly changes: readonly PackedChange[] }
  /** `after`: the last row of the page before. */
  | { readonly kind: 'page'; readonly source: PageSource; readonly after?: Row }
  | {
      readonly kind: 'ledgerOf'
      readonly tenant: string
      readonly presentity: string
      readonly limit: number
    }
  | { readonly kind: 'archive'; readonly call: ArchiveCall }
  | { readonly kind: 'prune'; readonly limits: PruneLimits }
  /** Forgets the history of tenants that are not named altogether. */
  | { readonly kind: 'pruneHistory'; readonly limits: readonly HistoryLimit[] }
  | { readonly kind: 'close' }

/** Main thread to worker: everything asked for since the last turn, in order. */
export type Request = readonly [id: number, call: Call]

/** Worker to main thread. */
export type Reply =
  | {
      readonly kind: 'opened'
      readonly migrated: readonly Pick<Migration, 'version' | 'name' | 'breaking'>[]
    }
  | { readonly kind: 'refused'; readonly failure: FailureData }
  | { readonly kind: 'committed'; readonly ids: readonly number[] }
  | { readonly kind: 'answered'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'rejected'; readonly id: number; readonly failure: FailureData }

/** What the worker is started with. */
export interface WorkerStart {
  readonly directory: string
  /** Wall clock, milliseconds. */
  readonly now: number
}
