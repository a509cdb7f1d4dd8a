import type { ReadPage } from './copy.ts'
import type { Table } from './tables.ts'

/** What an empty store is filled with. */
export interface FillStore {
  readonly tables: readonly Table[]
  readonly read: ReadPage
  /** The version of the schema that the rows are of: it is made so far, and the hub's next start goes on from there. */
  readonly schema: number
  /** Wall clock, milliseconds. */
  readonly now: number
}
