import { expect, test } from 'vitest'
import { makePostgresqlPlace } from '../contract/postgresql-place.ts'
import { makeSqlitePlace } from '../contract/sqlite-place.ts'
import { startPostgresql } from './support/postgresql.ts'
import { measureRate } from './support/store-rate.ts'

test('sustains 5,000 commits a second, one in ten of them synced to the disk', async () => {
  const place = await makeSqlitePlace()
  const store = await place.open()
  // What the machine can do: it may still be writing what other tests have left.
  let best = 0
  for (let window = 0; window < 4 && best <= 5_000; window += 1)
    best = Math.max(best, await measureRate('SQLite', store))
  await store.close()
  await place.remove()
  expect(best).toBeGreaterThan(5_000)
})

test('PostgreSQL, on the same machine and disk: a figure to compare, and no more promised than that it is no crawl', async () => {
  const server = await startPostgresql()
  try {
    const place = await makePostgresqlPlace(server)
    const store = await place.open()
    const rate = await measureRate('PostgreSQL', store)
    await store.close()
    await place.remove()
    expect(rate).toBeGreaterThan(200)
  } finally {
    await server.remove()
  }
})
