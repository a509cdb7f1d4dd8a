import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SystemDetails } from '../../src/core/workings.ts'
import type { Pair } from '../../src/lab/microsoft/states.ts'
import { sampleTenant } from '../../src/lab/sample.ts'
import { type BoardBrowser, openBrowser, type PageOptions, seriousFindings } from './board-browser.ts'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

const busyMachineMs = 120_000
/** Renewed five minutes before the end. */
const tokenLifeSeconds = 900
/** How long the lab that throttles asks to wait. */
const waitSeconds = 600

let world: World
let browser: BoardBrowser
const closers: (() => unknown)[] = []

beforeAll(async () => {
  const tenant = sampleTenant()
  const applications = tenant.applications!.map((one) => ({ ...one, tokenLifeSeconds }))
  world = await startWorld({ tenant: { ...tenant, applications } })
  await world.ready()
  browser = await openBrowser()
}, busyMachineMs)
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await calmDown()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

/** What one test did, or left when it failed, does not stand in the way of the next. */
async function calmDown(): Promise<void> {
  world.lab.faults.clear()
  world.person('anna').client(FREE)
  for (const extension of ['1001', '1003', '1005']) world.phone(extension).hangup()
  if ((await detailsOf('teams')).budget?.throttled !== undefined) await untilThrottleIsOver()
}

const untilThrottleIsOver = () => world.pass(waitSeconds * 1000 + 10_000)

async function open(options: PageOptions = {}): Promise<Page> {
  const { page, close } = await browser.open(`${world.hub().url}/#/health`, options)
  closers.push(close)
  return page
}

async function detailsOf(connector: string): Promise<SystemDetails> {
  const answer = await fetch(`${world.hub().url}/api/v1/health?tenant=contoso`)
  const { systems } = (await answer.json()) as { systems: readonly SystemDetails[] }
  return systems.find((one) => one.connector === connector)!
}

const teams = (page: Page) => page.getByRole('article').filter({ hasText: 'Teams' })
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('all is well: nothing is wrong, each system tells its budget, what waits and its token', async () => {
  const page = await open()
  await part(page, 'What is wrong now').getByText('Nothing is wrong.').waitFor()
  await teams(page)
    .getByText(/\d of 1,200 in 30 s/)
    .waitFor()
  await teams(page)
    .getByText(/never refused/)
    .waitFor()
  await teams(page)
    .getByText(/Token ends .*\d\d:\d\d/)
    .waitFor()
  await page.getByText('Nothing had to be mended.').waitFor()
  await page.getByText('Every word was known.').waitFor()
  expect(await page.getByRole('heading', { name: 'Worth a look' }).count()).toBe(0)
})

test('a word that nobody has mapped is named with where it stood, what it is taken for and how often it came', async () => {
  world.person('anna').client('Levitating/Hovering' as Pair)
  const isUnknown = () => world.system('anna', 'teams').native?.availability === 'unknown'
  await world.passUntil(isUnknown, 'Anna to be unknown in Teams', 10_000)
  const page = await open()
  await part(page, 'What is wrong now')
    .getByText(/Teams says 2 words that nobody has mapped/)
    .waitFor()
  const words = page.getByRole('table', { name: 'Words that nobody has mapped' })
  await words.getByRole('row', { name: /Levitating.*Teams.*availability.*Unknown.*(once|times)/ }).waitFor()
  await words.getByRole('row', { name: /Hovering.*Teams.*activity/ }).waitFor()
})

test('G-08: while the lab throttles the page says since when, how long to wait, and that nothing is sent', async () => {
  world.lab.faults.add({ target: 'graph', kind: 'status', status: 429, retryAfter: waitSeconds })
  const isThrottled = async () => (await detailsOf('teams')).budget?.throttled !== undefined
  await expect.poll(isThrottled, { timeout: busyMachineMs }).toBe(true)
  world.phone('1001').dial()
  const waits = async () => (await detailsOf('teams')).queues.some(({ queue }) => queue === 'putOff')
  await expect.poll(waits, { timeout: busyMachineMs }).toBe(true)
  const page = await open()
  const top = part(page, 'What is wrong now')
  await top.getByText(/Teams has asked for fewer requests since .*\d\d:\d\d \(\d+ refusals?\)/).waitFor()
  await top.getByText(/told to wait 600 s\. Nothing is sent there until/).waitFor()
  const card = teams(page)
  // Half of what was allowed, and what it has grown by since.
  await card.getByText(/\d of [6-9]\d0 in 30 s/).waitFor()
  await card.getByText(/grows by 50 every 30 s, up to/).waitFor()
  await card.getByText(/Writes put off until later: 1, the first since/).waitFor()
  for (const options of [{ locale: 'de-DE', width: 360, height: 740 }, { theme: 'dark' }] as const) {
    const other = await open(options)
    await other
      .getByText(/um weniger Anfragen gebeten|has asked for fewer requests/)
      .first()
      .waitFor()
    expect(await seriousFindings(other)).toEqual([])
    const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await other.evaluate(wider)).toBe(0)
  }
  world.lab.faults.clear()
  await untilThrottleIsOver()
  await world.passUntil(() => world.person('anna').shown() === IN_A_CALL, 'the call in Teams', 60_000)
})

test('G-02: a write that got no answer is mended, and the page tells whose; the way it took is drawn', async () => {
  world.phone('1005').dial()
  await world.passUntil(() => world.person('elif').shown() === IN_A_CALL, 'a call in Teams', 60_000)
  world.phone('1005').hangup()
  world.lab.faults.add({ target: 'graph', kind: 'status', status: 500, path: 'setPresence', count: 1 })
  world.phone('1003').dial()
  await world.passUntil(() => world.person('chiara').shown() === IN_A_CALL, 'the call in Teams', 60_000)
  world.phone('1003').hangup()
  await expect
    .poll(async () => (await detailsOf('teams')).repairs.counts, { timeout: busyMachineMs })
    .toContainEqual({ kind: 'unanswered', count: expect.any(Number) })
  const page = await open()
  const mended = page.getByRole('table', { name: 'What was mended' })
  await mended.getByRole('row', { name: /Chiara Moretti .*Teams.* Written again until/ }).waitFor()
  const chart = page.getByRole('img', { name: /over pbx to teams\. .*half within/ })
  await chart.waitFor()
  await page.getByText('The figures as a table').first().click()
  await page
    .getByRole('table', { name: /pbx to teams/ })
    .getByRole('row', { name: /In all, until written/ })
    .waitFor()
})

test('G-10: a token that cannot be renewed runs out before the eyes of the operator, with the reason', async () => {
  world.lab.faults.add({ target: 'entra', kind: 'expired-secret' })
  const trouble = async () =>
    (await detailsOf('teams')).credentials.find(({ what }) => what === 'token')?.trouble
  const deadline = Date.now() + busyMachineMs
  while ((await trouble()) === undefined && Date.now() < deadline) await world.pass(60_000)
  const page = await open()
  const top = part(page, 'What is wrong now')
  await top.getByText(/The token of .*Teams cannot be renewed\. It end(s|ed) (at )?/).waitFor()
  await top
    .getByText(/secret/i)
    .first()
    .waitFor()
  await teams(page)
    .getByText(/not renewed:/)
    .waitFor()
  expect(await seriousFindings(page)).toEqual([])
  world.lab.faults.clear()
})
