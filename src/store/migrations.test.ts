import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StoreFailure } from './failure.ts'
import { loadMigrations, type Migration, planMigrations } from './migrations.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hookswitch-sql-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const file = (name: string, text = '-- breaking: no\nselect 1;\n') =>
  writeFileSync(join(directory, name), text)

describe('loadMigrations', () => {
  test('reads the files in order, with their mark', () => {
    file('0002-more.sql', '-- breaking: yes\nselect 2;\n')
    file('0001-first.sql')
    file('notes.txt')
    expect(loadMigrations({ directory })).toMatchObject([
      { version: 1, name: 'first', breaking: false },
      { version: 2, name: 'more', breaking: true, sql: '-- breaking: yes\nselect 2;\n' },
    ])
  })

  test('a checkout with CR LF line ends is the same migration', () => {
    file('0001-first.sql')
    const unix = loadMigrations({ directory })
    file('0001-first.sql', '-- breaking: no\r\nselect 1;\r\n')
    expect(loadMigrations({ directory })).toEqual(unix)
  })

  test('a missing number, two files of one number and a missing mark are errors that name the file', () => {
    file('0002-later.sql')
    expect(() => loadMigrations({ directory })).toThrow(/0002-later\.sql.*0001-name\.sql/)
    file('0001-a.sql')
    file('0001-b.sql')
    expect(() => loadMigrations({ directory })).toThrow(/0001-b\.sql.*0002-name\.sql/)
    rmSync(join(directory, '0001-b.sql'))
    file('0002-later.sql', 'select 1;')
    expect(() => loadMigrations({ directory })).toThrow(/0002-later\.sql.*breaking/)
  })

  test('what only one store understands comes after what both do, and has a file that it belongs to', () => {
    file('0001-first.sql')
    file('0001-first.pg.sql', 'select 2;\n')
    expect(loadMigrations({ directory })).toMatchObject([{ sql: '-- breaking: no\nselect 1;\n' }])
    const [migration] = loadMigrations({ directory, store: 'pg' })
    expect(migration?.sql).toBe('-- breaking: no\nselect 1;\nselect 2;\n')
    expect(migration?.checksum).not.toBe(loadMigrations({ directory })[0]?.checksum)
    file('0001-first.sqlite.sql', 'select 3;\n')
    expect(loadMigrations({ directory })).toMatchObject([{ sql: '-- breaking: no\nselect 1;\nselect 3;\n' }])
    expect(loadMigrations({ directory, store: 'pg' })).toEqual([migration])
    file('0002-more.pg.sql')
    expect(() => loadMigrations({ directory })).toThrow(/0002-more\.pg\.sql.*0002-more\.sql/)
  })

  test('what the program ships uses only what both stores understand', () => {
    for (const { sql, name } of loadMigrations()) {
      const statements = sql.replace(/^--.*$/gm, '')
      expect(statements, name).not.toMatch(
        /autoincrement|serial|without rowid|strict|jsonb?\b|timestamp|boolean|blob|bytea/i,
      )
    }
  })
})

describe('planMigrations', () => {
  const known: Migration[] = [1, 2, 3].map((version) => ({
    version,
    name: `m${version}`,
    breaking: false,
    sql: '',
    checksum: `sum${version}`,
  }))
  const refusal = (applied: readonly Migration[]): StoreFailure => {
    try {
      planMigrations(known, applied, 'the file')
    } catch (error) {
      if (error instanceof StoreFailure) return error
    }
    throw new Error('was not refused')
  }

  test('gives what is missing, in order', () => {
    expect(planMigrations(known, [], 'the file')).toEqual(known)
    expect(planMigrations(known, known.slice(0, 1), 'the file')).toEqual(known.slice(1))
    expect(planMigrations(known, known, 'the file')).toEqual([])
  })

  test('a newer schema is refused, and both versions are named', () => {
    const newer = { ...known[0]!, version: 7, name: 'future' }
    const failure = refusal([...known, newer])
    expect(failure.kind).toBe('newer-schema')
    expect(failure.message).toMatch(/the file .*version 7.*version 3.*backup/)
  })

  test('a changed migration is refused, and named', () => {
    const failure = refusal([known[0]!, { ...known[1]!, checksum: 'other' }])
    expect(failure.kind).toBe('changed-migration')
    expect(failure.message).toMatch(/the file: migration 2 \(m2\)/)
  })
})
