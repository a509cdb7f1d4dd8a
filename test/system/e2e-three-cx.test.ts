import { afterEach, describe, expect, test } from 'vitest'
import { type HubProcess, runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { followRegister, refuseInMidCall, settledMs } from './scenarios/register.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'
import { startThreeCxHub, type ThreeCxHub } from './three-cx-hub.ts'

const soonMs = 8_000

let world: ThreeCxHub
let hub: HubProcess | undefined
afterEach(async () => {
  await hub?.child.stop()
  hub = undefined
  await world.stop()
})

describe('3CX and Teams by the preset 3cx', () => {
  test('UN-05, SW-06, X-11: a call at the phone is In a call in Teams; when it ends, what was there before comes back', async () => {
    world = await startThreeCxHub()
    const anna = world.person('anna')
    for (const status of [null, 'BeRightBack/BeRightBack'] as const) {
      anna.status(status)
      await world.pass(settledMs)
      const before = anna.shown()
      world.lab.phones.start({ extension: '1001', direction: 'inbound', answer: false })
      await world.pass(2_000)
      expect(anna.shown()).toBe(before)
      world.lab.phones.answer('1001')
      await world.passUntil(() => anna.sessions() === 1, 'our session', 2_000)
      if (status === null) expect(anna.shown()).toBe(IN_A_CALL)
      await world.pass(settledMs)
      expect(world.profile('1001')).toBe(status === null ? 'Available' : 'Away')
      world.lab.phones.hangup('1001')
      await world.passUntil(() => anna.sessions() === 0 && anna.shown() === before, 'the end', 4_000)
    }
  })

  test('X-11: do not disturb in Teams is the profile Out of office; cleared on either side, both follow', async () => {
    world = await startThreeCxHub()
    const shows = (profile: string) => () => world.profile('1001') === profile
    await followRegister(
      world,
      {
        silent: shows('Out of office'),
        free: shows('Available'),
        pick: (silent) => world.pick('1001', silent ? 'Out of office' : 'Available'),
      },
      soonMs,
    )
  })

  test('G-02: the connection is lost in mid-call: nothing ends before it is known, and then at once', async () => {
    world = await startThreeCxHub()
    await refuseInMidCall(world, '3cx')
  })

  test('X-09: what office hours switch does not count as the person’s: do not disturb from Teams stands', async () => {
    world = await startThreeCxHub({
      prepare: ({ users }) =>
        users.change('1001', {
          officeHours: ['AutoSwitchProfiles'],
          hours: {
            Type: 'SpecificHours',
            Periods: [{ DayOfWeek: 'Monday', Start: '08:00:00', Stop: '17:00:00' }],
          },
        }),
    })
    const anna = world.person('anna')
    anna.status(DND)
    await world.passUntil(() => world.profile('1001') === 'Out of office', 'the profile', soonMs)
    await world.pass(60_000)
    world.pick('1001', 'Available')
    await world.pass(settledMs)
    expect([world.profile('1001'), anna.shown()]).toEqual(['Out of office', DND])
    await world.pass(180_000)
    world.pick('1001', 'Available')
    await world.passUntil(() => anna.shown() === FREE, 'a person’s change, long after eight', soonMs)
  })
})

test('G-02: killed in mid-write and started again, and release with the hub stopped: the profile is Available', async () => {
  const port = await findFreePort()
  world = await startThreeCxHub({ process: { port } })
  const file = writeConfigFile(world.data, world.text)
  hub = await startHubProcess(file)
  await hub.ready()
  const anna = world.person('anna')
  anna.status(DND)
  await until(() => world.profile('1001') === 'Out of office', 'the profile')
  await hub.child.kill()
  anna.status(null)
  hub = await startHubProcess(file)
  await until(() => world.profile('1001') === 'Available', 'taken back after the start')
  anna.status(DND)
  await until(() => world.profile('1001') === 'Out of office', 'the profile again')
  await hub.child.kill()
  const { code, output } = await runCommand('release', '--all', '--config', file)
  expect(output).toContain('0 remaining')
  expect([code, world.profile('1001')]).toEqual([0, 'Available'])
  expect(output).not.toContain('lab-secret')
})
