import { afterAll, beforeAll, expect, test } from 'vitest'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'
import { type Baresip, startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { type Kamailio, passwordOf, startKamailio } from './support/kamailio.ts'

let kamailio: Kamailio
let world: World
const phones: Baresip[] = []

beforeAll(async () => {
  kamailio = await startKamailio()
  // People have addresses at the PBX only; the lamps of the same extensions are at Kamailio, with real phones.
  world = await startWorld({
    people: samplePeople().slice(0, 3),
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

const shown = (name: string) => world.person(name).shown()

test('G-02, SW-05: real phones at Kamailio speak while AMI is cut, and AMI counts before and after', async () => {
  const { ami, phone, system } = world
  const [anna, ben] = await Promise.all(['1001', '1002'].map((each) => startBaresip(kamailio.port, each)))
  phones.push(anna!, ben!)
  const desk = phone('1001')
  await anna!.command('dial', 'sip:1002@pbx.test')
  await ben!.heard('CALL_INCOMING')
  await ben!.command('accept')
  desk.dial()
  await until(() => shown('anna') === IN_A_CALL, 'In a call')
  await until(() => system('ben', 'lamps').native?.label === 'In a call', 'the lamp of Ben to be lit')
  // The emulated PBX knows of no call of Ben's, and it is heard.
  expect(shown('ben')).toBe(FREE)
  ami.refuse(true)
  await until(() => !system('anna', 'pbx').synced, 'the PBX to be missed', 60_000)
  await until(() => shown('ben') === IN_A_CALL, 'Ben In a call, by the lamp')
  expect(shown('anna')).toBe(IN_A_CALL)
  desk.hangup()
  await anna!.command('hangup')
  await until(() => shown('anna') === FREE && shown('ben') === FREE, 'both Available, by their lamps')
  ami.refuse(false)
  await until(() => system('anna', 'pbx').synced, 'the PBX to be heard again', 60_000)
  expect([shown('anna'), shown('ben')]).toEqual([FREE, FREE])
})
