import type Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LedgerLimits } from '../../core/hub-store.ts'
import type { GoneThrough } from '../age-groups.ts'
import { loadMigrations } from '../migrations.ts'
import { openDatabase } from './database.ts'
import { startPruning } from './pruner.ts'

let database: Database.Database
let goneThrough: GoneThrough
beforeEach(() => {
  goneThrough = new Map()
  database = openDatabase(':memory:', loadMigrations(), 1).database
})
afterEach(() => {
  database.close()
})

function add(presentity: string, times: readonly number[], open = 0, tenant = 't'): void {
  const insert = database.prepare("insert into ledger values (?, ?, ?, 'pbx', '1001', 'dnd', ?, ?, '{}')")
  for (const time of times) insert.run(tenant, `${presentity}-${open}-${time}`, presentity, open, time)
}

function prune(before: number, rowsPerPerson: number) {
  return pruneAll({ tenants: [{ tenant: 't', before, rowsPerPerson }], othersBefore: 0 })
}

function pruneAll(limits: LedgerLimits) {
  const pruning = startPruning(database, limits, goneThrough)
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

test('G-11: each tenant by its own limit; of who is not named only what is recent', () => {
  for (const tenant of ['long', 'none', 'short', 'gone']) {
    add(`${tenant}-p`, [1, 50, 95], 0, tenant)
    add(`${tenant}-p`, [1], 1, tenant)
  }
  const limit = { rowsPerPerson: 100 }
  const tenants = [
    { tenant: 'long', before: 1, ...limit },
    { tenant: 'short', before: 40, ...limit },
    { tenant: 'empty', before: 40, ...limit },
  ]
  expect(pruneAll({ tenants, othersBefore: 90 }).deleted).toBe(1 + 2 + 2)
  expect(left('long-p')).toEqual([1, 50, 95])
  expect(left('short-p')).toEqual([50, 95])
  expect(left('none-p')).toEqual([95])
  expect(left('gone-p')).toEqual([95])
  expect(left('none-p', 1)).toEqual([1])
})

test('what passes a limit later goes later; a tenant that is named no more, or keeps less, loses what it has, however old', () => {
  for (const tenant of ['long', 'short']) add(`${tenant}-p`, [1, 20, 50, 60], 0, tenant)
  const limits = (before: Readonly<Record<string, number>>, othersBefore: number) => ({
    tenants: Object.entries(before).map(([tenant, at]) => ({ tenant, before: at })),
    othersBefore,
  })
  expect(pruneAll(limits({ long: 10, short: 40 }, 55)).deleted).toBe(1 + 2)
  expect(pruneAll(limits({ long: 15, short: 45 }, 60)).deleted).toBe(0)
  expect(pruneAll(limits({ long: 21, short: 51 }, 65)).deleted).toBe(1 + 1)
  expect(pruneAll(limits({ short: 52 }, 66)).deleted).toBe(2)
  expect(pruneAll(limits({ short: 61 }, 67)).deleted).toBe(1)
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
