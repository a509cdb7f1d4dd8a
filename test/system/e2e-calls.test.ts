import { afterEach, beforeEach, test } from 'vitest'
import { startWorld, type World } from './e2e/world.ts'
import * as calls from './scenarios/calls.ts'

let world: World
beforeEach(async () => {
  world = await startWorld({ stopped: true })
})
afterEach(async () => {
  await world.stop()
})

test('SW-06, G-01: on a Teams call and a phone call at once: in a call until the last of them ends, whichever it is', () =>
  calls.teamsCallAndPhoneCall(world))

test('G-01: a Teams call that begins in the shadow of our own ends when it ends', () =>
  calls.teamsCallInOurShadow(world))

test('G-01: the own echo does not lift do not disturb at the phone', () =>
  calls.ownEchoAndDoNotDisturb(world))

test('G-01: a late read of our own call, after it was cleared, is no Teams call', async () => {
  Object.assign(world.lab.switches, { readLagMs: 10_000, sequenceNumber: false })
  await calls.lateReadOfOwnCall(world)
})

test('G-05: two calls, hold and a transfer: in a call without a gap, until the last leg ends', () =>
  calls.holdAndTransfer(world))

test('SW-05, G-05: two extensions of one person: calls count together, do not disturb goes to both', () =>
  calls.twoExtensions(world))

test('SW-05, G-05: an internal call shows at both ends and is taken back at both', () =>
  calls.internalCall(world))

test('G-03: a call of half an hour is refreshed at half life and taken back at its end', () =>
  calls.halfAnHour(world))
