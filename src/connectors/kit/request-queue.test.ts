import { expect, test } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import { RequestBudget } from './budget.ts'
import { RequestQueue } from './request-queue.ts'

/** A clock that stands until it is told to move; timers due then are called. */
function standingClock() {
  let now = 0
  const waiting = new Set<{ due: number; callback: () => void }>()
  const clock: Clock = {
    wall: () => now,
    monotonic: () => now,
    after(delayMs, callback) {
      const timer = { due: now + delayMs, callback }
      waiting.add(timer)
      return { cancel: () => void waiting.delete(timer) }
    },
  }
  const move = (ms: number) => {
    now += ms
    for (const timer of [...waiting]) {
      if (timer.due > now || !waiting.delete(timer)) continue
      timer.callback()
    }
  }
  return { clock, move }
}

function queueOf(start: number) {
  const { clock, move } = standingClock()
  const queue = new RequestQueue(new RequestBudget({ start, ceiling: start }, 0), clock)
  const turns: string[] = []
  const ask = (priority: 'withdraw' | 'write' | 'sweep', patienceMs?: number) =>
    void queue.turn(priority, patienceMs).then((turn) => {
      turns.push(turn.kind === 'go' ? priority : `wait ${turn.retryAfterMs}`)
    })
  return { queue, move, turns, ask, told: () => new Promise((resolve) => setImmediate(resolve)) }
}

test('G-08: of a thousand requests at once 250 are under way; each answer lets the most urgent one go', async () => {
  const { queue, turns, ask, told } = queueOf(1_200)
  for (let each = 0; each < 800; each += 1) ask('write')
  await told()
  expect(turns).toHaveLength(250)
  ask('withdraw')
  queue.done('write')
  await told()
  expect(turns.at(-1)).toBe('withdraw')
  queue.done('withdraw')
  queue.done('write')
  await told()
  expect(turns.slice(251)).toEqual(['write', 'write'])
})

test('the sweep neither waits for those under way nor counts among them', async () => {
  const { queue, turns, ask, told } = queueOf(1_200)
  for (let each = 0; each < 300; each += 1) ask('write')
  ask('sweep')
  await told()
  expect(turns.filter((turn) => turn === 'sweep')).toHaveLength(1)
  queue.done('sweep')
  await told()
  expect(turns).toHaveLength(251)
})

test('whoever stood too long because too many were under way comes back soon', async () => {
  const crowded = queueOf(1_200)
  for (let each = 0; each < 400; each += 1) crowded.ask('write', 2_000)
  crowded.move(2_000)
  await crowded.told()
  expect(crowded.turns.slice(250)).toEqual(Array(150).fill('wait 1000'))
})
