import { expect, test } from 'vitest'
import { ConnectorFailure, type ConnectorInstance } from '../core/connector.ts'
import type { Clock, Log } from '../core/ports.ts'
import { Starts } from './starts.ts'
import { Supervisor } from './supervisor.ts'

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, with: () => silent }

/** A clock whose timers are fired by hand, oldest first. */
function handClock() {
  const waiting: { delayMs: number; callback: () => void }[] = []
  const now = { wall: 0 }
  const clock: Clock = {
    wall: () => now.wall,
    monotonic: () => 0,
    after(delayMs, callback) {
      waiting.push({ delayMs, callback })
      return { cancel() {} }
    },
  }
  return { clock, now, timers: waiting }
}

/** A connector whose instances start once each and say so; the first ones fail. */
function supervise(
  failures: readonly ConnectorFailure[],
  { many = 0, stops = true }: { many?: number; stops?: boolean } = {},
) {
  const left = [...failures]
  const made: { starts: number; stops: number; isCurrent: () => boolean }[] = []
  const lost: number[] = []
  const { clock, now, timers } = handClock()
  const starts = new Starts(clock)
  const others = Array.from({ length: many }, () => Promise.withResolvers<void>())
  for (const { promise } of others) void starts.run(() => promise)
  const supervisor: Supervisor = new Supervisor(
    {
      id: 'pbx',
      create(isCurrent) {
        const one = { starts: 0, stops: 0, isCurrent }
        made.push(one)
        const say = (state: 'starting' | 'up' | 'stopped') => {
          if (isCurrent()) supervisor.setHealth({ state })
        }
        const instance: ConnectorInstance = {
          async start() {
            one.starts += 1
            say('starting')
            if (one.stops > 0) throw new Error('it was stopped')
            const failure = left.shift()
            if (failure) throw failure
            say('up')
          },
          async stop() {
            one.stops += 1
            if (!stops) throw new Error('it could not be stopped')
            say('stopped')
          },
          follow() {},
          resync() {},
        }
        return instance
      },
      addresses: () => [],
      lost: () => lost.push(made.length),
    },
    { clock, log: silent, random: () => 0, ...(many > 0 && { starts }) },
  )
  return { supervisor, made, lost, now, timers, others }
}

test('G-02: an instance that failed to start is stopped, and a new one is started in its place', async () => {
  const { supervisor, made, lost, timers } = supervise([
    new ConnectorFailure('not-ready', 'it does not answer', { fix: 'look at the network' }),
    new ConnectorFailure('rate-limited', 'not so fast', { retryAfterMs: 7_000 }),
  ])
  await supervisor.start()
  expect(supervisor.health).toMatchObject({
    state: 'down',
    detail: 'it does not answer',
    fix: 'look at the network',
  })
  expect(made.map(({ starts, stops, isCurrent }) => [starts, stops, isCurrent()])).toEqual([
    [1, 1, false],
    [0, 0, true],
  ])
  timers[0]!.callback()
  await expect.poll(() => supervisor.health.detail).toBe('not so fast')
  await expect.poll(() => timers[1]?.delayMs).toBe(7_000)
  timers[1]!.callback()
  await expect.poll(() => supervisor.health.state).toBe('up')
  expect(made.map(({ starts, stops }) => [starts, stops])).toEqual([
    [1, 1],
    [1, 1],
    [1, 0],
  ])
  expect(lost).toHaveLength(2)
})

test('a wrong password is tried again only after a quarter of an hour', async () => {
  const { supervisor, timers } = supervise([new ConnectorFailure('auth-failed', 'wrong password')])
  await supervisor.start()
  expect(supervisor.health.state).toBe('down')
  expect(timers[0]!.delayMs).toBe(15 * 60_000)
})

test('what waits for its turn among many says so, and is starting since its turn came', async () => {
  const { supervisor, now, others } = supervise([], { many: 50 })
  expect(supervisor.waits).toBe(true)
  const started = supervisor.start()
  now.wall = 600_000
  await new Promise((resolve) => setImmediate(resolve))
  expect(supervisor.waits).toBe(true)
  others[0]!.resolve()
  await started
  expect(supervisor.waits).toBe(false)
  expect(supervisor.health).toEqual({ state: 'up', since: 600_000 })
})

test('stopping stops the instance there is, and nothing is started after it', async () => {
  const { supervisor, made } = supervise([new ConnectorFailure('not-ready', 'it does not answer')])
  await supervisor.start()
  await supervisor.stop()
  await supervisor.stop()
  expect(supervisor.health.state).toBe('stopped')
  expect(made.map(({ starts }) => starts)).toEqual([1, 0])
})

test('what tries again is down since it first was, until it is up', async () => {
  const failure = () => new ConnectorFailure('not-ready', 'nobody listens at 127.0.0.1:5038')
  const { supervisor, now, timers } = supervise([failure(), failure()])
  now.wall = 1_000
  await supervisor.start()
  const down = { state: 'down', since: 1_000, detail: 'nobody listens at 127.0.0.1:5038' }
  expect(supervisor.health).toMatchObject(down)
  now.wall = 60_000
  timers.shift()!.callback()
  expect(supervisor.health).toMatchObject(down)
  await expect.poll(() => timers.length).toBe(1)
  expect(supervisor.health).toMatchObject(down)
  now.wall = 120_000
  timers.shift()!.callback()
  await expect.poll(() => supervisor.health).toEqual({ state: 'up', since: 120_000 })
})

test('an instance that throws when it is stopped holds up neither the one in its place nor the end', async () => {
  const { supervisor, made, timers } = supervise([new ConnectorFailure('not-ready', 'away')], {
    stops: false,
  })
  await supervisor.start()
  for (const { callback } of timers.splice(0)) callback()
  await new Promise((resolve) => setImmediate(resolve))
  expect(made.map(({ starts, stops }) => [starts, stops])).toEqual([
    [1, 1],
    [1, 0],
  ])
  await supervisor.stop()
  expect(supervisor.health.state).toBe('stopped')
})
