import { afterEach, expect, test } from 'vitest'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { isHeard, startWorld, type World } from './e2e/world.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

const healthOf = (id: string) =>
  world
    .hub()
    .port.connectors()
    .find((one) => one.id === id)!.health
const everyoneHeard = () => world.hub().port.people().length > 0 && world.hub().port.people().every(isHeard)

test('G-02: started while Teams and the PBX are down: it says so, and works when they come', async () => {
  world = await startWorld({ stopped: true, withoutHub: true })
  const { lab, ami } = world
  lab.faults.add({ target: 'graph', kind: 'refuse' })
  lab.faults.add({ target: 'entra', kind: 'refuse' })
  ami.refuse(true)
  await world.restartHub()
  await world.passUntil(
    () => healthOf('teams').state === 'down' && healthOf('pbx').state === 'down',
    'both to be called down',
    60_000,
  )
  expect(world.hub().port.ready().ready).toBe(false)
  await world.pass(30_000)
  world.phone('1001').dial()
  lab.faults.clear()
  ami.refuse(false)
  await world.passUntil(everyoneHeard, 'everyone to be heard', 120_000)
  await world.passUntil(() => world.person('anna').shown() === IN_A_CALL, 'In a call', 5_000)
  expect(world.hub().port.ready().ready).toBe(true)
})

test('G-10: started with an expired secret: it says what to do, asks rarely, and works when the secret is put right', async () => {
  world = await startWorld({ stopped: true, withoutHub: true })
  const { lab } = world
  lab.faults.add({ target: 'entra', kind: 'expired-secret' })
  await world.restartHub()
  await world.passUntil(() => healthOf('teams').state === 'down', 'Teams to be called down', 10_000)
  expect(`${healthOf('teams').detail} ${healthOf('teams').fix}`).toMatch(/secret/i)
  await world.pass(10 * 60_000)
  const asked = lab.requests.since(0).filter(({ target }) => target === 'entra').length
  expect(asked).toBeLessThanOrEqual(10)
  lab.faults.clear()
  world.phone('1001').dial()
  await world.passUntil(() => world.person('anna').shown() === IN_A_CALL, 'In a call', 16 * 60_000)
})

test('G-02: started again while Graph is down: it knows its people, and puts right what changed in between', async () => {
  world = await startWorld({ stopped: true })
  const { lab } = world
  const anna = world.person('anna')
  const ben = world.person('ben')
  const chiara = world.person('chiara')
  world.phone('1001').dial()
  world.phone('1002').dial()
  chiara.status(DND)
  await world.passUntil(
    () => anna.shown() === IN_A_CALL && ben.shown() === IN_A_CALL && world.phone('1003').dnd() === 'on',
    'all to be written',
    5_000,
  )
  await world.pass(20_000)
  await world.stopHub()
  lab.faults.add({ target: 'graph', kind: 'status', status: 503 })
  world.phone('1001').hangup()
  await world.restartHub()
  await world.pass(60_000, () => {
    expect([ben.shown(), world.phone('1003').dnd()]).toEqual([IN_A_CALL, 'on'])
  })
  lab.faults.clear()
  await world.passUntil(() => anna.shown() === FREE, 'the call that ended to be taken back', 45_000)
  await world.pass(20_000)
  expect([ben.shown(), world.phone('1003').dnd()]).toEqual([IN_A_CALL, 'on'])
  chiara.status(null)
  world.phone('1002').hangup()
  await world.passUntil(() => ben.shown() === FREE && world.phone('1003').dnd() === 'off', 'the rest', 6_000)
})
