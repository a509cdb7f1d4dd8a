import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import * as kills from './scenarios/kill.ts'
import { type KillWorld, openKillWorld } from './scenarios/kill-world.ts'
import { callShown, doNotDisturbBothWays } from './scenarios/outcome.ts'
import { until } from './support/child.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

/** The hub with PostgreSQL in the place of its file. */

let server: TestServer
let store: Record<string, unknown>
const opened: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server.remove())
beforeEach(async () => {
  store = { kind: 'postgresql', ...(await server.store()) }
})
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.stop()
})
function keep<T extends { stop(): Promise<void> }>(one: T): T {
  opened.push(one)
  return one
}

test('SW-06, SW-03: on PostgreSQL a call shows in Teams and is taken back, and do not disturb goes both ways', async () => {
  const world = keep(await startWorld({ store, patient: true }))
  await callShown(world)
  await doNotDisturbBothWays(world)
})

const scenarios: Readonly<Record<string, (one: KillWorld) => Promise<void>>> = {
  'killed in mid-call, the call stays shown': kills.killedInMidCall,
  'killed, the call ends while it is down': kills.callEndsMeanwhile,
  'killed, do not disturb is cleared at Teams meanwhile': kills.clearedInTeams,
  'killed, do not disturb is cleared at the phone meanwhile': kills.clearedAtThePhone,
  'a person is removed while it is down': kills.personRemoved,
}
test.each(Object.entries(scenarios))('G-02: on PostgreSQL: %s', async (_name, scenario) => {
  await scenario(keep(await openKillWorld({ store })))
})

async function openHub(world: World) {
  const file = writeConfigFile(world.data, world.text({ data: join(world.data, 'store') }))
  const hub = await startHubProcess(file)
  keep(hub.child)
  await hub.ready()
  return { file, hub }
}

test('G-02: on PostgreSQL: release of everyone, with the hub stopped, from the ledger alone', async () => {
  const world = keep(await startWorld({ store, withoutHub: true }))
  const { file, hub } = await openHub(world)
  const [anna, chiara] = [world.person('anna'), world.person('chiara')]
  world.phone('1001').dial()
  chiara.status(DND)
  await until(() => anna.shown() === IN_A_CALL && world.phone('1003').dnd() === 'on', 'all to be written')
  await hub.child.kill()
  const { code, output } = await runCommand('release', '--all', '--config', file)
  expect(output).toContain('2 taken back, 0 remaining')
  expect(code).toBe(0)
  expect([anna.sessions(), world.phone('1003').dnd()]).toEqual([0, 'off'])
  expect(output).not.toContain('lab-secret')
})

test('PostgreSQL stays away: it is told, nothing is sent that is not written down, and the hub can be stopped all the same', async () => {
  const world = keep(await startWorld({ store }))
  const anna = world.person('anna')
  await server.stop('fast')
  try {
    world.phone('1001').dial()
    const told = () => world.log.some((line) => line.includes('the store waits for its server'))
    await until(told, 'the log to say so')
    expect(anna.shown()).toBe(FREE)
    const { url } = world.hub()
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('hookswitch_store_away 1')
    const past = await fetch(`${url}/api/v1/audit`)
    expect([past.status, past.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await past.json()).toMatchObject({
      detail: 'This hub cannot see the database now. Ask again in a moment.',
    })
    await world.stopHub()
  } finally {
    await server.start()
  }
  await world.restartHub()
  await until(
    () => anna.shown() === IN_A_CALL,
    () => world.log.slice(-20).join(''),
  )
})

test('PostgreSQL stops in mid-call and comes back: the call ends at Teams, and another hub is refused', async () => {
  const world = keep(await startWorld({ store, withoutHub: true }))
  const { hub } = await openHub(world)
  const anna = world.person('anna')
  world.phone('1001').dial()
  await until(() => anna.shown() === IN_A_CALL, 'In a call')
  await server.stop('immediate')
  world.phone('1001').hangup()
  await server.start()
  await until(
    () => anna.shown() === FREE && anna.sessions() === 0,
    () => `Teams to be cleared\n${hub.child.output()}`,
  )
  expect(hub.child.running()).toBe(true)
  const other = join(world.data, 'other')
  mkdirSync(other)
  const file = writeConfigFile(other, world.text({ data: join(other, 'store') }))
  const second = await runCommand('serve', '--config', file)
  expect(second.output).toMatch(/schema hookswitch is in use by hookswitch .*store\.schema/)
  expect(second.code).not.toBe(0)
})
