import { afterEach, describe, test } from 'vitest'
import { startThreeCx } from '../../src/lab/three-cx/server.ts'
import { startVodia } from '../../src/lab/vodia/server.ts'
import { startLabHub } from './e2e/lab-hub.ts'
import { startWorld } from './e2e/world.ts'
import * as calls from './scenarios/many-parties.ts'

let office: (calls.Office & { stop(): Promise<void> }) | undefined
afterEach(async () => {
  await office?.stop()
  office = undefined
})

/** Asterisk tells of channels and bridges, 3CX of participants that know no hold. */
const systems = {
  Asterisk: () => startWorld({ stopped: true }),
  '3CX': () => startLabHub('3cx', startThreeCx),
}

describe.each(Object.entries(systems))('calls of more than two at %s', (_, start) => {
  const inOffice = async (scenario: (office: calls.Office) => Promise<void>) => {
    office = await start()
    await scenario(office)
  }

  test('G-05, X-15: a ring group: only who answers is In a call', () =>
    inOffice((one) => calls.ringGroup(one, 'does not count')))

  test('G-05, X-15: a ring group that nobody answers shows nothing', () => inOffice(calls.ringGroupGivenUp))

  test('G-05: a parked call is nobody’s, until somebody else picks it up', () =>
    inOffice(calls.parkAndPickUp))

  test('G-05: a conference of three: who opened it leaves; each is In a call until the own last leg ends', () =>
    inOffice(calls.conference))

  test('G-05: a conference that a phone holds together ends for all but who talks elsewhere', () =>
    inOffice(calls.conferenceAtAPhone))

  test('G-05: call waiting: In a call from the first call to the end of the last, written once', () =>
    inOffice(calls.callWaiting))

  test('G-05: a blind transfer: In a call goes over with the answer, without flicker', () =>
    inOffice(calls.blindTransfer))

  test('G-05: an attended transfer: In a call goes over without flicker, written once each', () =>
    inOffice(calls.attendedTransfer))
})

describe('where ringing counts', () => {
  test('G-05, X-15: a ring group at Asterisk: all three are In a call while it rings, then who answered', async () => {
    office = await startWorld({ stopped: true, links: [{ from: 'pbx', to: 'teams', ringing: true }] })
    await calls.ringGroup(office, 'counts')
  })

  test('G-05, VO-22: a ring group at Vodia, by its preset', async () => {
    office = await startLabHub('vodia', (world) => startVodia(world))
    await calls.ringGroup(office, 'counts')
  })
})
