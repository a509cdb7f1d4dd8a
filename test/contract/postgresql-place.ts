import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HubStore } from '../../src/core/hub-store.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { openStore, type StorePlace } from '../../src/store/open-store.ts'
import type { TestServer } from '../system/support/postgresql.ts'

/** A database of its own, for one test. */
export interface PostgresqlPlace {
  readonly place: StorePlace & { readonly url: string }
  readonly database: string
  open(): Promise<HubStore>
  remove(): Promise<void>
}

/** `apiRole`: what the API reads is read in that role. */
export async function makePostgresqlPlace(running: TestServer, apiRole?: string): Promise<PostgresqlPlace> {
  const path = mkdtempSync(join(tmpdir(), 'hookswitch-store-'))
  const server = await running.store()
  const place = { kind: 'postgresql', path, ...server, ...(apiRole !== undefined && { apiRole }) } as const
  const database = new URL(server.url).pathname.slice(1)
  return {
    place,
    database,
    open: () => openStore(place, { clock: systemClock({ unref: true }) }),
    async remove() {
      rmSync(path, { recursive: true, force: true })
      await running.ask(`drop database ${database} with (force)`)
    },
  }
}
