/**
 * Draws the pictures of docs/images from the built board (`npx vite build web` first):
 * `node test/system/board-screenshots.ts [directory]`.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openBrowser, type PageOptions } from './board-browser.ts'
import { type FakeHub, startFakeHub } from './board-fake-hub.ts'
import { startFakeLab } from './board-fake-lab.ts'
import { sampleConnectors, samplePeople } from './board-people.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const directory = process.argv[2] ?? join(root, 'docs/images')

const now = Date.now()
const people = samplePeople(now)
let hub: FakeHub | undefined
const lab = await startFakeLab(people[0]!, (person) => hub?.put(person))
const connectors = sampleConnectors(now).map((one) => ({
  ...one,
  health: { state: 'up' as const, since: now - 3_000_000 },
}))
hub = await startFakeHub({ files: join(root, 'dist/web'), people, connectors, labUrl: lab.url })
const browser = await openBrowser()

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

async function draw(name: string, options: PageOptions, prepare: (page: Page) => Promise<unknown>) {
  const { page, close } = await browser.open(hub!.url, options)
  await row(page, 'Anna').waitFor()
  await page.getByRole('button', { name: 'Dismiss the hint' }).click()
  await prepare(page)
  await page.mouse.move(0, 0)
  await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  await page.screenshot({ path: join(directory, `${name}.png`), animations: 'disabled' })
  await close()
}

async function callOut(page: Page): Promise<void> {
  await row(page, 'Anna').click()
  await page.getByRole('button', { name: 'Call out' }).click()
  await page
    .getByRole('region', { name: 'Teams', exact: true })
    .getByText('In a call', { exact: true })
    .waitFor()
}

async function askWhy(page: Page): Promise<void> {
  await row(page, 'Ben').click()
  await page.getByRole('tab', { name: 'Why?' }).click()
  await page.getByRole('heading', { name: 'What we wrote' }).waitFor()
}

await mkdir(directory, { recursive: true })
for (const theme of ['light', 'dark'] as const) {
  await draw(`board-${theme}`, { theme }, () => Promise.resolve())
  await draw(`why-${theme}`, { theme }, askWhy)
  await draw(`lab-${theme}`, { theme }, callOut)
  await fetch(`${lab.url}/lab/phones/1001/hangup`, { method: 'POST' })
}
await draw('board-contrast', { theme: 'contrast' }, () => Promise.resolve())
await draw('board-telephone', { width: 390, height: 844 }, () => Promise.resolve())

await browser.close()
await hub.down()
await lab.close()
