import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import type { HubStore } from '../../src/core/hub-store.ts'
import { testArchive } from '../contract/archive.ts'
import { makePostgresqlPlace, type PostgresqlPlace } from '../contract/postgresql-place.ts'
import { storeContract } from '../contract/store.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

let server: TestServer
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server.remove())

storeContract('PostgreSQL', () => makePostgresqlPlace(server))

describe('the archive, read in the role of the API', () => {
  let place: PostgresqlPlace
  let store: HubStore
  beforeEach(async () => {
    place = await makePostgresqlPlace(server, 'contract_api')
    store = await place.open()
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })
  const reopen = async () => {
    await store.close()
    store = await place.open()
    return store
  }
  testArchive(() => store, reopen)
})
