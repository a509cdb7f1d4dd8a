import { afterEach, expect, test } from 'vitest'
import { type DutyWorld, startDutyWorld } from './duty-world.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'

let world: DutyWorld | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

interface Figures {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** One hop of one link as the API tells it. */
async function hopOf(
  { call }: DutyWorld,
  link: string,
  hop: string,
): Promise<{ readonly hour: Figures; readonly day: Figures }> {
  const { body } = await call('/latency')
  const links = body.links as { link: string; hops: { hop: string; hour: Figures; day: Figures }[] }[]
  const found = links.find((one) => one.link === link)?.hops.find((one) => one.hop === hop)
  if (!found) throw new Error(`no ${hop} of ${link} in ${JSON.stringify(body)}`)
  return found
}

test('X-17: latency is measured per hop and link: an answer that takes 800 ms is seen to take that', async () => {
  world = await startDutyWorld()
  const { lab, phone, person, pass, passUntil } = world
  const [desk, teams] = [phone('1001'), person('anna')]
  await pass(20_000)
  expect((await world.call('/latency')).body.links).toEqual([])

  const slowMs = 800
  lab.faults.add({ target: 'graph', kind: 'slow', ms: slowMs, path: 'setPresence' })
  const calls = 5
  for (let call = 0; call < calls; call++) {
    desk.dial()
    await passUntil(() => teams.shown() === IN_A_CALL, 'the call', 10_000)
    await pass(30_000)
    desk.hangup()
    await passUntil(() => teams.shown() === FREE, 'its end', 10_000)
    await pass(30_000)
  }
  const acknowledged = await hopOf(world, 'pbx to teams', 'acknowledged')
  expect(acknowledged.hour.count).toBeGreaterThanOrEqual(calls)
  expect(acknowledged.hour.max).toBeGreaterThanOrEqual(slowMs)
  // Time passes in steps of half a second here; the answer is seen at the end of one.
  expect(acknowledged.hour.max).toBeLessThanOrEqual(slowMs + 600)
  const written = await hopOf(world, 'pbx to teams', 'written')
  expect(written.hour.max).toBeGreaterThanOrEqual(acknowledged.hour.max)
  // The answer's time is the target's, not the hub's.
  const left = await hopOf(world, 'pbx to teams', 'left')
  expect(left.hour.count).toBe(written.hour.count)
  expect(left.hour.max).toBeLessThan(slowMs)
  expect(written.hour.p50).toBeLessThanOrEqual(written.hour.p95)
  expect(written.hour.p95).toBeLessThanOrEqual(written.hour.max)
  // The target is read every few seconds, and a session is shown from its acknowledgement on.
  const shown = await hopOf(world, 'pbx to teams', 'shown')
  expect(shown.hour.count).toBeGreaterThanOrEqual(calls)
  const visible = await hopOf(world, 'pbx to teams', 'visible')
  expect(visible.hour.max).toBeGreaterThanOrEqual(written.hour.max)

  const metrics = await (await fetch(`${world.hub().url}/metrics`)).text()
  expect(metrics).toMatch(
    /hookswitch_link_latency_seconds_count\{tenant="contoso",link="pbx to teams",hop="written"\} \d+/,
  )
  expect(metrics).toMatch(
    /hookswitch_link_latency_seconds_bucket\{le="0.1",tenant="contoso",.*hop="left"\} \d+/,
  )

  // After an hour only the day remembers.
  await pass(61 * 60_000)
  expect((await hopOf(world, 'pbx to teams', 'written')).hour).toEqual({ count: 0 })
  expect((await hopOf(world, 'pbx to teams', 'written')).day.count).toBe(written.day.count)
})

test('X-17: the way back has figures of its own', async () => {
  world = await startDutyWorld()
  const { phone, person, pass, passUntil } = world
  await pass(20_000)
  person('anna').status(DND)
  await passUntil(() => phone('1001').dnd() === 'on', 'the phone to follow', 10_000)
  await pass(5_000)
  expect((await hopOf(world, 'teams to pbx', 'written')).hour.count).toBe(1)
  // The phone system itself tells of its change.
  expect((await hopOf(world, 'teams to pbx', 'visible')).hour.count).toBe(1)
})
