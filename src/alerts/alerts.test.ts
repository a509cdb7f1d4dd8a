import { expect, test } from 'vitest'
import type { Problem } from '../core/alert.ts'
import type { Clock, Log } from '../core/ports.ts'
import { Alerts } from './alerts.ts'
import type { StoredBook } from './book.ts'
import type { Message } from './message.ts'

const quiet = () => {}
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** Alerts that look whenever the test says so, and a store that waits, refuses or takes. */
function startAlerts(rows = new Map<string, unknown>()) {
  let now = 0
  let next: (() => void) | undefined
  const clock: Clock = {
    ...{ wall: () => now, monotonic: () => now },
    after(_delayMs, callback) {
      next = callback
      return { cancel: () => (next = undefined) }
    },
  }
  const sent: Message[] = []
  const store = { back: Promise.resolve() }
  const problems = new Set<string>()
  let id = 0
  const alerts = new Alerts({
    ...{ clock, log, quietHours: undefined, earlyMs: 0 },
    memory: {
      get: async (key) => structuredClone(rows.get(key)),
      set: async (key, value) => {
        const copy = structuredClone(value)
        await store.back
        rows.set(key, copy)
      },
      delete: async (key) => void rows.delete(key),
    },
    channels: [{ name: 'test', send: async (message) => void sent.push(message), close: quiet }],
    problems: () =>
      [...problems].map((key): Problem => ({ key, kind: 'store', title: key, text: '', since: now })),
    nextId: () => String(++id),
  })
  return {
    ...{ alerts, problems, rows, store },
    told: () =>
      sent.flatMap(({ raised, cleared }) => [
        ...raised.map(({ key }) => `+${key}`),
        ...cleared.map(({ problem }) => `-${problem.key}`),
      ]),
    async look() {
      now += 10_000
      next?.()
      await settle()
    },
    book: () => (rows.get('book') as StoredBook | undefined)?.entries.map(({ problem }) => problem.key),
  }
}

test('while the store is away alerts go on, each is told once, and what was told is stored when it is back', async () => {
  const hub = startAlerts()
  await hub.alerts.start()
  await hub.look()
  const back = Promise.withResolvers<void>()
  hub.store.back = back.promise
  hub.problems.add('store')
  await hub.look()
  hub.problems.add('pbx')
  await hub.look()
  await hub.look()
  expect(hub.told()).toEqual(['+store', '+pbx'])
  expect(hub.book()).toBeUndefined()

  back.resolve()
  hub.problems.delete('store')
  await hub.look()
  expect(hub.told()).toEqual(['+store', '+pbx', '-store'])
  await hub.alerts.stop()
  expect(hub.book()).toEqual(['pbx'])
  expect(hub.rows.get('outbox 0 test')).toEqual([])

  const again = startAlerts(hub.rows)
  again.problems.add('pbx')
  await again.alerts.start()
  await again.look()
  expect(again.told()).toEqual([])
  await again.alerts.stop()
})

test('what the store refused is stored once it takes again, without anything new to tell', async () => {
  const hub = startAlerts()
  await hub.alerts.start()
  hub.store.back = Promise.reject(new Error('the disk is full'))
  hub.store.back.catch(quiet)
  hub.problems.add('store')
  await hub.look()
  expect(hub.told()).toEqual(['+store'])
  expect(hub.book()).toBeUndefined()
  hub.store.back = Promise.resolve()
  await hub.look()
  expect(hub.told()).toEqual(['+store'])
  expect(hub.book()).toEqual(['store'])
  await hub.alerts.stop()
})
