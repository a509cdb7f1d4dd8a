import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DayView } from '../../src/core/day-view.ts'
import { keepPicture, type PageOptions, seriousFindings, sidewaysScroll } from './board-browser.ts'
import { DND, IN_A_CALL } from './e2e/lab-people.ts'
import { type LabTenant, startLabTenant } from './e2e/lab-tenant.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { until } from './support/child.ts'

const { openPage } = setUpBrowser()
const busyMachineMs = 60_000
let contoso: LabTenant

const people = [
  { upn: 'anna@contoso.example', addresses: { pbx: '1001' } },
  { upn: 'ben@contoso.example', addresses: { pbx: '1002' } },
]

beforeAll(async () => {
  contoso = await startLabTenant({ people, history: { days: 1 } })
  const heard = async () => {
    const { json } = await contoso.hub.send('GET', '/people/anna@contoso.example')
    const { systems } = json() as { systems: { synced: boolean }[] }
    return systems?.length === 2 && systems.every(({ synced }) => synced)
  }
  await until(heard, 'Anna to be heard', busyMachineMs)
})
afterAll(() => contoso?.stop())

async function open(name: string, options: PageOptions = {}): Promise<Page> {
  const key = encodeURIComponent(`contoso/${name}@contoso.example`)
  const page = await openPage(`${contoso.hub.url}/#/person/${key}/page`, options)
  await page.getByRole('heading', { level: 2, name: name === 'anna' ? 'Anna Keller' : 'Ben Ortiz' }).waitFor()
  return page
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a call is followed on the page: how long it took, the day drawn with it, and whether it will ring', async () => {
  const page = await open('anna')
  const ring = part(page, 'Will it ring?')
  await ring.getByText('Rings', { exact: true }).first().waitFor()
  const phone = contoso.world.phone('1001')
  const from = Date.now() - 1_000
  phone.dial('+4930123')
  await until(() => contoso.world.person('anna').shown() === IN_A_CALL, 'the call in Teams', busyMachineMs)
  const links = part(page, 'Links and how long they take')
  await links.getByText('covers this person').first().waitFor()
  await links.getByText(/acknowledged after/).waitFor()
  phone.hangup()
  await until(() => contoso.world.person('anna').shown() !== IN_A_CALL, 'the end in Teams', busyMachineMs)
  const ended = async () => {
    const path = `/people/anna@contoso.example/day?from=${from}&to=${Date.now() + 1}`
    const answer = await contoso.hub.send('GET', path)
    const { board, writes } = answer.json() as unknown as DayView
    const calls = board.filter(({ activity }) => activity === 'inACall')
    return calls.length === 1 && board.at(-1)?.activity !== 'inACall' && writes[0]?.until !== undefined
  }
  await until(ended, 'the call in the history', busyMachineMs)
  const day = part(page, 'Through the day')
  await day.getByText('Each look at the past is noted in the audit log.').waitFor()
  await day.getByRole('button', { name: 'Draw the last hour' }).click()
  await day.getByText('In a call', { exact: true }).first().waitFor()
  await day
    .getByText(/: In a call · Microsoft Teams/)
    .first()
    .waitFor()
  await day
    .getByText(/^In words/)
    .first()
    .click()
  await day.scrollIntoViewIfNeeded()
  await keepPicture(page, 'person-day')
  contoso.world.person('anna').status(DND)
  await ring.getByText('Does not ring').first().waitFor()
  contoso.world.person('anna').status(null)
  const audit = (await contoso.hub.send('GET', '/audit?tenant=contoso&what=history.read')).json()
  expect(JSON.stringify(audit)).toContain('anna@contoso.example')
})

test('what is stored leaves as a file, and the past is erased after a warning', async () => {
  const page = await open('ben')
  const stored = part(page, 'What is stored')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    stored.getByRole('button', { name: 'Export as a file' }).click(),
  ])
  expect(JSON.parse(readFileSync((await file.path())!, 'utf8'))).toMatchObject({ id: 'ben@contoso.example' })
  await stored.getByRole('button', { name: 'Erase the past' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase the past' }).click()
  await stored.getByText(/^Erased: /).waitFor()
})

test('without a history it says how to keep one; paused and switched on, and back to the board', async () => {
  await contoso.configure({ ...contoso.settings, history: { days: 0 } })
  const page = await open('ben')
  await part(page, 'Through the day').getByText('history: { days: 7 }').waitFor()
  await page.getByRole('button', { name: 'Pause sync' }).click()
  await page.getByRole('menuitem', { name: 'For an hour' }).click()
  await page
    .getByText(/Sync is paused until/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Pause sync' }).waitFor()
  await page.getByRole('link', { name: 'Back to the board' }).click()
  const row = page.getByRole('row').filter({ hasText: 'Ben Ortiz' })
  await row.click()
  await page.getByRole('link', { name: 'Open on a page' }).click()
  await page.getByRole('heading', { level: 2, name: 'Ben Ortiz' }).waitFor()
})

test.each([
  ['light', 'en-US'],
  ['dark', 'de-DE'],
] as const)(
  'no serious finding of axe-core nor sideways scroll at 360 pixels, %s %s',
  async (theme, locale) => {
    await contoso.configure(contoso.settings)
    const page = await open('anna', { theme, locale, width: 360, height: 740 })
    await page.getByRole('button', { name: /^(Draw the last hour|Letzte Stunde zeichnen)$/ }).click()
    await page
      .getByText(/^(In words|In Worten)/)
      .first()
      .waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await keepPicture(page, `person-telephone-${theme}`)
  },
  120_000,
)
