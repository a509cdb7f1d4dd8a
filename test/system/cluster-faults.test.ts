import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFailed, onTestFinished, test } from 'vitest'
import { faults, type Gaps } from './cluster/faults.ts'
import { type Isolation, makeIsolation } from './cluster/isolation.ts'
import { Life, type Pair } from './cluster/life.ts'
import { Listener } from './cluster/listener.ts'
import { alone, judgeTime, type Load, MachineLoad } from './cluster/machine.ts'
import { busyMachineMs } from './cluster/node.ts'
import { Oracle, placeOf } from './cluster/oracle/expected.ts'
import { type Difference, Eyes } from './cluster/oracle/eyes.ts'
import { seededRandom, shuffled } from './cluster/oracle/random.ts'
import { RuleWatch } from './cluster/oracle/rule-watch.ts'
import { type Entry, SignalBook } from './cluster/oracle/signal-book.ts'
import { Story } from './cluster/oracle/story.ts'
import { findDuplicates, quantile } from './cluster/oracle/writes.ts'
import { makeCallers, makeCrowd } from './cluster/people.ts'
import { SignalSource, takeBack } from './cluster/signal-source.ts'
import { ClusterSite } from './cluster/site.ts'
import { ClusterWorld } from './cluster/world.ts'
import { startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'
import { type Kamailio, startKamailio } from './support/kamailio.ts'

/**
 * Three hubs, three NATS servers, PostgreSQL and the lab: people make calls and silence their phones while one thing after
 * the other is killed, stopped, frozen or slow, in an order that the seed gives. HOOKSWITCH_SEED runs a seed again,
 * HOOKSWITCH_CLUSTER_SEEDS says how many there are, HOOKSWITCH_CLUSTER_PEOPLE how many people.
 */
const first = Number(process.env.HOOKSWITCH_SEED ?? 1)
const seeds = Array.from(
  { length: Number(process.env.HOOKSWITCH_CLUSTER_SEEDS ?? 2) },
  (_, index) => first + index,
)
const only = process.env.HOOKSWITCH_CLUSTER_FAULTS?.split(',')
const crowd = makeCrowd(Number(process.env.HOOKSWITCH_CLUSTER_PEOPLE ?? 400), 12)
/** Every fiftieth is spoken of by another system, and does nothing else. */
const spokenOf = crowd.filter((_, index) => index % 50 === 49)
const doing = crowd.filter((_, index) => index % 50 !== 49)
/** Two call each other, through a real PBX. */
const callers = makeCallers(4)
const everyone = [...crowd, ...callers]
const upns = new Set(everyone.map(({ upn }) => upn))
/** From the end of the faults until everybody is shown as they are. */
const promisedMs = { here: 30_000, atSite: 60_000 } as const
/** What was under way without an answer when a hub died or Graph was slow is said again, and once more when it cannot arrive late. */
const mostTwice = 0.25
/** How long tenants may be without a hub, at p95: milliseconds. */
const promisedGapMs: Readonly<Record<keyof Gaps, number>> = { killed: 2_000, lost: 12_000 }
/** Whose phone system is at the site. */
const siteTenant = 'c0'
const atSite = new Set(crowd.filter(({ tenant }) => tenant === siteTenant).map(({ upn }) => upn))
const free = new Map(everyone.map(({ upn }) => [upn, 'Available/Available']))

let place: Isolation
let kamailio: Kamailio
let site: ClusterSite
let pairs: readonly Pair[]
let world: ClusterWorld
let eyes: Eyes
const gaps: Gaps = { killed: [], lost: [] }
beforeAll(async () => {
  place = makeIsolation()
  // As long as RFC 3261 says: whoever does not answer a NOTIFY meanwhile is not told of a call any more, for minutes.
  kamailio = await startKamailio(600, findFreePort, { alsoAt: place.host, answerMs: 32_000 })
  const phones = await Promise.all(callers.map(({ extension }) => startBaresip(kamailio.port, extension)))
  pairs = [0, 2].map((at) => ({
    people: [callers[at]!, callers[at + 1]!],
    phones: [phones[at]!, phones[at + 1]!],
  }))
  world = await ClusterWorld.open(['one', 'two', 'three'], {
    ...{ people: everyone, kamailio, proxied: true, isolated: { name: 'three', place }, site: 'office' },
  })
  eyes = new Eyes(world.controlUrl)
  for (const node of world.nodes) await node.start()
  site = await ClusterSite.open(world.nodes, siteTenant)
  await world.settled().catch((error: unknown) => {
    throw new Error([String(error), '--- site', site.output()].join('\n'))
  })
}, 5 * busyMachineMs)
afterAll(async () => {
  await site?.close()
  await world?.close()
  for (const { phones } of pairs ?? []) for (const phone of phones) await phone.stop()
  await kamailio?.stop()
  await place?.close()
})

const differences = (oracle: Oracle) => eyes.differences(oracle, upns)

/** What one person did and what was written for them, milliseconds since the seed began. */
function explain({ upn, id, words }: Difference, { story, began }: { story: Story; began: number }): string {
  const lines = [
    ...story.of(upn).map(({ act, at }) => ({ at, line: `${upn} is ${act}` })),
    ...writes()
      .filter((write) => write.user === id && write.at >= began)
      .map(({ at, node, what, body, answered }) => ({ at, line: `${node}: ${what} ${body}: ${answered}` })),
  ].sort((a, b) => a.at - b.at)
  return [words, ...lines.map(({ at, line }) => `  ${Math.round(at - began)} ${line}`)].join('\n')
}

/** Judges how long after `over` everybody is shown as they are, here and at the site. */
async function becomesRight(
  oracle: Oracle,
  about: { story: Story; began: number; over: number },
): Promise<readonly string[]> {
  const { over } = about
  const wrongUntil = { here: over, atSite: over }
  const load = new MachineLoad()
  await until(
    async () => {
      const now = performance.now()
      const found = await differences(oracle)
      for (const { upn } of found) wrongUntil[atSite.has(upn) ? 'atSite' : 'here'] = now
      if (found.length > 0) await wait(250)
      return found.length === 0
    },
    'everybody to be shown as they are',
    promisedMs.atSite + busyMachineMs,
  ).catch(async (error: unknown) => {
    const found = (await differences(oracle)).slice(0, 20)
    const words: string[] = []
    for (const one of found) words.push(explain(one, about), await world.why(one.upn))
    const trouble = kamailio
      .log()
      .split('\n')
      .filter((line) => /ERROR|WARNING|CRITICAL/.test(line))
    const more = ['--- site', site.output(), '--- Kamailio', ...trouble.slice(-20)]
    throw new Error([String(error), ...words, world.output(), ...more].join('\n'))
  })
  const { others } = load.take()
  return (['here', 'atSite'] as const).map((where) =>
    judgeTime({
      what: `everybody ${where === 'here' ? 'at a hub' : 'at the site'} is right`,
      ...{ tookMs: wrongUntil[where] - over, promisedMs: promisedMs[where], others },
    }),
  )
}

/** Asked until a hub answers: 204 it was there, 404 it was not. */
function isThere(entry: Entry): Promise<number> {
  let status = 0
  const ask = async () => {
    status = await takeBack(world.nodes[0]!, entry)
    return [204, 404].includes(status)
  }
  return until(ask, () => `${entry.source} to be taken back: ${status}`, busyMachineMs).then(() => status)
}

/** What nobody knows of is taken back until a hub says that it is not there. */
async function clearUp(book: SignalBook): Promise<void> {
  for (const entry of book.uncertain()) {
    await isThere(entry)
    entry.stands = 'no'
  }
}

/** Each is asked for by its name: whatever was acknowledged is there, and nothing else. */
async function audit(book: SignalBook): Promise<readonly string[]> {
  const now = performance.now()
  const wrong: string[] = []
  const ask = async (entries: typeof book.entries, wanted: number) => {
    for (const entry of entries) {
      const status = await isThere(entry)
      if (status !== wanted) wrong.push(`${entry.source} of ${entry.upn}: ${status}, not ${wanted}`)
    }
  }
  await ask([...book.over(now)], 404)
  await ask([...book.standing(now)], 204)
  return wrong
}

/** The next seed is judged by itself, whatever became of this one: everything runs, and nobody does anything any more. */
async function leaveAsFound(life: Life, book: SignalBook): Promise<void> {
  site.heal()
  await world.mend()
  await life.calm()
  for (const entry of book.standing(performance.now())) await isThere(entry)
  await clearUp(book)
  await until(
    async () => (await differences(new Oracle(free))).length === 0,
    'everybody to be free',
    2 * busyMachineMs,
  )
}

const isAnyoneTalking = (oracle: Oracle) => [...atSite].some((upn) => oracle.act(upn) === 'inCall')

const wordsOf = ({ busy, others }: Load) =>
  `the machine ${Math.round(busy * 100)} % busy, ${Math.round(others * 100)} % with others`

const replayOf = (seed: number) =>
  `HOOKSWITCH_CLUSTER_PEOPLE=${crowd.length}${only ? ` HOOKSWITCH_CLUSTER_FAULTS='${only.join(',')}'` : ''} scripts/nightly.sh --seed ${seed}`

const writes = () => world.nodes.flatMap(({ graph }) => graph!.writes).sort((a, b) => a.at - b.at)

test.each(seeds)(
  'faults in the order of seed %i: afterwards everybody is shown as they are',
  async (seed) => {
    const order = seededRandom(seed)
    const began = performance.now()
    const oracle = new Oracle(free)
    // What is picked in Teams can be hidden behind our own call: the hub says so, and shows what it saw last.
    const followed = [...doing.filter(({ upn }) => placeOf(upn) === 'phone'), ...callers].map(
      ({ upn }) => upn,
    )
    const stories = world.nodes.map(() => new Story(followed, began))
    const listeners = stories.map(
      (story, index) => new Listener([...world.nodes.slice(index), ...world.nodes.slice(0, index)], story),
    )
    const book = new SignalBook()
    const written = writes().length
    const load = new MachineLoad()
    const rules = new RuleWatch(eyes, upns)
    let isOver = false
    onTestFailed(() => console.log(`seed ${seed}: failed; again: ${replayOf(seed)}`))
    const life = new Life({
      ...{ world, oracle, stories, people: doing, pairs },
      random: seededRandom(seed + 1_000_000),
    })
    const source = new SignalSource({
      ...{ nodes: world.nodes, people: spokenOf, book, name: `s${seed}` },
      random: seededRandom(seed + 2_000_000),
    })
    onTestFinished(async () => {
      await Promise.allSettled([
        life.stop(),
        source.stop(),
        rules.stop(),
        ...listeners.map((one) => one.stop()),
      ])
      if (!isOver) await leaveAsFound(life, book)
    })
    for (const name of shuffled(Object.keys(faults), order)) {
      if (only && !only.some((one) => name.includes(one))) continue
      const begun = performance.now()
      await faults[name]!({ world, site, random: order, gaps, isTalking: () => isAnyoneTalking(oracle) })
      console.log(
        `seed ${seed}: ${name}, from ${Math.round(begun - began)} to ${Math.round(performance.now() - began)} ms, ${wordsOf(load.take())}`,
      )
      await wait(500 + order() * 2_000)
    }
    await Promise.all([life.stop(), source.stop()])
    const over = performance.now()
    await clearUp(book)
    const last = Math.max(
      over,
      ...book.entries.filter(({ endsAt }) => endsAt < over + 60_000).map(({ endsAt }) => endsAt),
    )
    // What was said for a short time is over then, everywhere.
    await wait(Math.max(0, last - performance.now()))
    for (const { upn } of book.standing(last)) oracle.says(upn, true)
    const about = { story: stories[0]!, began }
    const took = await becomesRight(oracle, { ...about, over })
    await world.settled()
    expect(await differences(oracle)).toEqual([])
    const own = writes().slice(written)
    const twice = findDuplicates(own)
    console.log(
      `seed ${seed}: ${life.deeds} deeds, ${took.join(', ')}, ${own.length} writes at Teams, ${twice.length} of them once more in vain (at most ${mostTwice * 100} %)`,
    )
    expect(twice.length).toBeLessThanOrEqual(own.length * mostTwice)
    console.log(
      `seed ${seed}: signals: ${book.counts.acknowledged} acknowledged, ${book.counts.unknown} without an answer, ${book.standing(last).length} stand`,
    )
    console.log(
      `seed ${seed}: events heard ${stories.map(({ heard }) => heard).join(' ')}, reconnects ${listeners.map(({ reconnects }) => reconnects).join(' ')}`,
    )
    const lost = await audit(book)
    for (const { upn } of spokenOf) oracle.says(upn, false)
    await life.calm()
    isOver = true
    await becomesRight(oracle, { ...about, over: performance.now() })
    await rules.stop()
    expect(rules.broken).toEqual([])
    for (const listener of listeners) await listener.stop()
    expect(lost).toEqual([])
    const disorder = stories.flatMap(({ wrong }) => wrong)
    const overtaken = listeners.map((one) => one.overtaken).join(' ')
    console.log(
      `seed ${seed}: events older by their number ${overtaken}, out of order in spite of it: ${disorder.length}`,
    )
    const concerned = (await eyes.everyone()).filter(({ upn }) => disorder.some((one) => one.startsWith(upn)))
    const told = concerned.map(({ upn, id }) => explain({ upn, id, words: upn }, about))
    const words = [...disorder, ...told].join('\n')
    expect(disorder, words).toEqual([])
  },
  900_000,
)

test('tenants have another hub within 2 s where theirs was killed, within 12 s where it was lost', () => {
  for (const what of ['killed', 'lost'] as const) {
    const took = gaps[what].map(({ ms, others }) => ({
      ...{ ms, own: ms <= promisedGapMs[what] ? ms : alone({ tookMs: ms, others }) },
    }))
    const judged = took.flatMap(({ own }) => own ?? [])
    const words = took.map(
      ({ ms, own }) => `${Math.round(ms)} (${own === undefined ? 'not judged' : Math.round(own)})`,
    )
    console.log(`ownership gaps, ${what}, ms, and without what others took: ${words.join(', ')}`)
    // p95, as it is promised, needs the twenty seeds of a night; of a few, half of them are judged, and none may be far beyond.
    const isMany = judged.length >= 20
    expect(quantile(judged, isMany ? 0.95 : 0.5), `gaps, ${what}`).toBeLessThanOrEqual(promisedGapMs[what])
    expect(Math.max(...judged), `longest, ${what}`).toBeLessThanOrEqual(2 * promisedGapMs[what])
  }
})
