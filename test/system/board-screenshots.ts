/**
 * Draws every page of the built board (`npx vite build web` first), in both themes and both languages:
 * `node test/system/board-screenshots.ts [directory]`. The pictures of the documentation go to docs/images, English ones
 * only; all of them go to the directory, where one is given.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { stageAgents } from './agent-scene.ts'
import { openBrowser, type PageOptions } from './board-browser.ts'
import { type FakeHub, startFakeHub } from './board-fake-hub.ts'
import { startFakeLab } from './board-fake-lab.ts'
import { sampleConnectors, samplePeople } from './board-people.ts'
import { sampleAlerts, sampleAudit, sampleLatency } from './portal-people.ts'
import { startSalesforceHub } from './salesforce-hub.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const everything = process.argv[2]
const directory = everything ?? join(root, 'docs/images')

const now = Date.now()
const people = samplePeople(now)
let hub: FakeHub | undefined
const lab = await startFakeLab(people[0]!, (person) => hub?.put(person))
const connectors = sampleConnectors(now).map((one) => ({
  ...one,
  health: { state: 'up' as const, since: now - 3_000_000 },
}))
hub = await startFakeHub({
  files: join(root, 'dist/web'),
  people,
  connectors,
  labUrl: lab.url,
  history: sampleAudit(people, now),
  alerts: sampleAlerts(now),
  latency: sampleLatency(),
})
const browser = await openBrowser()

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

interface Picture extends PageOptions {
  /** Of the hub; the one with the sample people unless given. */
  readonly url?: string
  readonly address?: string
  prepare?(page: Page): Promise<unknown>
}

async function draw(name: string, { url = hub!.url, address = '/', prepare, ...options }: Picture) {
  const { page, close } = await browser.open(url, options)
  // The lamp's hint is for the first visit.
  await page.evaluate(() => localStorage.setItem('hookswitch.hint', 'seen'))
  await page.goto(`${url}/${address === '/' ? '' : address}`)
  await page.reload()
  await page
    .getByText(/Lindqvist|Keller|Asterisk|Olga|olga@|Hookswitch|hub|Hub/)
    .first()
    .waitFor()
  await prepare?.(page)
  await page.mouse.move(0, 0)
  await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  await page.screenshot({ path: join(directory, `${name}.png`), animations: 'disabled' })
  await close()
}

async function callOut(page: Page): Promise<void> {
  await row(page, 'Anna').click()
  await page
    .getByRole('region', { name: /^(Phone|Telefon)$/ })
    .getByRole('button')
    .first()
    .click()
  const inTeams = page.getByRole('region', { name: 'Teams', exact: true })
  await inTeams.getByText(/^In (a call|einem Anruf)$/).waitFor()
}

async function askWhy(page: Page): Promise<void> {
  await row(page, 'Ben').click()
  await page.getByRole('tab').nth(1).click()
  await page.getByRole('heading', { name: /What we wrote|Was wir geschrieben/ }).waitFor()
}

/** Until what the hub was asked for stands there. */
const answered = (text: string) => (page: Page) => page.getByText(text).first().waitFor()

const health = answered('teams to pbx')
const audit = answered('version 3')
const pages: readonly (readonly [string, Picture])[] = [
  ['board', {}],
  ['why', { prepare: askWhy }],
  ['lab', { prepare: callOut }],
  ['health', { address: '#/health', prepare: health }],
  ['audit', { address: '#/audit', prepare: audit }],
  ['account', { address: '#/account' }],
  ['wall', { address: '#/wall' }],
]

await mkdir(directory, { recursive: true })
for (const [locale, ending] of everything
  ? ([
      ['en-US', ''],
      ['de-DE', '-de'],
    ] as const)
  : ([['en-US', '']] as const)) {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, picture] of pages) {
      await draw(`${name}-${theme}${ending}`, { theme, locale, ...picture })
      if (name === 'lab') await fetch(`${lab.url}/lab/phones/1001/hangup`, { method: 'POST' })
    }
  }
  const telephone = { locale, width: 360, height: 740 }
  await draw(`board-telephone${ending}`, telephone)
  await draw(`health-telephone${ending}`, { ...telephone, address: '#/health', prepare: health })
  await draw(`audit-telephone${ending}`, { ...telephone, address: '#/audit', prepare: audit })
}
await draw('board-contrast', { theme: 'contrast' })

// A real hub, with Teams, 3CX and Salesforce of the lab.
const agents = await startSalesforceHub('salesforce')
await stageAgents(agents)
for (const theme of ['light', 'dark'] as const) {
  await draw(`agents-${theme}`, { url: agents.hub().url, theme, height: 480 })
}
await agents.stop()

await browser.close()
await hub.down()
await lab.close()
