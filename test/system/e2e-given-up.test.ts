import { afterEach, expect, test } from 'vitest'
import { bothWays } from './e2e/config.ts'
import { DND } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

let world: World
afterEach(() => world.stop())

/** Chiara's phone is silenced by what she chose in Teams. */
async function silenced() {
  world = await startWorld()
  world.person('chiara').status(DND)
  await until(() => world.phone('1003').dnd() === 'on', 'the phone to follow')
}

const released = () => until(() => world.phone('1003').dnd() === 'off', 'the phone to be released')

test.each([
  ['the link is gone', { links: bothWays.slice(0, 1) }],
  ['the link only observes', { links: [bothWays[0]!, { ...bothWays[1]!, observeOnly: true }] }],
  ['the person is gone', { people: samplePeople().filter(({ upn }) => !upn.startsWith('chiara')) }],
  ['the PBX is not written any more', { pbx: { writeDnd: false }, links: bothWays.slice(0, 1) }],
])('G-03: after a start where %s, the phone is not left in do not disturb', async (_, change) => {
  await silenced()
  await world.restartHub(change)
  await released()
})

test('G-03: what is left at a connector that is configured no more is named, and taken back when it is named again', async () => {
  await silenced()
  const [teams, pbx] = JSON.parse(world.text()).tenants[0].connectors
  expect([teams.id, pbx.id]).toEqual(['teams', 'pbx'])
  // The same PBX under another name: nobody knows any more that `pbx` was this one.
  const people = samplePeople().map(({ upn }) => ({ upn, addresses: {} }))
  await world.restartHub({ pbx: { id: 'other' }, links: [], people })
  const said = world.log.find((line) => line.includes('not configured any more'))
  expect(said).toContain('1003')
  expect(world.phone('1003').dnd()).toBe('on')
  await world.restartHub({ links: [], people })
  await released()
})
