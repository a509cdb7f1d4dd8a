import { afterAll, beforeAll, expect, test } from 'vitest'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { report } from './e2e/measure.ts'
import { isHeard, samplePeople, startWorld, type World } from './e2e/world.ts'
import { type Baresip, startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { type Kamailio, passwordOf, startKamailio } from './support/kamailio.ts'
import { registerPhone, startSipp } from './support/sipp.ts'

let kamailio: Kamailio
let world: World
const phones: Baresip[] = []

beforeAll(async () => {
  kamailio = await startKamailio()
  // The PBX of this hub is Kamailio alone; the lab's emulated phones are nobody's.
  world = await startWorld({
    people: samplePeople().map(({ upn, addresses }) => ({ upn, addresses: { lamps: addresses.pbx! } })),
    links: [{ from: 'lamps', to: 'teams' }],
    lamps: {
      ...{ server: `127.0.0.1:${kamailio.port}`, transport: 'tcp', domain: kamailio.domain },
      ...{ username: 'hub', password: passwordOf('hub') },
    },
  })
})
afterAll(async () => {
  for (const phone of phones) await phone.stop()
  await world?.stop()
  await kamailio?.stop()
})

const shown = (pair: string, ...names: string[]) => names.every((name) => world.person(name).shown() === pair)

test('SW-05, SW-06, SW-30, VO-06: two softphones call each other through Kamailio: both people are In a call in Teams, and come back', async () => {
  const [anna, ben] = await Promise.all(['1001', '1002'].map((each) => startBaresip(kamailio.port, each)))
  phones.push(anna!, ben!)
  await anna!.command('dial', 'sip:1002@pbx.test')
  await ben!.heard('CALL_INCOMING')
  // It rings at Ben's: that alone is no call of Ben's.
  await until(
    () => world.view('ben').systems.some(({ native }) => native?.ringing),
    'the hub to hear it ring',
  )
  expect(shown(FREE, 'ben')).toBe(true)
  const starts = await world.timed(
    () => void ben!.command('accept'),
    () => shown(IN_A_CALL, 'anna', 'ben'),
    { name: 'ben', what: 'both In a call', ms: 3_000 },
  )
  const ends = await world.timed(
    () => void anna!.command('hangup'),
    () => shown(FREE, 'anna', 'ben'),
    { name: 'ben', what: 'both Available', ms: 3_000 },
  )
  report(
    'a call between real phones through Kamailio: Teams shows its begin and its end',
    [starts, ends],
    3_000,
  )
  expect(Math.max(starts, ends)).toBeLessThanOrEqual(3_000)
})

test('SW-05, SW-06: the same with SIPp, and a restart of Kamailio in between', async () => {
  const call = async () => {
    const port = await registerPhone(kamailio.port, '1005')
    const called = await startSipp({ scenario: 'answer', pbx: kamailio.port, extension: '1005', port })
    const caller = await startSipp({
      ...{ scenario: 'call', pbx: kamailio.port, extension: '1003', to: '1005', pauseMs: 4_000 },
    })
    await until(
      () => shown(IN_A_CALL, 'chiara', 'elif'),
      () => `both In a call\n${caller.output()}\n${called.output()}`,
    )
    expect(await caller.ended).toBe(0)
    await until(() => shown(FREE, 'chiara', 'elif'), 'both Available')
  }
  await call()
  await kamailio.kill()
  await kamailio.start()
  await until(() => world.hub().port.people().every(isHeard), 'everyone to be heard again', 60_000)
  await call()
})
