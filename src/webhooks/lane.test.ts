import { describe, expect, it } from 'vitest'
import type { Clock } from '../core/ports.ts'
import type { Tried } from './delivery-log.ts'
import { giveUpMs, Lane, mostWaiting } from './lane.ts'
import type { Attempt } from './post.ts'
import type { Dead, Subscription, Waiting } from './subscription.ts'

const subscription: Subscription = {
  ...{ tenant: 'contoso', id: 'wallboard', url: 'https://host.example/secret-path', secrets: ['s'] },
  ...{ people: undefined, systems: [] },
}

const down: Attempt = { taken: false, everybody: true, reason: 'it cannot be reached' }
const refused: Attempt = { taken: false, everybody: false, reason: 'it answered with status 400' }

/** Stands still until it is moved. */
function stepClock() {
  let now = 0
  const timers = new Map<() => void, number>()
  const clock: Clock = {
    wall: () => now,
    monotonic: () => now,
    after(delayMs, callback) {
      timers.set(callback, now + delayMs)
      return { cancel: () => void timers.delete(callback) }
    },
  }
  return {
    clock,
    timers,
    async advance(ms: number) {
      await settle()
      for (const end = now + ms; now < end; ) {
        const next = Math.min(end, ...timers.values())
        now = Math.max(now, next)
        for (const [callback, due] of [...timers]) if (due <= now && timers.delete(callback)) callback()
        await settle()
      }
    },
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

function openLane(answer: (waiting: Waiting) => Attempt | Promise<Attempt>) {
  const time = stepClock()
  const taken: string[] = []
  const dead: Dead[] = []
  const attempts: { id: string; at: number }[] = []
  const turns: (string | undefined)[] = []
  const tried: (Tried & { id: string })[] = []
  const lane = new Lane(subscription, {
    clock: time.clock,
    random: () => 1,
    async attempt(waiting) {
      attempts.push({ id: waiting.id, at: time.clock.monotonic() })
      return answer(waiting)
    },
    tried: ({ id }, one) => void tried.push({ id, ...one }),
    taken: ({ id }) => void taken.push(id),
    givenUp: (one) => void dead.push(one),
    turned: (trouble) => void turns.push(trouble),
  })
  let sequence = 0
  const put = (id: string, person = 'anna') => {
    sequence += 1
    const since = time.clock.wall()
    lane.put({ id, person, sequence, at: since, since, body: '{}' })
  }
  return { ...time, lane, put, taken, dead, attempts, turns, tried }
}

describe('a lane', () => {
  it('tells of every attempt: which it was, how long it took, and before when there is no other', async () => {
    let open: ((attempt: Attempt) => void) | undefined
    const { put, tried, advance } = openLane(
      () =>
        new Promise((resolve) => {
          open = resolve
        }),
    )
    put('a1')
    await advance(300)
    open?.(down)
    await advance(5_000)
    expect(tried).toEqual([{ id: 'a1', attempt: down, number: 1, at: 0, tookMs: 300, nextAt: 5_300 }])
    await advance(200)
    open?.({ taken: true, status: 204 })
    await settle()
    expect(tried[1]).toMatchObject({ number: 2, at: 5_300, tookMs: 200, nextAt: undefined })
    // What is given up is not tried again.
    put('b1')
    await advance(giveUpMs)
    open?.(refused)
    await settle()
    expect(tried[2]).toMatchObject({ id: 'b1', number: 1, attempt: refused, nextAt: undefined })
  })

  it('sends the events of a person one after the other, and of different people some at a time', async () => {
    const open: ((attempt: Attempt) => void)[] = []
    const { put, attempts, taken } = openLane(() => new Promise((resolve) => open.push(resolve)))
    for (const id of ['a1', 'a2']) put(id, 'anna')
    for (const id of ['b1', 'c1', 'd1', 'e1', 'f1']) put(id, id[0])
    expect(attempts.map(({ id }) => id)).toEqual(['a1', 'b1', 'c1', 'd1'])
    for (const done of open.splice(0)) done({ taken: true })
    await settle()
    expect(attempts.map(({ id }) => id).slice(4)).toEqual(['e1', 'f1', 'a2'])
    expect(taken).toEqual(['a1', 'b1', 'c1', 'd1'])
  })

  it('tries one event now and then, ever more rarely, while the receiver is out of order, and then goes on', async () => {
    let attempt: Attempt = down
    const { put, attempts, taken, advance, turns, lane } = openLane(() => attempt)
    for (const id of ['a1', 'b1', 'c1', 'd1']) put(id, id[0])
    await settle()
    const first = attempts.length
    await advance(60 * 60_000)
    const times = attempts.slice(first).map(({ at }) => at)
    const waits = times.map((at, index) => at - (times[index - 1] ?? 0)).slice(1)
    expect(waits.every((wait, index) => wait >= (waits[index - 1] ?? 0))).toBe(true)
    expect(Math.max(...waits)).toBe(15 * 60_000)
    expect(attempts.length).toBeLessThan(16)
    expect(lane.view()).toMatchObject({ waiting: 4, trouble: 'it cannot be reached', host: 'host.example' })
    attempt = { taken: true }
    await advance(16 * 60_000)
    expect(taken.toSorted()).toEqual(['a1', 'b1', 'c1', 'd1'])
    expect(turns).toEqual(['it cannot be reached', undefined])
    expect(lane.view()).not.toHaveProperty('trouble')
  })

  it('lets an event that is refused for itself wait with its person only', async () => {
    const { put, taken, advance } = openLane(({ id }) => (id === 'a1' ? refused : { taken: true }))
    put('a1')
    put('a2')
    put('b1', 'ben')
    await advance(60_000)
    put('b2', 'ben')
    await settle()
    expect(taken).toEqual(['b1', 'b2'])
  })

  it('gives an event up after a day, and what comes after it goes on', async () => {
    const { put, dead, taken, advance } = openLane(({ id }) => (id === 'a1' ? refused : { taken: true }))
    put('a1')
    put('a2')
    await advance(giveUpMs + 16 * 60_000)
    expect(dead).toMatchObject([{ id: 'a1', reason: 'it answered with status 400' }])
    expect(dead[0]!.attempts).toBeGreaterThan(90)
    expect(taken).toEqual(['a2'])
  })

  it('gives up everything that is a day old when the receiver stays away', async () => {
    const { put, dead, advance, lane } = openLane(() => down)
    put('a1')
    put('b1', 'ben')
    await advance(giveUpMs + 16 * 60_000)
    expect(dead.map(({ id }) => id).toSorted()).toEqual(['a1', 'b1'])
    expect(lane.view().waiting).toBe(0)
  })

  it('is bounded: the oldest are given up', async () => {
    const { put, dead, lane } = openLane(() => down)
    for (let each = 0; each < mostWaiting + 6; each += 1) put(`e${each}`, `p${each}`)
    await settle()
    expect(lane.view().waiting).toBeLessThanOrEqual(mostWaiting)
    expect(dead[0]).toMatchObject({ id: 'e4', reason: 'too many were waiting' })
  })

  it('waits as long as the receiver asks', async () => {
    const { put, attempts, advance } = openLane(() => ({ ...down, retryAfterMs: 120_000 }) as Attempt)
    put('a1')
    await advance(110_000)
    expect(attempts).toHaveLength(1)
    await advance(20_000)
    expect(attempts).toHaveLength(2)
  })

  it('keeps what waits when it stops, and leaves no timer', async () => {
    const { put, lane, timers, dead } = openLane(() => down)
    put('a1')
    await settle()
    await lane.stop()
    expect([timers.size, lane.view().waiting, dead]).toEqual([0, 1, []])
  })
})
