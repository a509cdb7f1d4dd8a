import { afterEach, expect, test } from 'vitest'
import { DND, FREE } from './e2e/lab-people.ts'
import { type SalesforceHub, startSalesforceHub } from './salesforce-hub.ts'

let world: SalesforceHub
afterEach(() => world.stop())

const promiseMs = 7_000
const settledMs = 20_000
/** Small, so that what takes a busy machine a while takes little of the clock's time. */
const stepMs = 25

/** How long it takes until that is seen, milliseconds of the clock. */
async function delayOf(seen: () => boolean): Promise<number> {
  for (let ms = 0; ms <= promiseMs; ms += stepMs) {
    if (seen()) return ms
    await world.pass(stepMs)
  }
  return Number.POSITIVE_INFINITY
}

test('MM-02: a change in the CRM shows in Teams within 7 s, and one in Teams in the CRM', async () => {
  world = await startSalesforceHub('salesforce')
  const anna = world.person('anna')
  world.pick('anna', 'Available')
  await world.pass(settledMs)
  world.pick('anna', 'Do Not Disturb')
  expect(await delayOf(() => anna.shown() === DND)).toBeLessThanOrEqual(promiseMs)
  await world.pass(settledMs)
  world.pick('anna', 'Available')
  expect(await delayOf(() => anna.shown() === FREE)).toBeLessThanOrEqual(promiseMs)
  await world.pass(settledMs)
  anna.status(DND)
  expect(await delayOf(() => world.status('anna') === 'Do Not Disturb')).toBeLessThanOrEqual(promiseMs)
  await world.pass(settledMs)
  anna.status(null)
  expect(await delayOf(() => world.status('anna') === 'Available')).toBeLessThanOrEqual(promiseMs)
})
