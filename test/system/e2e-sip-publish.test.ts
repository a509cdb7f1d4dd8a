import { afterAll, beforeAll, expect, test } from 'vitest'
import { DND, FREE } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'
import { type Baresip, startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { type Kamailio, passwordOf, startKamailio } from './support/kamailio.ts'

let kamailio: Kamailio
let world: World
let softphone: Baresip

beforeAll(async () => {
  kamailio = await startKamailio()
  world = await startWorld({
    people: samplePeople().map(({ upn, addresses }) => ({ upn, addresses: { lamps: addresses.pbx! } })),
    links: [
      { from: 'teams', to: 'lamps' },
      { from: 'lamps', to: 'teams' },
    ],
    lamps: {
      ...{ server: `127.0.0.1:${kamailio.port}`, transport: 'tcp', domain: kamailio.domain },
      ...{ username: 'hub', password: passwordOf('hub'), publish: true, events: ['dialog', 'presence'] },
    },
  })
  softphone = await startBaresip(kamailio.port, '1002', ['1001'])
})
afterAll(async () => {
  await softphone?.stop()
  await world?.stop()
  await kamailio?.stop()
})

const shows = (status: string) =>
  until(
    async () => softphone.contacts().includes(status),
    () => `the softphone to show ${status}: ${softphone.contacts()}\n${world.log.slice(-20).join('')}`,
  )

/** Nothing of ours is shown any more: that was taken back, and the softphone was told. */
const showsNothing = () =>
  until(
    async () => !softphone.contacts().includes('Busy'),
    () => `Busy to go: ${softphone.contacts()}\n${world.log.slice(-20).join('')}`,
  )

test('SW-01: a softphone of the PBX shows what its colleague does in Teams: a call, do not disturb, nothing any more', async () => {
  const anna = world.person('anna')
  anna.teamsCall(true)
  await shows('Busy')
  const slot = () => world.target('anna', 'lamps', 'presence')
  await until(() => slot()?.status === 'applied', 'the board to show it')
  // What was published is heard again by the same connector, and is not taken for a call of the phone's.
  expect(anna.sessions()).toBe(0)
  anna.teamsCall(false)
  await until(() => slot()?.status === 'idle', 'the call to be taken back')
  await showsNothing()
  anna.status(DND)
  await shows('Busy')
  expect((await world.hub().port.release(anna.upn)).remaining).toBe(0)
  await until(() => slot()?.status === 'idle', 'it to be released')
  await showsNothing()
  expect([anna.sessions(), anna.shown()]).toEqual([0, DND])
  anna.status(null)
  await until(() => anna.shown() === FREE, 'Available')
})
