import { afterEach, expect, test } from 'vitest'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import type { Switches } from '../../src/lab/switches.ts'
import { callOf, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { report } from './e2e/measure.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

const count = 1_000
let world: World
afterEach(async () => {
  await world?.stop()
})

const people = Array.from({ length: count }, (_, at) => ({
  upn: `p${at}@${sample.domain}`,
  displayName: `P ${at}`,
  extensions: [String(20_000 + at)],
  client: FREE,
}))

async function openThousand(switches: Partial<Switches> = {}) {
  const { entraTenantId, applications } = sampleTenant()
  world = await startWorld({
    stopped: true,
    switches,
    tenant: { entraTenantId, applications, people },
    people: people.map(({ upn, extensions }) => ({ upn, addresses: { pbx: extensions } })),
    requestLogSize: 50_000,
  })
  return world
}

test('G-08: a thousand people of one tenant call at once at the default budget, and hang up at once', async () => {
  await openThousand()
  const { lab } = world
  const all = people.map(({ upn }) => world.person(upn))
  const showing = (pair: string) => all.filter((one) => one.shown() === pair).length
  const written = () =>
    lab.requests.since(0).filter(({ target, path }) => target === 'graph' && path.includes('/presence/'))
  const written0 = written().length
  const burst = async (what: string, act: (extension: string) => void, pair: string) => {
    const begun = performance.now()
    const since = lab.requests.last
    const times: number[] = []
    const stop = lab.requests.on(({ path }) => {
      if (path.includes('/presence/')) times.push(Math.round(performance.now() - begun))
    })
    for (const { extensions } of people) act(extensions[0]!)
    // Time stands nearly still, so that on a busy machine no answer is late.
    await until(
      async () => {
        await world.pass(5)
        return showing(pair) === count
      },
      () => `${count} ${pair}; ${showing(pair)}`,
      90_000,
    )
    stop()
    report(`${count} people at once, ${what}: written on this machine after`, times)
    return lab.requests.since(since).filter(({ path }) => path.includes('/presence/'))
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

test('G-08: a thousand calls at once at half the quota that is counted on: refusals are obeyed, and all is right in the end', async () => {
  const { lab } = await openThousand({ quotaPer30s: 600 })
  const all = people.map(({ upn }) => world.person(upn))
  const showing = (pair: string) => all.filter((one) => one.shown() === pair).length
  for (const { extensions } of people) lab.phones.start({ extension: extensions[0]! })
  await world.passUntil(() => showing(IN_A_CALL) === count, 'everyone in a call', 180_000)
  for (const { extensions } of people) lab.phones.hangup(extensions[0]!)
  await world.passUntil(() => showing(FREE) === count, 'everyone free', 180_000)
  await world.pass(60_000)
  expect(all.filter((one) => one.sessions() > 0)).toEqual([])
  const requests = lab.requests.since(0).filter(({ target }) => target === 'graph')
  const refused = requests.filter(({ status }) => status === 429)
  process.stdout.write(`quota of 600 per 30 s: ${refused.length} of ${requests.length} requests refused\n`)
  expect(refused.length).toBeLessThan(requests.length / 5)
})
