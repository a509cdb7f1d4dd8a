import { afterEach, expect, test } from 'vitest'
import { FREE, IN_A_CALL, upnOf } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { outMs, settledMs } from './scenarios/waits.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

test('G-06, SW-06: nobody is listed; who is found by mail at FreePBX and in Entra is shown on a call, and a leaver is withdrawn', async () => {
  world = await startWorld({ stopped: true, people: { from: 'directory' }, pbx: { flavour: 'freepbx' } })
  const { lab, hub } = world
  const known = () =>
    hub()
      .port.people()
      .map(({ upn }) => upn)
  await world.passUntil(() => known().includes(upnOf('anna')), 'Anna to be found by mail', 60_000)
  await world.ready()
  const teams = world.person('anna')
  expect(teams.shown()).toBe(FREE)

  world.phone('1001').dial()
  await world.passUntil(() => teams.shown() === IN_A_CALL, 'Teams to show the call', outMs(world))
  await world.pass(settledMs(world))
  expect([teams.shown(), teams.sessions()]).toEqual([IN_A_CALL, 1])

  // The administrator of the PBX takes her mail address away; the phone stays, and so does the call. The directories are
  // read at a start, and once an hour.
  lab.phones.put({ extension: '1001', displayName: 'Somebody else', mail: 'gone@elsewhere.example' })
  await world.restartHub()
  await world.passUntil(() => !known().includes(upnOf('anna')), 'Anna to have left', 60_000)
  await world.passUntil(
    () => teams.sessions() === 0,
    'what was written for her to be withdrawn',
    outMs(world),
  )
  expect(lab.phones.legs('1001')).toHaveLength(1)
  expect(teams.shown()).toBe(FREE)

  world.phone('1001').hangup()
  world.phone('1001').dial()
  await world.pass(settledMs(world))
  expect([teams.shown(), teams.sessions()], 'nobody at that phone any more').toEqual([FREE, 0])
})
