import { afterEach, beforeEach, expect, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld({ stopped: true, requestLogSize: 100_000 })
})
afterEach(async () => {
  await world.stop()
})

const graphRequests = (since = 0) =>
  world.lab.requests.since(since).filter(({ target }) => target === 'graph')
const healthOf = (id: string) =>
  world
    .hub()
    .port.connectors()
    .find((one) => one.id === id)!.health
const shows = (name: string, pair: string) => () => world.person(name).shown() === pair

/** A call that goes on, one that ends and one that begins in the trouble, and a choice taken back in it. */
async function liveThrough(trouble: () => Promise<void>, over: () => void, ms: number) {
  world.phone('1001').dial()
  world.phone('1002').dial()
  world.person('david').status(DND)
  await world.passUntil(
    () => shows('anna', IN_A_CALL)() && shows('ben', IN_A_CALL)() && world.phone('1004').dnd() === 'on',
    'the state before',
    5_000,
  )
  await world.pass(20_000)
  await trouble()
  world.phone('1002').hangup()
  world.phone('1003').dial()
  world.person('david').status(null)
  await world.pass(60_000)
  over()
  await world.passUntil(
    () =>
      shows('anna', IN_A_CALL)() &&
      shows('ben', FREE)() &&
      world.person('ben').sessions() === 0 &&
      shows('chiara', IN_A_CALL)() &&
      world.phone('1004').dnd() === 'off',
    'the state after',
    ms,
  )
  await world.pass(30_000)
  world.phone('1001').hangup()
  world.phone('1003').hangup()
  await world.passUntil(() => shows('anna', FREE)() && shows('chiara', FREE)(), 'the end', 5_000)
  await world.pass(30_000)
  const everyone = ['anna', 'ben', 'chiara', 'david'].map((name) => world.person(name))
  expect(everyone.map((one) => [one.sessions(), one.preferred()])).toEqual(Array(4).fill([0, undefined]))
}

test('G-02: Graph answers 500 for a minute: right again within 40 s', () =>
  liveThrough(
    async () => world.lab.faults.add({ target: 'graph', kind: 'status', status: 500 }),
    () => world.lab.faults.clear(),
    40_000,
  ))

test('G-02: Graph is out of reach for a minute: right again within 40 s', () =>
  liveThrough(
    async () => world.lab.faults.add({ target: 'graph', kind: 'refuse' }),
    () => world.lab.faults.clear(),
    40_000,
  ))

test('G-02: every answer of Graph is lost for a minute: what took effect is known in the end', () =>
  liveThrough(
    async () => world.lab.faults.add({ target: 'graph', kind: 'drop', when: 'after' }),
    () => world.lab.faults.clear(),
    40_000,
  ))

test('G-02: Graph takes 5 s for every answer: late, and right', () =>
  liveThrough(
    async () => world.lab.faults.add({ target: 'graph', kind: 'slow', ms: 5_000 }),
    () => world.lab.faults.clear(),
    40_000,
  ))

test('G-02: Retry-After of a 429 is obeyed to the second, and the state is right after it', async () => {
  const before = world.lab.requests.last
  world.lab.faults.add({ target: 'graph', kind: 'status', status: 429, retryAfter: 20, count: 1 })
  world.phone('1001').dial()
  await world.passUntil(() => graphRequests(before).some(({ status }) => status === 429), 'the 429', 5_000)
  const refused = graphRequests(before).find(({ status }) => status === 429)!
  await world.passUntil(shows('anna', IN_A_CALL), 'In a call', 30_000)
  const next = graphRequests(refused.sequence).filter(({ at }) => at > refused.at + 1_000)
  expect(next[0]!.at - refused.at).toBeGreaterThanOrEqual(19_900)
  world.phone('1001').hangup()
  await world.passUntil(shows('anna', FREE), 'the end', 10_000)
})

test('G-10: access tokens are revoked in mid-call: a new one is fetched, nobody notices', async () => {
  world.phone('1001').dial()
  await world.passUntil(shows('anna', IN_A_CALL), 'In a call', 3_000)
  const before = world.lab.requests.last
  world.lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
  world.phone('1003').dial()
  await world.passUntil(shows('chiara', IN_A_CALL), 'In a call', 3_000)
  world.phone('1001').hangup()
  await world.passUntil(shows('anna', FREE), 'the end', 3_000)
  const signIns = world.lab.requests.since(before).filter(({ target }) => target === 'entra')
  expect(signIns.length).toBe(1)
  expect(healthOf('teams').state).toBe('up')
})

test('G-10: the secret expires while tokens run out: health says what to do, sign-ins are few, and it heals', async () => {
  const { lab } = world
  const healed = liveThrough(
    async () => {
      lab.faults.add({ target: 'entra', kind: 'expired-secret' })
      lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
      await world.passUntil(() => healthOf('teams').state === 'down', 'Teams to be called down', 60_000)
      expect(`${healthOf('teams').detail} ${healthOf('teams').fix}`).toMatch(
        /secret.*expired.*new client secret/is,
      )
    },
    () => lab.faults.clear(),
    5 * 60_000,
  )
  await healed
  const signIns = lab.requests.since(0).filter(({ target }) => target === 'entra')
  expect(signIns.length).toBeLessThan(15)
  expect(world.log.join('')).not.toContain(sample.clientSecret)
})

test('G-02: a write that Graph refuses for one person delays nobody else', async () => {
  const { lab } = world
  const id = lab.people.find('anna@contoso.example')!.person.user.id
  lab.faults.add({ target: 'graph', kind: 'status', status: 503, path: `${id}/presence` })
  world.phone('1001').dial()
  await world.pass(3_000)
  for (const [name, extension] of [
    ['ben', '1002'],
    ['chiara', '1003'],
    ['david', '1004'],
  ] as const) {
    world.phone(extension).dial()
    await world.passUntil(shows(name, IN_A_CALL), `In a call of ${name}`, 500)
  }
  expect(callOf(teamsWrites(lab, 0, 'anna@contoso.example')[0]!)).toBe('setPresence')
  lab.faults.clear()
  await world.passUntil(shows('anna', IN_A_CALL), 'In a call of the one delayed', 65_000)
})

test('G-02: Teams is down; the phones of two systems still follow each other', async () => {
  world.lab.faults.add({ target: 'graph', kind: 'refuse' })
  await world.pass(60_000)
  const [desk, mobile] = [world.phone('1002'), world.phone('1052')]
  desk.pressDnd(true)
  await world.passUntil(() => mobile.dnd() === 'on', 'the other phone to follow', 500)
})
