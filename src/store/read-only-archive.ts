import type { Archive } from '../core/history.ts'

/** The archive of a store that another process may have open. */
export interface ReadOnlyArchive extends Archive {
  close(): Promise<void>
}
