import { describe, expect, it } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import { type Priority, RequestBudget } from './budget.ts'
import { RequestQueue } from './request-queue.ts'

/** A clock that moves only when told. */
function standingClock() {
  let now = 0
  const timers = new Set<{ due: number; callback: () => void }>()
  const clock: Clock = {
    wall: () => now,
    monotonic: () => now,
    after(delayMs, callback) {
      const timer = { due: now + delayMs, callback }
      timers.add(timer)
      return { cancel: () => void timers.delete(timer) }
    },
  }
  const advance = async (ms: number) => {
    for (const end = now + ms; now < end; now += 5) {
      for (const timer of [...timers].filter((each) => each.due <= now)) {
        timers.delete(timer)
        timer.callback()
      }
      await Promise.resolve()
    }
  }
  return { clock, advance, timers }
}

function openQueue(limit = 60) {
  const time = standingClock()
  const budget = new RequestBudget({ start: limit, ceiling: limit }, 0)
  const queue = new RequestQueue(budget, time.clock)
  const gone: string[] = []
  const ask = (name: string, priority: Priority, patienceMs?: number) =>
    void queue.turn(priority, patienceMs).then((turn) => gone.push(`${name} ${turn.kind}`))
  return { ...time, budget, queue, gone, ask }
}

describe('request queue', () => {
  it('lets the most urgent go first when turns come free', async () => {
    const { budget, ask, gone, advance } = openQueue()
    budget.reserveSweep(1)
    while (budget.take('write', 0)) {}
    ask('hot', 'hot')
    ask('settle', 'settle')
    ask('write 1', 'write')
    ask('write 2', 'write')
    ask('withdraw', 'withdraw')
    await advance(1_000)
    expect(gone).toEqual([])
    await advance(30_500)
    expect(gone).toEqual(['withdraw go', 'write 1 go', 'write 2 go', 'settle go', 'hot go'])
  })

  it('lets nobody overtake who asks later with the same urgency or less', async () => {
    const { budget, ask, gone, advance } = openQueue()
    budget.refused(1, 0, 1_000)
    ask('write', 'write')
    await advance(900)
    ask('hot', 'hot')
    ask('write 2', 'write')
    await advance(300)
    expect(gone).toEqual(['write go', 'write 2 go', 'hot go'])
  })

  it('tells the impatient when to come back, at once while the service wants peace', async () => {
    const { budget, queue } = openQueue()
    budget.refused(1, 0, 5_000)
    expect(await queue.turn('write', 2_000)).toEqual({ kind: 'wait', retryAfterMs: 5_000 })
  })

  it('sends a write away that got no turn within its patience', async () => {
    const { budget, ask, gone, advance } = openQueue()
    while (budget.take('write', 0)) {}
    ask('write', 'write', 2_000)
    await advance(1_900)
    expect(gone).toEqual([])
    await advance(300)
    expect(gone).toEqual(['write wait'])
  })

  it('G-08: of a thousand requests at once 250 are under way; each answer lets the most urgent one go', async () => {
    const { queue, ask, gone, advance } = openQueue(1_200)
    for (let each = 0; each < 800; each += 1) ask(`write ${each}`, 'write')
    await advance(5)
    expect(gone).toHaveLength(250)
    ask('withdraw', 'withdraw')
    queue.done('write')
    await advance(5)
    expect(gone.slice(250)).toEqual(['withdraw go'])
    queue.done('withdraw')
    queue.done('write')
    await advance(5)
    expect(gone.slice(251)).toEqual(['write 250 go', 'write 251 go'])
  })

  it('the sweep neither waits for those under way nor counts among them', async () => {
    const { queue, ask, gone, advance } = openQueue(1_200)
    for (let each = 0; each < 300; each += 1) ask('write', 'write')
    ask('sweep', 'sweep')
    await advance(5)
    expect(gone.filter((one) => one === 'sweep go')).toHaveLength(1)
    queue.done('sweep')
    await advance(5)
    expect(gone).toHaveLength(251)
  })

  it('sends a write away for a second only when too many were under way for too long', async () => {
    const { queue, advance } = openQueue(1_200)
    for (let each = 0; each < 250; each += 1) void queue.turn('write')
    const turn = queue.turn('write', 2_000)
    await advance(2_300)
    expect(await turn).toEqual({ kind: 'wait', retryAfterMs: 1_000 })
  })

  it('close sends everyone away and leaves no timer', async () => {
    const { budget, queue, ask, gone, advance, timers } = openQueue()
    budget.refused(1, 0, 5_000)
    ask('write', 'write')
    ask('sweep', 'sweep')
    queue.close()
    await advance(10)
    expect(gone).toEqual(['write wait', 'sweep wait'])
    expect(timers.size).toBe(0)
    expect((await queue.turn('write')).kind).toBe('wait')
  })

  it('lets one who stops leave the line that others share, and rests when nobody waits', async () => {
    const { queue, gone, ask, timers, advance, budget } = openQueue(60)
    budget.reserveSweep(0)
    for (let index = 0; index < 59; index += 1) ask(`burst ${index}`, 'write')
    const stop = new AbortController()
    void queue.turn('write', undefined, stop.signal).then((turn) => gone.push(`leaving ${turn.kind}`))
    await advance(5)
    expect(gone).not.toContain('leaving wait')
    stop.abort()
    await advance(5)
    expect(gone).toContain('leaving wait')
    expect(timers.size).toBe(0)
    expect(await queue.turn('write', undefined, stop.signal)).toMatchObject({ kind: 'wait' })
  })

  it('lets no more than its width be under way', async () => {
    const { clock, advance } = standingClock()
    const queue = new RequestQueue(new RequestBudget({ start: 600, ceiling: 600 }, 0), clock, 2)
    const gone: string[] = []
    for (const name of ['a', 'b', 'c']) void queue.turn('write').then(() => gone.push(name))
    await advance(5)
    expect(gone).toEqual(['a', 'b'])
    queue.done('write')
    await advance(5)
    expect(gone).toEqual(['a', 'b', 'c'])
  })

  it('shows how many wait in each line and since when, and until when nothing may leave', async () => {
    const { queue, budget, ask, advance } = openQueue()
    expect(queue.inspect()).toEqual({
      queues: [],
      budget: { used: 0, limit: 60, ceiling: 60, growth: 0, refusals: 0 },
    })
    await advance(1_000)
    budget.refused(900, 1_000, 20_000)
    ask('first', 'write')
    await advance(500)
    ask('second', 'write')
    ask('third', 'sweep')
    const { queues, budget: shown } = queue.inspect()
    expect(queues).toEqual([
      { queue: 'write', depth: 2, oldestAt: 1_000 },
      { queue: 'sweep', depth: 1, oldestAt: 1_500 },
    ])
    expect(shown).toMatchObject({
      ...{ blockedUntil: 21_000, refusals: 1 },
      throttled: { since: 1_000, lastAt: 1_000, retryAfterMs: 20_000 },
    })
  })
})
