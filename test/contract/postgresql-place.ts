import type { HubStore } from '../../src/core/hub-store.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { openPostgresqlStore } from '../../src/store/postgresql/open.ts'
import type { PostgresqlServer } from '../../src/store/postgresql/server.ts'
import type { TestServer } from '../system/support/postgresql.ts'

/** A database of its own, for one test. */
export interface PostgresqlPlace {
  readonly server: PostgresqlServer
  open(): Promise<HubStore>
  remove(): Promise<void>
}

export async function makePostgresqlPlace(running: TestServer): Promise<PostgresqlPlace> {
  const server = await running.store()
  return {
    server,
    open: () => openPostgresqlStore({ server, clock: systemClock({ unref: true }) }),
    async remove() {
      await running.ask(`drop database ${new URL(server.url).pathname.slice(1)} with (force)`)
    },
  }
}
