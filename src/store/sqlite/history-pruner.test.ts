import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { GoneThrough } from '../age-groups.ts'
import { loadMigrations } from '../migrations.ts'
import { startHistoryPruning } from './history-pruner.ts'

function archive(rows: readonly (readonly [tenant: string, person: string, at: number, body?: string])[]) {
  const database = new Database(':memory:')
  for (const { sql } of loadMigrations()) database.exec(sql)
  const put = database.prepare('insert into history values (?, ?, ?, 1, ?)')
  for (const [tenant, person, at, body] of rows) put.run(tenant, person, at, body ?? '{"person":{}}')
  const left = () =>
    database
      .prepare<[], { key: string }>(
        'select tenant || presentity || at as key from history order by tenant, presentity, at',
      )
      .all()
      .map(({ key }) => key)
  const goneThrough: GoneThrough = new Map()
  const prune = (limits: Parameters<typeof startHistoryPruning>[1]) => {
    const pruning = startHistoryPruning(database, limits, goneThrough)
    let steps = 0
    while (!pruning.step()) steps++
    expect(steps).toBeLessThan(100)
    return pruning.deleted
  }
  return { left, prune, put }
}

test('G-11: what is older than the retention goes, but for the row that still describes its beginning', () => {
  const { left, prune } = archive([
    ['t', 'p', 1],
    ['t', 'p', 2],
    ['t', 'p', 5],
    ['t', 'q', 1],
    ['t', 'gone', 1],
    ['t', 'gone', 2, '{"person":{"points":[]},"since":1}'],
  ])
  expect(prune([{ tenant: 't', before: 4 }])).toBe(3)
  expect(left()).toEqual(['tp2', 'tp5', 'tq1'])
})

test('G-11: a tenant that keeps no history loses all of it, step by step', () => {
  const many = Array.from({ length: 1_200 }, (_, at) => ['off', 'p', at] as const)
  const { left, prune } = archive([...many, ['gone', 'p', 1], ['t', 'p', 1]])
  const limits = [
    { tenant: 't', before: 0 },
    { tenant: 'off', before: Number.POSITIVE_INFINITY },
  ]
  expect(prune(limits)).toBe(1_201)
  expect(left()).toEqual(['tp1'])
})

test('G-11: what passes the limit later goes later, each time looking at that alone', () => {
  const { left, prune, put } = archive([
    ['t', 'p', 1],
    ['t', 'p', 5],
    ['t', 'p', 9],
    ['t', 'gone', 5, '{"person":{"points":[],"since":1}'],
    ['t', 'q', 3],
  ])
  expect(prune([{ tenant: 't', before: 5 }])).toBe(1)
  expect(left()).toEqual(['tgone5', 'tp5', 'tp9', 'tq3'])
  put.run('t', 'q', 9, '{"person":{}}')
  expect(prune([{ tenant: 't', before: 6 }])).toBe(1)
  expect(prune([{ tenant: 't', before: 10 }])).toBe(2)
  expect(left()).toEqual(['tp9', 'tq9'])
})

test('a limit that goes back finds nothing, and one that comes back goes on from where it was', () => {
  const { left, prune } = archive(Array.from({ length: 9 }, (_, at) => ['t', 'p', at] as const))
  expect(prune([{ tenant: 't', before: 4 }])).toBe(4)
  expect(prune([{ tenant: 't', before: 2 }])).toBe(0)
  expect(prune([{ tenant: 't', before: 6 }])).toBe(2)
  expect(left()).toEqual(['tp6', 'tp7', 'tp8'])
})

test('many rows of one moment are all gone through', () => {
  const people = Array.from({ length: 1_300 }, (_, index) => `p${String(index).padStart(4, '0')}`)
  const { left, prune } = archive([1, 2].flatMap((at) => people.map((person) => ['t', person, at] as const)))
  expect(prune([{ tenant: 't', before: 2 }])).toBe(1_300)
  expect(left()).toHaveLength(1_300)
})
