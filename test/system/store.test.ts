import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { makeSqlitePlace } from '../contract/sqlite-place.ts'
import { storeContract } from '../contract/store.ts'

storeContract('SQLite', makeSqlitePlace)

test('G-09: SQLite itself changes and forgets no entry of the audit log', async () => {
  const place = await makeSqlitePlace()
  const store = await place.open()
  const row = {
    tenant: 'contoso',
    id: '1',
    at: 1,
    who: 'olga',
    what: 'release',
    about: '*',
    detail: '',
  } as const
  await store.commit([{ put: 'audit', row }], 'full')
  await store.close()
  const file = readdirSync(place.path).find((name) => name.endsWith('.db'))!
  const database = new Database(join(place.path, file))
  for (const text of ["update audit set who = 'nobody'", 'delete from audit']) {
    expect(() => database.exec(text), text).toThrow(/only ever added to/)
  }
  expect(database.prepare('select who from audit').all()).toEqual([{ who: 'olga' }])
  database.close()
  await place.remove()
})
