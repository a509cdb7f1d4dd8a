import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HubStore } from '../../src/core/hub-store.ts'
import { systemClock } from '../../src/observe/clock.ts'
import type { StorePlace } from '../../src/store/open-store.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'

/** A data directory of its own, for one test. */
export interface SqlitePlace {
  readonly path: string
  readonly place: StorePlace
  open(): Promise<HubStore>
  remove(): Promise<void>
}

export async function makeSqlitePlace(): Promise<SqlitePlace> {
  const path = mkdtempSync(join(tmpdir(), 'hookswitch-store-'))
  return {
    path,
    place: { kind: 'sqlite', path, schema: 'hookswitch', poolSize: 1, tls: 'auto' },
    open: () => openSqliteStore({ path, clock: systemClock({ unref: true }) }),
    remove: async () => rmSync(path, { recursive: true, force: true }),
  }
}
