import { afterAll, beforeAll } from 'vitest'
import { makePostgresqlPlace } from '../contract/postgresql-place.ts'
import { storeContract } from '../contract/store.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

let server: TestServer
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server.remove())

storeContract('PostgreSQL', () => makePostgresqlPlace(server))
