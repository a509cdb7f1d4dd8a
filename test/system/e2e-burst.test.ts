import { afterAll, expect, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import { callOf, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { report } from './e2e/measure.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

const count = 1_000
let world: World
afterAll(async () => {
  await world?.stop()
})

test('G-08, SW-30: a thousand people of one tenant call at once at the default budget, and hang up at once', async () => {
  const people = Array.from({ length: count }, (_, at) => ({
    upn: `p${at}@${sample.domain}`,
    displayName: `P ${at}`,
    extensions: [String(20_000 + at)],
    client: FREE as 'Available/Available',
  }))
  world = await startWorld({
    tenant: {
      entraTenantId: sample.entraTenantId,
      applications: [
        {
          clientId: sample.clientId,
          secrets: [{ value: sample.clientSecret }],
          roles: ['Presence.ReadWrite.All', 'User.ReadBasic.All'],
        },
      ],
      people,
    },
    people: people.map(({ upn, extensions }) => ({ upn, addresses: { pbx: extensions } })),
    requestLogSize: 50_000,
  })
  const { lab } = world
  const all = people.map(({ upn }) => world.person(upn))
  const showing = (pair: string) => all.filter((one) => one.shown() === pair).length
  const written = () =>
    lab.requests.since(0).filter(({ target, path }) => target === 'graph' && path.includes('/presence/'))
  const written0 = written().length
  const burst = async (what: string, act: (extension: string) => void, pair: string) => {
    const begun = lab.clock.wall()
    const since = lab.requests.last
    for (const { extensions } of people) act(extensions[0]!)
    await until(
      () => showing(pair) === count,
      () => `${count} ${pair}; ${showing(pair)}`,
      90_000,
    )
    const times = lab.requests
      .since(since)
      .filter(({ path }) => path.includes('/presence/'))
      .map(({ at }) => Math.round(at - begun))
    report(`${count} people at once, ${what}: written after`, times)
    return times
  }
  const starts = await burst('calls begin', (extension) => void lab.phones.start({ extension }), IN_A_CALL)
  expect(starts).toHaveLength(count)
  // The window of the budget passes, as it would in calls of a minute.
  await world.pass(60_000)
  const ends = await burst('calls end', (extension) => void lab.phones.hangup(extension), FREE)
  expect(ends).toHaveLength(count)
  await world.pass(30_000)

  const byPerson = Map.groupBy(written().slice(written0), ({ path }) => path.split('/')[3])
  expect(byPerson.size).toBe(count)
  for (const writes of byPerson.values()) {
    expect(writes.map(callOf)).toEqual(['setPresence', 'clearPresence'])
  }
  expect(all.filter((one) => one.sessions() > 0)).toEqual([])
  expect(lab.requests.since(0).filter(({ status }) => status === 429)).toEqual([])
})
