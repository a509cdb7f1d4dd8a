import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BoardBrowser, openBrowser, seriousFindings } from './board-browser.ts'
import { busyMachineMs, SiteWorld } from './sites/world.ts'
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
  const { code } = await readSetUpLink(world.hub!.output)
  await world.ask('POST', 'set-up', { code, name: 'olga', displayName: 'Olga Petrova', password })
}, 4 * busyMachineMs)
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

async function openSignedIn(width = 1280, language = 'en') {
  const { page, close } = await browser.open(`${world.hubUrl}/#/connectors`, {
    ...{ quiet: ['401'], width, height: 900, locale: language },
  })
  await page.getByRole('textbox', { name: /^Name/ }).fill('olga')
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  return { page, close }
}

test(
  'a site is shown with its version and connection, gets a code, and is revoked',
  async () => {
    const { page, close } = await openSignedIn()
    const row = page.getByRole('row').filter({ hasText: 'office (contoso)' })
    await row.getByText('connected', { exact: true }).waitFor()
    await expect.poll(() => row.textContent()).toMatch(/pbx.*\d+\.\d+\.\d+/)
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
