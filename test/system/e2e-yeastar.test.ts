import { afterEach, describe, expect, test } from 'vitest'
import { type HubProcess, runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startYeastarHub, type YeastarHub } from './e2e/yeastar-hub.ts'
import { followRegister, refuseInMidCall, settledMs } from './scenarios/register.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

const soonMs = 5_000

let world: YeastarHub
let hub: HubProcess | undefined
afterEach(async () => {
  await hub?.child.stop()
  hub = undefined
  await world.stop()
})

describe('Yeastar and Teams by the default preset', () => {
  test('X-16, G-04: a call at the phone is In a call in Teams, held too; when it ends, what was there before comes back', async () => {
    world = await startYeastarHub()
    const anna = world.person('anna')
    for (const status of [null, 'Away/Away'] as const) {
      anna.status(status)
      await world.pass(settledMs)
      const before = anna.shown()
      world.lab.phones.start({ extension: '1001', direction: 'inbound', answer: false })
      await world.pass(2_000)
      expect(anna.shown()).toBe(before)
      world.lab.phones.answer('1001')
      if (status === null) {
        await world.passUntil(() => anna.shown() === IN_A_CALL, 'In a call', 2_000)
        world.lab.phones.hold('1001', true)
        await world.pass(settledMs, () => expect(anna.shown()).toBe(IN_A_CALL))
      } else await world.pass(settledMs, () => expect(anna.shown()).toBe(before))
      world.lab.phones.hangup('1001')
      await world.passUntil(() => anna.sessions() === 0 && anna.shown() === before, 'the end', soonMs)
    }
    expect(world.writes()).toEqual([])
  })

  test('G-01: do not disturb in Teams is written at the extension; cleared on either side, both follow', async () => {
    world = await startYeastarHub()
    const shows = (presence: string) => () => world.presence('1001') === presence
    await followRegister(
      world,
      {
        silent: shows('do_not_disturb'),
        free: shows('available'),
        pick: (silent) => world.pick('1001', silent ? 'do_not_disturb' : 'available'),
      },
      soonMs,
    )
    expect(world.writes()).toEqual(['do_not_disturb', 'available', 'do_not_disturb', 'available'])
  })

  test('G-04: lunch at the extension is lunch again after do not disturb, and goes to nobody', async () => {
    world = await startYeastarHub()
    const anna = world.person('anna')
    world.pick('1001', 'lunch')
    await world.pass(settledMs)
    expect(anna.shown()).toBe(FREE)
    anna.status(DND)
    await world.passUntil(() => world.presence('1001') === 'do_not_disturb', 'the extension', soonMs)
    await world.pass(settledMs)
    anna.status(null)
    await world.passUntil(() => world.presence('1001') === 'lunch', 'lunch', soonMs)
    await world.pass(settledMs)
    expect([anna.shown(), world.presence('1001')]).toEqual([FREE, 'lunch'])
  })

  test('G-02: the connection is lost in mid-call: nothing ends before it is known, and then at once', async () => {
    world = await startYeastarHub()
    await refuseInMidCall(world, 'yeastar')
  })
})

test('signed webhooks in the place of the WebSocket: a call and a presence reach Teams as well', async () => {
  const secret = 'a-webhook-secret-of-32-characters'
  world = await startYeastarHub({ settings: { events: 'webhook', webhookSecret: secret } })
  const { pbx, lab, passUntil } = world
  pbx.events.webhooks.add(`${world.hub().url}/hooks/contoso/pbx`, secret)
  const anna = world.person('anna')
  lab.phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL, 'In a call', soonMs)
  lab.phones.hangup('1001')
  await passUntil(() => anna.shown() === FREE, 'the end', soonMs)
  world.pick('1001', 'do_not_disturb')
  await passUntil(() => anna.shown() === DND, 'do not disturb', soonMs)
  expect([pbx.events.connections, pbx.events.webhooks.failures]).toEqual([0, 0])
})

test('G-02: killed in mid-write and started again, and release with the hub stopped: the extension is available', async () => {
  const port = await findFreePort()
  world = await startYeastarHub({ process: { port } })
  const file = writeConfigFile(world.data, world.text)
  hub = await startHubProcess(file)
  await hub.ready()
  const anna = world.person('anna')
  anna.status(DND)
  await until(() => world.presence('1001') === 'do_not_disturb', 'the extension')
  await hub.child.kill()
  anna.status(null)
  hub = await startHubProcess(file)
  await until(() => world.presence('1001') === 'available', 'taken back after the start')
  anna.status(DND)
  await until(() => world.presence('1001') === 'do_not_disturb', 'the extension again')
  await hub.child.kill()
  const { code, output } = await runCommand('release', '--all', '--config', file)
  expect(output).toContain('0 remaining')
  expect([code, world.presence('1001')]).toEqual([0, 'available'])
  expect(output).not.toContain('lab-secret')
})
