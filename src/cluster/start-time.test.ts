import { expect, test } from 'vitest'
import { VirtualClock } from '../../test/sim/virtual-clock.ts'
import type { Log } from '../core/ports.ts'
import { findStartTime } from './start-time.ts'

const began = 1_800_000_000_000

/** `offMs`: of the machine's wall clock; the store takes `tookMs` to answer, half of it on the way back. */
async function begin(offMs: number, tookMs: number) {
  const clock = new VirtualClock(began + offMs)
  const warned: unknown[] = []
  const silent = () => {}
  const log: Log = {
    ...{ debug: silent, info: silent, error: silent, with: () => log },
    warn: (_, fields) => void warned.push(fields),
  }
  const start = findStartTime(clock, log, async () => {
    await clock.advance(tookMs)
    return began + tookMs / 2
  })
  return { ...(await start), warned }
}

test('a wall clock that agrees with the store is used as it is, however long the answer takes', async () => {
  expect(await begin(40, 10)).toMatchObject({ wall: began + 50, warned: [] })
  expect(await begin(0, 9_000)).toMatchObject({ wall: began + 9_000, warned: [] })
})

test('a hub that begins while its wall clock is wrong goes by the clock of the store, and says so', async () => {
  for (const offMs of [7_200_000, -7_200_000, 60_000]) {
    const { wall, monotonic, warned } = await begin(offMs, 100)
    expect(wall).toBe(began + 100)
    expect(monotonic).toBe(100)
    expect(warned).toHaveLength(1)
  }
})
