import { expect } from 'vitest'
import { DND, FREE } from '../e2e/lab-people.ts'
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

/** Anna's phone is paused: the pause ends with Teams; the next one at the phone, whose key goes nowhere by the preset. */
export async function clearOnEitherSide(world: NetSapiensHub, soonMs: number): Promise<void> {
  const { passUntil, pass, person, dnd, phones } = world
  const anna = person('anna')
  await pass(settledMs)
  anna.status(null)
  await passUntil(() => !dnd('1001'), 'the phone to follow back', soonMs)
  await pass(settledMs)

  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow again', soonMs)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await pass(settledMs, () => expect(dnd('1001')).toBe(false))
  // By the preset nothing but calls goes from the phone to Teams.
  expect(anna.shown()).toBe(DND)
  anna.status(null)
  await pass(settledMs)
  phones.setDnd('1001', true)
  await pass(settledMs, () => expect([anna.shown(), dnd('1001')]).toEqual([FREE, true]))
}
