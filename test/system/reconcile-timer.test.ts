import { expect, test } from 'vitest'
import { AVAILABLE, BUSY } from '../../src/core/presence.ts'
import { started as startedSwitch } from './freeswitch-world.ts'
import { changeTopic, started as startedCrm } from './salesforce-world.ts'
import { started as startedThreeCx } from './three-cx-world.ts'

/** A moment past the time between two readings, which is short enough for no line to be taken for dead meanwhile. */
const aMoment = 200

test('G-02: 3CX: a call whose event was lost is found by the next reading', async () => {
  const reconcileSeconds = 5
  const { pbx, phones, clock, until, legs, requests } = await startedThreeCx({ reconcileSeconds })
  const opened = () => requests.since(0).filter(({ path }) => path.includes('/callcontrol/ws')).length
  const before = opened()
  pbx.calls.say = () => {}
  phones.start({ extension: '1001' })
  clock.advance(reconcileSeconds * 1_000 + aMoment)
  await until(() => legs('1001') === 'confirmed outbound external', 'the call')
  // A line that opens again would have read everything too.
  expect(opened()).toBe(before)
})

test('G-02: FreeSWITCH: a channel whose events were lost is found by the next reading', async () => {
  const reconcileSeconds = 5
  const { system, phones, clock, until, legs } = await startedSwitch({ reconcileSeconds })
  system.settings.mute = true
  phones.start({ extension: '1001' })
  clock.advance(reconcileSeconds * 1_000 + aMoment)
  await until(() => legs('1001') === 'confirmed outbound external', 'the call')
  expect(system.signIns()).toBe(1)
})

test('G-02: Salesforce: a status whose change event was lost is found by the next reading while events stream', async () => {
  const reconcileSeconds = 20
  const { crm, clock, pick, seen, until, recording } = await startedCrm({ reconcileSeconds })
  await until(() => recording.health()?.state === 'up' && crm.streams() === 2, 'the streams')
  const topic = crm.bus.topic(changeTopic)!
  topic.listeners.clear()
  pick('anna', 'Busy')
  clock.advance(reconcileSeconds * 1_000 + aMoment)
  await until(() => seen('anna') === BUSY, 'the status')
  pick('anna', 'Available')
  clock.advance(reconcileSeconds * 1_000 + aMoment)
  await until(() => seen('anna') === AVAILABLE, 'the next one')
  // Nobody has subscribed again, which would have read everyone too.
  expect([topic.listeners.size, crm.streams()]).toEqual([0, 2])
})
