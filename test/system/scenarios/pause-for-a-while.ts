import { expect } from 'vitest'
import { DND } from '../e2e/lab-people.ts'
import type { NetSapiensHub } from '../e2e/netsapiens-hub.ts'
import { settledMs } from './phone-system.ts'

/** With `pauseMinutes: 5` a pause ends after its interval although Teams still says so, and begins with the next event. */
export async function pauseForAWhile(world: NetSapiensHub, soonMs: number): Promise<void> {
  const { passUntil, pass, person, dnd } = world
  const anna = person('anna')
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the pause', soonMs)
  await pass(4 * 60_000, () => expect(dnd('1001')).toBe(true))
  await passUntil(() => !dnd('1001'), 'the pause to end', 90_000)
  await pass(10 * 60_000, () => expect([dnd('1001'), anna.shown()]).toEqual([false, DND]))
  anna.status(null)
  await pass(settledMs)
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the next pause', soonMs)
}
