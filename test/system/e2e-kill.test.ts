import { rmSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { LoggedRequest } from '../../src/lab/request-log.ts'
import type { HubSettings } from './e2e/config.ts'
import { type HubProcess, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

const worlds: World[] = []
const hubs: HubProcess[] = []
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.child.kill()
  for (const world of worlds.splice(0)) await world.stop()
})

/** A lab in this process, and the hub in one of its own, so that it can be killed. */
async function open() {
  const world = await startWorld({ withoutHub: true })
  worlds.push(world)
  const start = async (change: Partial<HubSettings> = {}) => {
    const hub = await startHubProcess(writeConfigFile(world.data, world.text({ data: './store', ...change })))
    hubs.push(hub)
    await hub.ready()
    return hub
  }
  const loseLedger = () => rmSync(`${world.data}/store`, { recursive: true, force: true })
  return { world, start, loseLedger }
}

const kill = (hub: HubProcess) => hub.child.kill()
const soon = 8_000

test('G-02: killed in mid-call and started again: the call stays shown, is written once more at most, and ends', async () => {
  const { world, start } = await open()
  const teams = world.person('anna')
  const hub = await start()
  world.phone('1001').dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call')
  await kill(hub)
  expect(teams.shown()).toBe(IN_A_CALL)
  const again = await start()
  await until(
    async () => (await again.person(teams.upn)).state.label === 'In a call',
    'the hub to know the call',
  )
  expect(teams.shown()).toBe(IN_A_CALL)
  world.phone('1001').hangup()
  await until(() => teams.shown() === FREE && teams.sessions() === 0, 'Available', soon)
  const written = teamsWrites(world.lab, 0, teams.upn).map(callOf)
  expect(written.length).toBeLessThanOrEqual(3)
  expect(written.at(-1)).toBe('clearPresence')
})

test('G-02: killed in mid-call, the call ends while the hub is down: Teams is cleared after the start', async () => {
  const { world, start } = await open()
  const teams = world.person('anna')
  const hub = await start()
  world.phone('1001').dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call')
  await kill(hub)
  world.phone('1001').hangup()
  await start()
  await until(() => teams.shown() === FREE && teams.sessions() === 0, 'Teams to be cleared', soon)
})

test('G-02, G-03: killed in mid-call with the ledger lost: the session is taken up again, and ends with the call', async () => {
  const { world, start, loseLedger } = await open()
  const teams = world.person('anna')
  const hub = await start()
  world.phone('1001').dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call')
  await kill(hub)
  loseLedger()
  const again = await start()
  await until(
    async () => (await again.person(teams.upn)).state.label === 'In a call',
    'the hub to know the call',
  )
  world.phone('1001').hangup()
  await until(() => teams.shown() === FREE && teams.sessions() === 0, 'Available', soon)
  await until(
    async () => (await again.person(teams.upn)).state.label === 'Available',
    'the hub to see it',
    soon,
  )
  expect(world.phone('1001').dnd()).toBe('off')
  // And the next call is shown as ever.
  world.phone('1001').dial()
  await until(() => teams.shown() === IN_A_CALL, 'In a call', soon)
})

test('G-02: the ledger lost while do not disturb was ours: adopted as it is, and cleared when the person clears it', async () => {
  const { world, start, loseLedger } = await open()
  const teams = world.person('anna')
  const phone = world.phone('1001')
  const hub = await start()
  teams.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow')
  await kill(hub)
  loseLedger()
  await start()
  expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on'])
  const before = [teamsWrites(world.lab).length, phoneWrites(world.lab).length]
  expect(before[0]).toBe(0)
  teams.status(null)
  await until(() => phone.dnd() === 'off', 'the phone to follow back', soon)
})

for (const where of ['Teams', 'the phone'] as const) {
  test(`G-02, G-04: do not disturb is cleared at ${where} while the hub is down: the other side follows after the start`, async () => {
    const { world, start } = await open()
    const teams = world.person('anna')
    const phone = world.phone('1001')
    const hub = await start()
    teams.status(DND)
    await until(() => phone.dnd() === 'on', 'the phone to follow')
    // The settle read that follows a write tells that its outcome is stored. Killed before it, the hub writes again.
    const [write] = phoneWrites(world.lab)
    const isSettleRead = ({ at, path }: LoggedRequest) => path.includes('1001') && at > write!.at + 1_900
    await until(() => world.lab.requests.since(write!.sequence).some(isSettleRead), 'the settle read')
    await kill(hub)
    if (where === 'Teams') teams.status(null)
    else phone.pressDnd(false)
    await start()
    await until(
      () => phone.dnd() === 'off' && teams.preferred() === undefined && teams.shown() === FREE,
      () => `both sides to be free; Teams ${teams.shown()}, phone ${phone.dnd()}`,
      25_000,
    )
  })
}

test('G-02: a person removed while the hub was down is released: the phone rings, Teams is free', async () => {
  const { world, start } = await open()
  const teams = world.person('anna')
  const phone = world.phone('1001')
  const hub = await start()
  teams.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow')
  const ben = world.person('ben')
  world.phone('1002').dial()
  await until(() => ben.shown() === IN_A_CALL, 'In a call')
  await kill(hub)
  const removed = new Set([teams.upn, ben.upn])
  await start({ people: samplePeople().filter(({ upn }) => !removed.has(upn)) })
  await until(() => phone.dnd() === 'off', 'the phone of who is gone to ring', soon)
  await until(() => ben.sessions() === 0 && ben.shown() === FREE, 'Teams of who is gone to be free', soon)
  // What the person chose in Teams is the person's own.
  expect(teams.preferred()).toBe(DND)
})

test('G-02: an extension that moved while the hub was down is released for its former owner first', async () => {
  const { world, start } = await open()
  const anna = world.person('anna')
  const chiara = world.person('chiara')
  const phone = world.phone('1001')
  const hub = await start()
  anna.status(DND)
  await until(() => phone.dnd() === 'on', 'the phone to follow')
  world.phone('1001').dial()
  await until(() => anna.sessions() === 1 || anna.shown() === DND, 'the call to be written or covered')
  await kill(hub)
  const people = samplePeople()
    .filter(({ upn }) => upn !== anna.upn)
    .map((one) => (one.upn === chiara.upn ? { ...one, addresses: { pbx: ['1003', '1001'] } } : one))
  await start({ people: [...people, { upn: anna.upn, addresses: {} }] })
  await until(() => phone.dnd() === 'off', 'what was written for the former owner to be taken back', soon)
  await until(() => chiara.shown() === IN_A_CALL, 'the call to show at the new owner', 20_000)
  await until(() => anna.sessions() === 0, 'nothing of it to be left at the former owner', soon)
  world.phone('1001').hangup()
  await until(() => chiara.shown() === FREE, 'Available', soon)
  expect(chiara.preferred()).toBeUndefined()
})
