import type { HistoryLimit } from '../../core/history.ts'
import type { LedgerLimits } from '../../core/hub-store.ts'
import type { PackedChange } from '../changes.ts'
import type { FailureData } from '../failure.ts'
import type { Migration } from '../migrations.ts'
import type { ArchiveCall, PageSource } from '../questions.ts'
import type { Row } from '../rows.ts'

/** `more`: ask again after the last row. */
export interface Page {
  readonly rows: readonly Row[]
  readonly more: boolean
}

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
  | { readonly kind: 'prune'; readonly limits: LedgerLimits }
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
