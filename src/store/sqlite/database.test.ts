import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packChange } from '../changes.ts'
import { StoreFailure } from '../failure.ts'
import { loadMigrations, type Migration } from '../migrations.ts'
import { openDatabase } from './database.ts'
import { createReader } from './reader.ts'
import { createWriter } from './writer.ts'

let directory: string
let file: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hookswitch-db-'))
  file = join(directory, 'hookswitch.db')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const shipped = loadMigrations()
const next: Migration = {
  version: shipped.length + 1,
  name: 'next',
  breaking: true,
  sql: 'create table extra (a text)',
  checksum: 'x',
}
const put = (id: string, body: string) => packChange({ put: 'presentity', tenant: 't', id, body })

function refusal(act: () => unknown): StoreFailure {
  try {
    act()
  } catch (error) {
    if (error instanceof StoreFailure) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('migrations of the database', () => {
  test('are applied once, recorded, and the next program adds its own', () => {
    const first = openDatabase(file, shipped, 5)
    expect(first.migrated).toEqual(shipped)
    first.database.close()
    const second = openDatabase(file, [...shipped, next], 6)
    expect(second.migrated).toEqual([next])
    const rows = second.database.prepare('select version, breaking, applied_at from schema_migration').all()
    expect(rows.at(0)).toEqual({ version: 1, breaking: 0, applied_at: 5 })
    expect(rows.at(-1)).toEqual({ version: next.version, breaking: 1, applied_at: 6 })
    second.database.close()
  })

  test('a newer schema is refused and nothing is changed or left open', () => {
    openDatabase(file, [...shipped, next], 5).database.close()
    const failure = refusal(() => openDatabase(file, shipped, 6))
    expect(failure.kind).toBe('newer-schema')
    expect(failure.message).toContain(file)
    expect(readdirSync(directory)).toEqual(['hookswitch.db'])
    expect(openDatabase(file, [...shipped, next], 7).migrated).toEqual([])
  })

  test('an upgrade that fails leaves the old schema', () => {
    openDatabase(file, shipped, 5).database.close()
    const broken = { ...next, version: next.version + 1, sql: 'create table half (a text); nonsense' }
    expect(() => openDatabase(file, [...shipped, next, broken], 6)).toThrow(/hookswitch\.db.*nonsense/)
    const { database, migrated } = openDatabase(file, shipped, 7)
    expect(migrated).toEqual([])
    expect(database.prepare("select name from sqlite_master where name in ('half', 'extra')").all()).toEqual(
      [],
    )
  })
})

describe('a damaged file', () => {
  test('that is no database is refused with what to do', () => {
    writeFileSync(file, 'not a database '.repeat(1_000))
    const failure = refusal(() => openDatabase(file, shipped, 1))
    expect(failure.kind).toBe('corrupt')
    expect(failure.message).toMatch(/hookswitch\.db: the file is damaged.*backup/)
  })

  test('a directory in its place is told as such', () => {
    expect(refusal(() => openDatabase(directory, shipped, 1)).message).toContain(directory)
  })

  test('a damaged page is found by the read that meets it', () => {
    const { database } = openDatabase(file, shipped, 1)
    const writer = createWriter(database, file)
    writer.write([
      { id: 1, full: true, changes: Array.from({ length: 500 }, (_, i) => put(`p${i}`, 'x'.repeat(1_000))) },
    ])
    database.close()
    const handle = openSync(file, 'r+')
    for (let page = 12; page < 100; page++) writeSync(handle, 'garbage!'.repeat(512), page * 4096)
    closeSync(handle)
    const again = openDatabase(file, shipped, 2)
    expect(() => createReader(again.database).page({ of: 'presentities' })).toThrow(/malformed/)
    again.database.close()
  })
})

describe('writing in groups', () => {
  test('a commit that does not fit on the disk fails alone, and the store goes on', () => {
    const { database } = openDatabase(file, shipped, 1)
    const pages = Number(database.pragma('page_count', { simple: true }))
    database.pragma(`max_page_count = ${pages + 20}`)
    const writer = createWriter(database, file)
    const huge = 'x'.repeat(200_000)
    const result = writer.write([
      { id: 1, full: false, changes: [put('a', '1')] },
      { id: 2, full: false, changes: [put('b', '1'), put('c', huge), put('d', '1')] },
      { id: 3, full: true, changes: [put('e', '1')] },
    ])
    expect(result.committed).toEqual([1, 3])
    expect(result.rejected.map(({ id, failure }) => [id, failure.kind])).toEqual([[2, 'disk-full']])
    expect(result.rejected[0]?.failure.message).toContain(file)
    const ids = () =>
      createReader(database)
        .page({ of: 'presentities' })
        .rows.map(([, id]) => id)
    expect(ids()).toEqual(['a', 'e'])

    database.pragma(`max_page_count = ${pages + 1_000}`)
    expect(writer.write([{ id: 4, full: true, changes: [put('c', huge)] }]).committed).toEqual([4])
    expect(ids()).toEqual(['a', 'c', 'e'])
    database.close()
  })

  test('only a group that holds a full commit is synced', () => {
    const { database } = openDatabase(file, shipped, 1)
    const writer = createWriter(database, file)
    const level = () => database.pragma('synchronous', { simple: true })
    const changes = [put('a', '1')]
    writer.write([{ id: 1, full: false, changes }])
    expect(level()).toBe(1)
    writer.write([
      { id: 2, full: false, changes },
      { id: 3, full: true, changes },
    ])
    expect(level()).toBe(2)
    writer.write([{ id: 4, full: false, changes }])
    expect(level()).toBe(1)
    database.close()
  })
})
