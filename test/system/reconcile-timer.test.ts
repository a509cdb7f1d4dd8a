import { afterEach, expect, test, vi } from 'vitest'
import { startPhoneAgent } from '../../src/apps/phone-agent/start.ts'
import { agent } from '../../src/connectors/agent/definition.ts'
import { reconcileMs } from '../../src/connectors/agent/instance.ts'
import { AVAILABLE, BUSY } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { recordingContext } from '../contract/context.ts'
import { openDoor } from './agent-door.ts'
import { started as startedSwitch } from './freeswitch-world.ts'
import { changeTopic, started as startedCrm } from './salesforce-world.ts'
import { started as startedThreeCx } from './three-cx-world.ts'

/** A moment past the time between two readings, which is short enough for no line to be taken for dead meanwhile. */
const aMoment = 200

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

test('G-02: agents: a call of which an agent forgot to tell is found by the next reading', async () => {
  const clock = new LabClock({ running: false })
  const phones = new Phones(clock)
  const requests = new RequestLog(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller' })
  const door = await openDoor()
  closers.push(() => door.close())
  const { context, feeds } = recordingContext({ clock, callbackUrl: door.url })
  const token = 'a-token-of-the-site-agent'
  const heartbeatSeconds = 60
  const agents = [{ id: 'site', token, addresses: ['1*'] }]
  const instance = door.put(agent.create({ agents, heartbeatSeconds }, context))
  closers.push(() => instance.stop())
  const starting = instance.start(['1001'])
  const site = await startPhoneAgent({ clock, phones, requests, hub: door.url, id: 'site', token })
  closers.push(() => site.stop())
  await starting
  const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 60_000, interval: 2 })
  const renewals = () => feeds.events.filter(({ type }) => type === 'renewed').length
  const reads = () => requests.since(0).length
  const before = reads()
  site.client.observed = () => {}
  phones.start({ extension: '1001' })
  // A heartbeat at a time, so that the agent is not missed meanwhile.
  for (let passed = 0; passed < reconcileMs; passed += heartbeatSeconds * 1000) {
    const renewed = renewals()
    expect([reads(), feeds.dialogs('1001')]).toEqual([before, []])
    clock.advance(heartbeatSeconds * 1000)
    await until(() => expect(renewals()).toBeGreaterThan(renewed))
    // The hub has heard the agent, and its answer is on the way.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  clock.advance(aMoment)
  await until(() => expect(feeds.dialogs('1001')).toMatchObject([{ state: 'confirmed' }]))
  expect([reads(), site.statuses.length]).toEqual([before + 1, 1])
})

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
