import type Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadMigrations } from '../migrations.ts'
import { openDatabase } from './database.ts'
import { startPruning } from './pruner.ts'

let database: Database.Database
beforeEach(() => {
  database = openDatabase(':memory:', loadMigrations(), 1).database
})
afterEach(() => {
  database.close()
})

function add(presentity: string, times: readonly number[], open = 0): void {
  const insert = database.prepare("insert into ledger values ('t', ?, ?, 'pbx', '1001', 'dnd', ?, ?, '{}')")
  for (const time of times) insert.run(`${presentity}-${open}-${time}`, presentity, open, time)
}

function prune(before: number, rowsPerPerson: number) {
  const pruning = startPruning(database, { before, rowsPerPerson })
  let steps = 1
  while (!pruning.step()) steps++
  return { deleted: pruning.deleted, steps }
}

function left(presentity: string, open = 0): number[] {
  const select = database.prepare<[string, number], number>(
    'select updated_at from ledger where presentity = ? and is_open = ? order by updated_at',
  )
  return select.pluck().all(presentity, open) as number[]
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

test('forgets what is too old and what is too much, of every person', () => {
  add('a', upTo(30))
  add('b', [1, 2, 25])
  add('c', [27])
  expect(prune(20, 4).deleted).toBe(26 + 2)
  expect(left('a')).toEqual([26, 27, 28, 29])
  expect(left('b')).toEqual([25])
  expect(left('c')).toEqual([27])
  expect(prune(20, 4).deleted).toBe(0)
})

test('open rows stay, however old and many: release needs them', () => {
  add('a', upTo(50), 1)
  add('a', upTo(5))
  expect(prune(1_000, 0).deleted).toBe(5)
  expect(left('a', 1)).toEqual(upTo(50))
})

test('works in small steps, however much there is', () => {
  add('a', upTo(3_000))
  for (const person of upTo(450)) add(`p${person}`, [5_000, 5_001])
  const { deleted, steps } = prune(1_200, 1)
  expect(deleted).toBe(3_000 - 1 + 450)
  expect(steps).toBeGreaterThan(8)
})
