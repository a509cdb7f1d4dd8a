import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BoardBrowser, keepPicture, openBrowser, seriousFindings } from './board-browser.ts'
import { anna, busyMachineMs, SiteWorld } from './sites/world.ts'
import { until } from './support/child.ts'
import { readSetUpLink } from './support/set-up-link.ts'

/** Sites on the page of connectors, of a real hub with a real site. */
const password = 'correct horse battery'
let world: SiteWorld
let browser: BoardBrowser
beforeAll(async () => {
  ;[world, browser] = await Promise.all([SiteWorld.open(), openBrowser()])
  await world.startHub()
  world.startSite(await world.makeCode())
  await world.heard()
  await world.talks(anna)
  world.gate.cut()
  await until(
    async () => (await world.person(anna.upn))?.systems.some(({ synced }) => !synced),
    () => `the phone to be lost\n${world.output()}`,
    busyMachineMs,
  )
  // From now on nobody may ask without an account.
  const { code } = await readSetUpLink(world.hub!.output)
  await world.ask('POST', 'set-up', { code, name: 'olga', displayName: 'Olga Petrova', password })
}, 6 * busyMachineMs)
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

/** Until this stands there. */
const reads = (place: Locator, wanted: RegExp) =>
  until(
    async () => wanted.test((await place.textContent()) ?? ''),
    () => `the page to show ${wanted}\n${world.output()}`,
    busyMachineMs,
  )

async function openSignedIn(width = 1280, language = 'en', theme: 'light' | 'dark' = 'light') {
  const { page, close } = await browser.open(`${world.hubUrl}/#/connectors`, {
    ...{ quiet: ['401'], width, height: 900, locale: language, theme },
  })
  await page.getByRole('textbox', { name: /^Name/ }).fill('olga')
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  return { page, close }
}

test(
  'a link that is cut: since when, what is only lost, until when it is kept, what runs out at the site and what to do',
  async () => {
    const person = `person/${encodeURIComponent(`contoso/${anna.upn}`)}`
    const english = await openSignedIn()
    const { page } = english
    const row = page.getByRole('row').filter({ hasText: 'office (contoso)' })
    await reads(row, /pbxnot connected/)
    await reads(row, /connection was cut.*It dials again by itself/)
    await reads(row, /Unless it is back before: from .*it takes back/)
    expect(await seriousFindings(page)).toEqual([])
    await keepPicture(page, 'site-cut-sites')
    await page.goto(`${world.hubUrl}/#/health`)
    await page.getByText('See whether its machine runs and reaches this hub').first().waitFor()
    await keepPicture(page, 'site-cut-health')
    await page.goto(`${world.hubUrl}/#/${person}`)
    await page.getByText(/kept like this until .* at most/).waitFor()
    await page.getByText('Outbound call with an external party: talking').waitFor()
    await page
      .getByText(/^Cannot be heard since/)
      .first()
      .waitFor()
    await keepPicture(page, 'site-cut-why')
    await english.close()
    const german = await openSignedIn(1280, 'de', 'dark')
    const zeile = german.page.getByRole('row').filter({ hasText: 'office (contoso)' })
    await reads(zeile, /pbxnicht verbunden/)
    await expect
      .poll(() => zeile.textContent())
      .toMatch(/Verbindung wurde getrennt.*wählt von selbst wieder an/)
    await reads(german.page.locator('main'), /an dem dieser Konnektor läuft/)
    expect(await seriousFindings(german.page)).toEqual([])
    await keepPicture(german.page, 'site-cut-sites-german')
    await german.page.goto(`${world.hubUrl}/#/${person}`)
    await german.page.getByText(/so gehalten bis höchstens/).waitFor()
    await keepPicture(german.page, 'site-cut-why-german')
    await german.close()
  },
  4 * busyMachineMs,
)

test(
  'a site is shown with its version and connection, gets a code, and is revoked',
  async () => {
    world.gate.open()
    await until(
      () => world.site!.output().split('the hub has let this site in').length > 2,
      () => `the site to be back\n${world.output()}`,
      busyMachineMs,
    )
    const { page, close } = await openSignedIn()
    const row = page.getByRole('row').filter({ hasText: 'office (contoso)' })
    await reads(row, /pbxconnected/)
    await reads(row, /pbx.*\d+\.\d+\.\d+/)
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Make a code for office' }).click()
    await page.getByText(/Code for office: copy it now/).waitFor()
    const shown = await page.locator('input[readonly]').inputValue()
    expect(shown).toMatch(/^contoso\.[\w-]{27}$/)
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Revoke the site office' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The site office is revoked.').waitFor()
    await row.getByText('not enrolled').waitFor()
    expect(await world.site!.ended).toBe(77)
    await close()
  },
  3 * busyMachineMs,
)

test(
  'on a telephone the table scrolls by itself; the words are there in German',
  async () => {
    const { page, close } = await openSignedIn(360, 'de')
    await page.getByRole('heading', { name: 'Standorte' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'nicht angemeldet' }).waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide).toBe(false)
    expect(await seriousFindings(page)).toEqual([])
    await close()
  },
  3 * busyMachineMs,
)
