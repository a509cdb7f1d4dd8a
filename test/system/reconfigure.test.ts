import { rmSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadText } from './e2e/config.ts'
import { startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { isHeard, startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Tenant {
  id: string
  connectors: Record<string, unknown>[]
  people: { upn: string; addresses: Record<string, unknown> }[]
  links: Record<string, unknown>[]
}

async function start(): Promise<World> {
  const world = await startWorld()
  closers.push(() => world.stop())
  return world
}

const change = { author: 'test', comment: '' }

/** The running configuration, changed. */
function changed(world: World, alter: (tenants: Tenant[]) => void) {
  const config = parse(world.text()) as { tenants: Tenant[] }
  alter(config.tenants)
  return loadText(JSON.stringify(config))
}

const logins = (world: World) => world.lab.requests.since(0).filter(({ method }) => method === 'Login').length
const tokens = (world: World) => world.lab.requests.since(0).filter(({ target }) => target === 'entra').length

test('the same configuration again touches nothing', async () => {
  const world = await start()
  const before = [logins(world), tokens(world)]
  const done = await world.hub().apply(
    changed(world, () => {}),
    change,
  )
  expect(done).toEqual({ added: [], changed: [], removed: [], afterRestart: [] })
  await world.pass(5_000)
  expect([logins(world), tokens(world)]).toEqual(before)
})

test('a link that is taken out releases what it wrote; no connector is started anew', async () => {
  const world = await start()
  const anna = world.person('anna')
  const phone = world.phone('1001')
  anna.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'do not disturb at the phone', 10_000)
  const before = [logins(world), tokens(world)]
  const done = await world.hub().apply(
    changed(world, ([tenant]) => {
      tenant!.links = tenant!.links.filter(({ from }) => from !== 'teams')
    }),
    change,
  )
  expect(done.changed).toEqual(['contoso'])
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to ring again', 10_000)
  expect(anna.shown()).toBe(DND)
  expect([logins(world), tokens(world)]).toEqual(before)
  phone.dial('+4930123')
  await world.pass(3_000)
  phone.hangup()
})

test('a connector with other settings starts anew in mid-call, and Teams shows the call all the time', async () => {
  const world = await start()
  const anna = world.person('anna')
  const phone = world.phone('1001')
  phone.dial('+4930123')
  await world.passUntil(() => anna.shown() === IN_A_CALL, 'the call in Teams', 10_000)
  const writes = world.lab.requests.last
  const before = logins(world)
  await world.hub().apply(
    changed(world, ([tenant]) => {
      Object.assign(tenant!.connectors.find(({ id }) => id === 'pbx')!, { sweepSeconds: 50 })
    }),
    change,
  )
  await world.passUntil(() => logins(world) > before, 'another login at the PBX', 10_000)
  await world.pass(10_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  expect(teamsWrites(world.lab, writes, anna.upn).filter(({ path }) => path.includes('clear'))).toEqual([])
  phone.hangup()
  await world.passUntil(() => anna.shown() === FREE, 'the end of the call in Teams', 10_000)
})

test('a connector that is taken out leaves only when its phones ring again, and can come back', async () => {
  const world = await start()
  const phone = world.phone('1001')
  world.person('anna').status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'do not disturb at the phone', 10_000)
  const without = changed(world, ([tenant]) => {
    tenant!.connectors = tenant!.connectors.filter(({ id }) => id !== 'pbx')
    tenant!.links = []
    for (const person of tenant!.people) person.addresses = {}
  })
  await world.hub().apply(without, change)
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to ring again', 10_000)
  await world.passUntil(() => world.ami.connections() === 0, 'the connection to the PBX to be closed', 10_000)
  expect(
    world
      .hub()
      .port.connectors()
      .map(({ id }) => id),
  ).toEqual(['teams'])
  await world.hub().apply(
    changed(world, () => {}),
    change,
  )
  await world.passUntil(() => phone.dnd() === 'on', 'do not disturb at the phone again', 20_000)
})

test('a tenant comes and goes while the other one is on a call', async () => {
  const world = await start()
  const [anna, ben] = [world.person('anna'), world.person('ben')]
  const phone = world.phone('1001')
  const second = (tenants: Tenant[]) => {
    const [first] = tenants
    const [a, b] = [anna, ben].map(({ upn }) => first!.people.find((one) => one.upn === upn))
    tenants[0] = { ...first!, people: [a!] }
    tenants.push({ ...structuredClone(first!), id: 'fabrikam', people: [b!] })
  }
  phone.dial('+4930123')
  await world.passUntil(() => anna.shown() === IN_A_CALL, 'the call in Teams', 10_000)
  const done = await world.hub().apply(changed(world, second), change)
  expect(done).toMatchObject({ added: ['fabrikam'], changed: ['contoso'] })
  const heard = () => {
    const view = world.hub().port.person(ben.upn, 'fabrikam')
    return view && isHeard(view)
  }
  await world.passUntil(heard, 'the second tenant to be heard', 10_000)
  const other = world.phone('1002')
  ben.status(DND)
  await world.passUntil(() => other.dnd() === 'on', 'do not disturb at the phone of the new tenant', 20_000)
  const gone = await world.hub().apply(
    changed(world, ([tenant]) => {
      tenant!.people = tenant!.people.filter(({ upn }) => upn === anna.upn)
    }),
    change,
  )
  expect(gone.removed).toEqual(['fabrikam'])
  await world.passUntil(
    () => other.dnd() === 'off',
    'the phone of the tenant that went to ring again',
    10_000,
  )
  expect(world.hub().port.person(ben.upn)).toBeUndefined()
  expect(anna.shown()).toBe(IN_A_CALL)
  phone.hangup()
  await world.passUntil(() => anna.shown() === FREE, 'the end of the call', 10_000)
})

test('SIGHUP: a file that is not right changes nothing and is told whole; a right one is taken over, with what its links leave out', async () => {
  const world = await startWorld({ withoutHub: true })
  closers.push(() => world.stop())
  const file = writeConfigFile(world.data, world.text())
  const hub = await startHubProcess(file)
  closers.push(() => hub.child.kill())
  await hub.ready()
  writeConfigFile(world.data, world.text().replaceAll('"type":"asterisk"', '"type":"asterix"'))
  hub.child.hangUp()
  await until(() => hub.child.output().includes('goes on with the configuration it has'), 'the refusal')
  expect(hub.child.output()).toContain('tenants[0].connectors[1].type')
  expect(hub.child.running()).toBe(true)
  expect(hub.child.output()).not.toContain('Links of contoso')
  const links = [
    { from: 'lamps', to: 'pbx' },
    { from: 'pbx', to: 'teams' },
  ]
  writeConfigFile(world.data, world.text({ lamps: { extensionsOf: 'none' }, links }))
  hub.child.hangUp()
  const missing = 'Links of contoso: teams does not show what lamps says: there is a way by pbx'
  for (const words of [missing, 'read again: changed contoso'])
    await until(() => hub.child.output().includes(words), words)
  rmSync(file)
})
