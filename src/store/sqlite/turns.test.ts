import type Database from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import { packChange } from '../changes.ts'
import { loadMigrations } from '../migrations.ts'
import { openDatabase } from './database.ts'
import type { Reply, Request } from './protocol.ts'
import { createTurns } from './turns.ts'

let database: Database.Database
let replies: Reply[]
let arriving: (readonly Request[])[]
let take: (requests: readonly Request[]) => void
let closed: boolean

beforeEach(() => {
  database = openDatabase(':memory:', loadMigrations(), 1).database
  replies = []
  arriving = []
  closed = false
  take = createTurns({
    database,
    file: 'hookswitch.db',
    reply: (reply) => replies.push(reply),
    more: () => arriving.shift(),
    closed: () => {
      closed = true
    },
  })
})

const commit = (id: number, body = '1'): Request => [
  id,
  {
    kind: 'commit',
    full: id % 2 === 0,
    changes: [packChange({ put: 'presentity', tenant: 't', id: 'a', body })],
  },
]
const page = (id: number): Request => [id, { kind: 'page', source: { of: 'presentities' } }]
const bodyOf = (reply: Reply | undefined) =>
  reply?.kind === 'answered' ? (reply.value as { rows: string[][] }).rows[0]?.[2] : undefined

test('commits that stand together are written and acknowledged together, also those that arrive meanwhile', () => {
  arriving = [[commit(3)], [commit(4), commit(5)]]
  take([commit(1), commit(2)])
  expect(replies).toEqual([{ kind: 'committed', ids: [1, 2, 3, 4, 5] }])
})

test('a read stands between the commits before and after it', () => {
  take([commit(1, 'before'), page(2), commit(3, 'after'), page(4)])
  expect(replies.map((reply) => reply.kind)).toEqual(['committed', 'answered', 'committed', 'answered'])
  expect(replies.map(bodyOf)).toEqual([undefined, 'before', undefined, 'after'])
})

test('the first of a large burst is acknowledged before the last is written', () => {
  take(Array.from({ length: 5_000 }, (_, index) => commit(index + 1)))
  expect(replies.map((reply) => reply.kind === 'committed' && reply.ids.length)).toEqual([
    2_000, 2_000, 1_000,
  ])
})

test('close ends a pruning where it stands, and refuses what comes after it', () => {
  take([[1, { kind: 'prune', limits: { tenants: [], othersBefore: 10 } }], [2, { kind: 'close' }], commit(3)])
  expect(closed).toBe(true)
  expect(replies).toEqual([
    { kind: 'answered', id: 1, value: 0 },
    { kind: 'answered', id: 2, value: undefined },
    {
      kind: 'rejected',
      id: 3,
      failure: { kind: 'closed', message: expect.stringContaining('hookswitch.db') },
    },
  ])
})

test('a commit goes before the next step of a long pruning', async () => {
  const insert = database.prepare("insert into ledger values ('t', ?, 'p', 'c', 'a', 's', 0, 1, '{}')")
  for (let row = 0; row < 2_000; row++) insert.run(`r${row}`)
  take([[1, { kind: 'prune', limits: { tenants: [], othersBefore: 10 } }]])
  await new Promise(setImmediate)
  arriving = [[commit(2)]]
  while (replies.length < 2) await new Promise(setImmediate)
  expect(replies).toEqual([
    { kind: 'committed', ids: [2] },
    { kind: 'answered', id: 1, value: 2_000 },
  ])
})
