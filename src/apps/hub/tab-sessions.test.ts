import { expect, test } from 'vitest'
import type { Session } from '../../core/access.ts'
import type { StoreChange } from '../../core/ports.ts'
import { keepOwnSessions, shareSessions } from './tab-sessions.ts'

const hourMs = 3_600_000
const clock = { now: 0, wall: () => clock.now }

function sessionUntil(until: number): Session {
  const account = { id: 'tab:o:a', name: 'anna', displayName: 'Anna', createdAt: 0, grants: [] }
  return { account, since: 0, until }
}

/** Rows that two hubs read. */
function createStore() {
  const rows = new Map<string, Map<string, string>>()
  const scopeOf = (scope: string) => {
    if (!rows.has(scope)) rows.set(scope, new Map())
    return rows.get(scope)!
  }
  return {
    rows,
    memory: async (_tenant: string, scope: string) => new Map(scopeOf(scope)),
    commit: async (changes: readonly StoreChange[]) => {
      for (const change of changes) {
        if ('put' in change && change.put === 'memory') scopeOf(change.scope).set(change.key, change.body)
        if ('delete' in change && change.delete === 'memory') scopeOf(change.scope).delete(change.key)
      }
    },
  }
}

test('a session that began at one hub is found at another, and after that one is gone, until it ends', async () => {
  clock.now = 0
  const store = createStore()
  const [one, two] = [shareSessions(store, clock), shareSessions(store, clock)]
  const session = sessionUntil(hourMs)
  await one.put('abcdef', session)
  expect(await two.find('abcdef')).toEqual(session)
  expect(await shareSessions(store, clock).find('abcdef')).toEqual(session)
  expect(await two.find('abcdeg')).toBeUndefined()
  clock.now = hourMs
  expect([await one.find('abcdef'), await two.find('abcdef')]).toEqual([undefined, undefined])
})

test('rows of sessions that are over go when another begins; nothing of a key is in them but its hash', async () => {
  clock.now = 0
  const store = createStore()
  const one = shareSessions(store, clock)
  await one.put('ab-first', sessionUntil(hourMs))
  await one.put('cd-other', sessionUntil(hourMs))
  clock.now = hourMs + 1
  await shareSessions(store, clock).put('ab-second', sessionUntil(2 * hourMs))
  expect([...store.rows].map(([scope, rows]) => [scope, [...rows.keys()]])).toEqual([
    ['tab/ab', ['ab-second']],
    ['tab/cd', ['cd-other']],
  ])
})

test('of a hub alone they are in its memory', async () => {
  clock.now = 0
  const [own, other] = [keepOwnSessions(clock), keepOwnSessions(clock)]
  await own.put('abcdef', sessionUntil(hourMs))
  expect([(await own.find('abcdef'))?.until, await other.find('abcdef')]).toEqual([hourMs, undefined])
  clock.now = hourMs
  expect(await own.find('abcdef')).toBeUndefined()
})
