import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { sampleTenant } from '../../src/lab/sample.ts'
import { type BoardBrowser, openBrowser, type PageOptions, seriousFindings } from './board-browser.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

const busyMachineMs = 60_000
let world: World
let hub: StoredHub
let browser: BoardBrowser
let tenant: Record<string, unknown>

/** Anna and Ben are kept in step, nobody knows Nora, and Lena is left out. */
const people = [
  { upn: 'anna@contoso.example', addresses: { pbx: '1001' } },
  { upn: 'ben@contoso.example', addresses: { pbx: '1002' } },
  { upn: 'nobody@contoso.example', name: 'Nora Body' },
  { upn: 'left@contoso.example', name: 'Lena Left', sync: false },
]

beforeAll(async () => {
  world = await startWorld({ withoutHub: true, tenant: sampleTenant() })
  hub = new StoredHub()
  browser = await openBrowser()
  await hub.start()
  const { tenants } = parse(world.text()) as { tenants: Record<string, unknown>[] }
  tenant = { ...tenants[0], people }
  await setTenant(tenant)
  await standing('anna', 'synced')
}, 120_000)
afterAll(async () => {
  await browser.close()
  await hub.close()
  await world.stop()
})
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function setTenant(value: object): Promise<void> {
  const answer = await hub.send('PUT', '/config/tenants/contoso', value)
  expect(answer.status, answer.text).toBe(200)
}

async function standing(name: string, kind: string): Promise<void> {
  const look = async () => {
    const { rows } = (await hub.send('GET', `/roster/people?text=${name}@`)).json() as {
      rows: { kinds: string[] }[]
    }
    return rows[0]?.kinds.includes(kind)
  }
  await until(look, `${name} to be ${kind}`, busyMachineMs)
}

async function open(options: PageOptions = {}): Promise<Page> {
  const { page, close } = await browser.open(`${hub.url}/#/people`, options)
  closers.push(close)
  await page.getByRole('heading', { name: /^(People|Personen)$/ }).waitFor()
  return page
}

const lineOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name }).first()
const drawer = (page: Page, name: string) => page.getByRole('dialog', { name })

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HOOKSWITCH_TEST_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `people-${name}.png`), animations: 'disabled' })
}

test('G-06, X-19: everyone is listed with the reason; who fits nowhere is settled by hand', async () => {
  const page = await open()
  await lineOf(page, 'Nora Body').getByText('No match').waitFor()
  await lineOf(page, 'Nora Body').getByText('Nobody in teams has this name').waitFor()
  await lineOf(page, 'Lena Left').getByText('Left out').waitFor()
  await picture(page, 'list')
  await page.getByRole('button', { name: /^No match/ }).click()
  await expect.poll(() => page.getByRole('listitem').count()).toBe(1)
  await page.getByRole('button', { name: 'Everyone' }).click()
  const never = page.getByRole('button', { name: /^Never opened their page/ })
  await never.click()
  await expect.poll(() => never.textContent()).toBe('Never opened their page3')
  await expect.poll(() => page.getByRole('listitem').count()).toBe(3)
  await picture(page, 'never')
  await never.click()
  await page.getByRole('searchbox', { name: 'Search people' }).fill('nora')
  await lineOf(page, 'Nora Body').getByRole('button').click()
  const nora = drawer(page, 'Nora Body')
  await nora
    .getByText('nobody in teams has this name')
    .or(nora.getByText('Nobody in teams'))
    .first()
    .waitFor()
  await nora.getByText('Has never opened their own page').waitFor()
  await picture(page, 'standing')
  await nora.getByRole('button', { name: /^Change the address at .*Asterisk/ }).click()
  await nora.getByRole('textbox').fill('100')
  await nora.getByRole('button', { name: /^1003/ }).click()
  await picture(page, 'by-hand')
  await nora.getByRole('button', { name: 'Save' }).click()
  await nora.getByText('Saved. The hub goes by it already.').waitFor()
  await page.keyboard.press('Escape')
  await lineOf(page, 'Nora Body').getByText('pbx 1003').waitFor()
}, 120_000)

test('a table is looked at first, every problem with its line, and then taken in', async () => {
  const page = await open()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('contoso.csv')
  await page.getByRole('button', { name: 'Import CSV' }).click()
  const table = drawer(page, 'Import people from a CSV table')
  const choose = (csv: string) =>
    table.getByLabel('CSV file, UTF-8').setInputFiles({
      ...{ name: 'people.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(csv),
    })
  await choose('upn,sync,colour\nben@contoso.example,perhaps,red\n')
  await table.getByText('2 things are wrong').waitFor()
  await table.getByText('Line 2:').waitFor()
  await picture(page, 'table-wrong')
  await choose('upn,name\nben@contoso.example,Benjamin Okafor\ndora@contoso.example,Dora Neu\n')
  await table.getByText('Benjamin Okafor').waitFor()
  await picture(page, 'table')
  await table.getByRole('button', { name: 'Change 2 people' }).click()
  await table.getByText('2 people were changed.').waitFor()
  await page.keyboard.press('Escape')
  await lineOf(page, 'Benjamin Okafor').waitFor()
}, 120_000)

test('CT-13: where people opt in, the switch is set for everyone who is listed', async () => {
  await setTenant({ ...tenant, consent: 'optIn' })
  await standing('anna', 'notOptedIn')
  const page = await open()
  await lineOf(page, 'anna@').getByText('Not opted in').waitFor()
  await page.getByRole('searchbox', { name: 'Search people' }).fill('anna')
  await page.getByText('1 person', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Switches of these people' }).click()
  await page.getByRole('menuitem', { name: 'Switch on for 1 person' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch on for 1 person' }).click()
  await page.getByText('The switch of 1 person was set.').waitFor()
  await standing('anna', 'synced')
  await setTenant(tenant)
}, 120_000)

test.each([
  ['light', 'en-US'],
  ['dark', 'de-DE'],
] as const)(
  'no serious finding of axe-core nor sideways scroll at 360 pixels, %s %s',
  async (theme, locale) => {
    const page = await open({ theme, locale, width: 360, height: 740 })
    await lineOf(page, 'Nora Body').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(await overflow()).toBe(0)
    await picture(page, `telephone-${theme}`)
    await lineOf(page, 'Nora Body').getByRole('button').press('Enter')
    await drawer(page, 'Nora Body').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await overflow()).toBe(0)
    await picture(page, `telephone-standing-${theme}`)
  },
  120_000,
)
