import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type PageOptions, seriousFindings, sidewaysScroll } from './board-browser.ts'
import { ConfigWorld, phone, tokenOf, type Who } from './config-world.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { until } from './support/child.ts'

const { openPage } = setUpBrowser()
const busyMachineMs = 60_000
const world = new ConfigWorld()
let lab: World
beforeAll(async () => {
  lab = await startWorld({ withoutHub: true })
  const { tenants } = parse(lab.text()) as { tenants: object[] }
  await world.start([
    { ...tenants[0], id: 'contoso', history: { days: 1 }, links: [{ from: 'pbx', to: 'teams' }] },
    { id: 'fabrikam', connectors: [{ ...phone('private'), secret: 'secret-of-fabrikam' }] },
  ])
})
afterAll(async () => {
  await world.stop()
  await lab?.stop()
})

async function open(who: Who, hash: string, options: PageOptions = {}): Promise<Page> {
  const quiet = ['401', '403', '412', '422']
  const page = await openPage(`${world.url}/${hash}`, { quiet, token: tokenOf(who), ...options })
  return page
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const linkOf = async () => {
  const { config } = (await world.send('contoso', 'GET', '/config')).json() as {
    config: { tenants: { links: Record<string, unknown>[] }[] }
  }
  return config.tenants[0]!.links
}

test('links are drawn and told as a table; nothing of another tenant is there', async () => {
  const page = await open('contoso', '#/links')
  await page.getByRole('img', { name: '1 link between 2 systems. The table below says the same.' }).waitFor()
  const table = page.getByRole('table', { name: 'Who follows whom' })
  await table.getByRole('row', { name: /Asterisk.*Microsoft Teams.*Default, as it is.*Follows/ }).waitFor()
  expect(await page.content()).not.toContain('fabrikam')
})

test('SW-07, SW-08, SW-09: a link is changed with warnings, tried on the past, saved with a reason, and taken back', async () => {
  const anna = lab.person('anna')
  const idle = anna.shown()
  await until(() => lab.phone('1001').dnd() !== undefined, 'the phone', busyMachineMs)
  lab.phone('1001').dial('+4930123')
  await until(() => anna.shown() === IN_A_CALL, 'the call in Teams', busyMachineMs)
  lab.phone('1001').hangup()
  await until(() => anna.shown() === idle, 'its end in Teams', busyMachineMs)

  const page = await open('contoso', '#/links/contoso/pbx/teams')
  await page.getByText('does not stop Teams from ringing').waitFor()
  await page.getByRole('switch', { name: 'Silence Teams during a call' }).click()
  await page.getByText('Not verified yet').waitFor()
  await page.getByRole('switch', { name: 'Silence Teams during a call' }).click()

  await button(page, 'Change the rows').click()
  const first = page.getByRole('group', { name: 'Row 1' })
  // Only what the target may be set to is offered.
  const offered = await first.getByLabel('State').locator('option').allTextContents()
  expect(offered).toContain('In a call')
  expect(offered).not.toContain('Offline')
  await first.getByLabel('Do', { exact: true }).selectOption('Take back')
  await button(page, 'Try it').click()
  const trial = page.getByRole('region', { name: 'Try it on the past' })
  await trial.getByText(/states? would have been different/).waitFor()
  await trial.getByRole('row', { name: /anna@.*teams.*In a call.*nothing/ }).waitFor()

  // A row that can never match is refused where it stands.
  await first.getByLabel('Availability').selectOption('Available')
  await button(page, 'Save').click()
  await first.getByText(/never shows/).waitFor()
  await first.getByLabel('Availability').selectOption('Any')
  await page.getByLabel('Why (kept with the version)').fill('quiet please')
  await button(page, 'Save').click()
  await page.getByText('pbx → teams is saved, and the hub follows it.').waitFor()
  expect(await linkOf()).toMatchObject([{ from: 'pbx', to: 'teams', table: [{ act: 'release' }, {}, {}] }])
  await page.getByText('Default, 1 change', { exact: true }).waitFor()

  await page.getByText('quiet please').waitFor()
  await button(page, 'Go back to version 1').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Go back to version 1' }).click()
  await page.getByText('It is as in version 1 again').waitFor()
  expect(await linkOf()).toEqual([{ from: 'pbx', to: 'teams' }])

  await button(page, 'What changed in version 2').click()
  await button(page, 'Only pbx → teams, as it was then').click()
  await page.getByText('It is as in version 2 again').waitFor()
  expect(await linkOf()).toMatchObject([{ table: [{ act: 'release' }, {}, {}] }])
})

test('a link is added, compared with its preset and restored; who saves an older state is told; it is removed', async () => {
  const page = await open('contoso', '#/links')
  await page.getByLabel('From', { exact: true }).selectOption('Microsoft Teams (teams)')
  await page.getByLabel('To', { exact: true }).selectOption({ value: 'pbx' })
  await button(page, 'Add').click()
  await page.getByText('This link is not saved yet.').waitFor()
  await page.getByLabel('Preset', { exact: true }).selectOption('Swyx')
  await page.getByLabel('Seconds for which a call is shown').fill('5')
  const comparison = page.getByRole('table', { name: 'Compared with the preset' })
  await comparison.getByRole('row', { name: /Seconds for which a call is shown.*5/ }).waitFor()
  await button(page, 'Restore the preset').click()
  await page.getByText('The same as the preset.').waitFor()

  const other = '/config/tenants/contoso/links/pbx/teams'
  expect((await world.send('contoso', 'PUT', other, { grace: 2 })).status).toBe(200)
  await button(page, 'Save').click()
  await page.getByText(/is in force, not \d+\. Read it and make the change there/).waitFor()
  await page.reload()
  await page.getByLabel('Preset', { exact: true }).selectOption('Swyx')
  await button(page, 'Save').click()
  await page.getByText('teams → pbx is saved').waitFor()
  expect(await linkOf()).toMatchObject([{ grace: 2 }, { from: 'teams', to: 'pbx', preset: 'swyx' }])

  await button(page, 'Change teams → pbx').click()
  await button(page, 'Remove this link').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove this link' }).click()
  await page.getByText('teams → pbx is removed.').waitFor()
  expect(await linkOf()).toHaveLength(1)
})

test.each(['light', 'dark', 'contrast'] as const)(
  'no serious accessibility finding and no sideways scroll at 360 pixels, in German (%s)',
  async (theme) => {
    const page = await open('contoso', '#/links', { theme, width: 360, height: 740, locale: 'de-DE' })
    for (const [hash, sign] of [
      ['#/links', 'Verlauf der Versionen'],
      ['#/links/contoso/pbx/teams', 'Welche Anrufe zählen'],
    ] as const) {
      await page.goto(`${world.url}/${hash}`)
      await page.getByRole('heading', { name: sign }).waitFor()
      expect(await seriousFindings(page), hash).toEqual([])
      expect(await sidewaysScroll(page), hash).toBe(0)
    }
  },
)
