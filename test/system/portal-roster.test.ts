import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture, type PageOptions, seriousFindings, sidewaysScroll } from './board-browser.ts'
import { type LabTenant, startLabTenant } from './e2e/lab-tenant.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { until } from './support/child.ts'

const { openPage } = setUpBrowser()
const busyMachineMs = 60_000
let contoso: LabTenant

/** Anna and Ben are kept in step, nobody knows Nora, and Lena is left out. */
const people = [
  { upn: 'anna@contoso.example', addresses: { pbx: '1001' } },
  { upn: 'ben@contoso.example', addresses: { pbx: '1002' } },
  { upn: 'nobody@contoso.example', name: 'Nora Body' },
  { upn: 'left@contoso.example', name: 'Lena Left', sync: false },
]

beforeAll(async () => {
  contoso = await startLabTenant({ people })
  await standing('anna', 'synced')
})
afterAll(() => contoso?.stop())

async function standing(name: string, kind: string): Promise<void> {
  const look = async () => {
    const { rows } = (await contoso.hub.send('GET', `/roster/people?text=${name}@`)).json() as {
      rows: { kinds: string[] }[]
    }
    return rows[0]?.kinds.includes(kind)
  }
  await until(look, `${name} to be ${kind}`, busyMachineMs)
}

async function open(options: PageOptions = {}): Promise<Page> {
  const page = await openPage(`${contoso.hub.url}/#/people`, options)
  await page.getByRole('heading', { name: /^(People|Personen)$/ }).waitFor()
  return page
}

const lineOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name }).first()
const drawer = (page: Page, name: string) => page.getByRole('dialog', { name })

test('G-06, X-19: everyone is listed with the reason; who fits nowhere is settled by hand', async () => {
  const page = await open()
  await lineOf(page, 'Nora Body').getByText('No match').waitFor()
  await lineOf(page, 'Nora Body').getByText('Nobody in teams has this name').waitFor()
  await lineOf(page, 'Lena Left').getByText('Left out').waitFor()
  await keepPicture(page, 'people-list')
  await page.getByRole('button', { name: /^No match/ }).click()
  await expect.poll(() => page.getByRole('listitem').count()).toBe(1)
  await page.getByRole('button', { name: 'Everyone' }).click()
  const never = page.getByRole('button', { name: /^Never opened their page/ })
  await never.click()
  await expect.poll(() => never.textContent()).toBe('Never opened their page3')
  await expect.poll(() => page.getByRole('listitem').count()).toBe(3)
  await keepPicture(page, 'people-never')
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
  await keepPicture(page, 'people-standing')
  await nora.getByRole('button', { name: /^Change the address at .*Asterisk/ }).click()
  await nora.getByRole('textbox').fill('100')
  await nora.getByRole('button', { name: /^1003/ }).click()
  await keepPicture(page, 'people-by-hand')
  await nora.getByRole('button', { name: 'Save' }).click()
  await nora.getByText('Saved. The hub goes by it already.').waitFor()
  await page.keyboard.press('Escape')
  await lineOf(page, 'Nora Body').getByText('pbx 1003').waitFor()
})

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
  await keepPicture(page, 'people-table-wrong')
  await choose('upn,name\nben@contoso.example,Benjamin Okafor\ndora@contoso.example,Dora Neu\n')
  await table.getByText('Benjamin Okafor').waitFor()
  await keepPicture(page, 'people-table')
  await table.getByRole('button', { name: 'Change 2 people' }).click()
  await table.getByText('2 people were changed.').waitFor()
  await page.keyboard.press('Escape')
  await lineOf(page, 'Benjamin Okafor').waitFor()
})

test('CT-13: where people opt in, the switch is set for everyone who is listed', async () => {
  await contoso.configure({ ...contoso.settings, consent: 'optIn' })
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
  await contoso.configure(contoso.settings)
})

test.each([
  ['light', 'en-US'],
  ['dark', 'de-DE'],
] as const)(
  'no serious finding of axe-core nor sideways scroll at 360 pixels, %s %s',
  async (theme, locale) => {
    const page = await open({ theme, locale, width: 360, height: 740 })
    await lineOf(page, 'Nora Body').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await keepPicture(page, `people-telephone-${theme}`)
    await lineOf(page, 'Nora Body').getByRole('button').press('Enter')
    await drawer(page, 'Nora Body').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await keepPicture(page, `people-telephone-standing-${theme}`)
  },
  120_000,
)
