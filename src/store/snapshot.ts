import type { ReadPage } from './copy.ts'
import { StoreFailure } from './failure.ts'
import { type AppliedMigration, loadMigrations, planMigrations } from './migrations.ts'

/** All tables of a store at one moment, read beside a hub that may go on writing. */
export interface Snapshot {
  readonly read: ReadPage
  /** Version of its schema. */
  readonly schema: number
  close(): Promise<void>
}

/** The version of a schema that this program knows table by table. Throws StoreFailure where it is another one. */
export function requireCurrent(
  store: 'sqlite' | 'pg',
  applied: readonly AppliedMigration[],
  where: string,
): number {
  const known = loadMigrations({ store })
  if (planMigrations(known, applied, where).length > 0)
    throw new StoreFailure(
      'failed',
      `${where} is of an older Hookswitch. Make the backup with that one, or start and stop this one once on it`,
    )
  return known.length
}
