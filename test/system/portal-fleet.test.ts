import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PageOptions, seriousFindings } from './board-browser.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { findFreePort } from './support/free-port.ts'

const { openPage } = setUpBrowser()
const hub = new StoredHub()
beforeAll(async () => {
  await hub.start()
  const port = await findFreePort()
  const saved = await hub.send(
    'PUT',
    '/config',
    {
      config: { tenants: ['alpha', 'beta', 'gamma'].map((id) => tenantOf(id, port)) },
      comment: 'three customers',
    },
    { 'if-match': '*' },
  )
  if (saved.status !== 200) throw new Error(saved.text)
})
afterAll(async () => {
  await hub.close()
})

/** Alpha has no systems; those of the others do not answer. */
function tenantOf(id: string, port: number) {
  const people = [{ upn: `anna@${id}.example` }]
  if (id === 'alpha') return { id, people }
  const pbx = { id: 'pbx', type: 'asterisk', host: '127.0.0.1', port, username: 'hub', secret: 'a-secret' }
  const url = `http://127.0.0.1:${port}`
  const app = { entraTenantId: '7e0c3c5a-1f5b-4a55-9c1e-6d1f0a2b3c4d', clientSecret: 'a-secret' }
  const clientId = '2b9d6f10-8c3e-4f7a-b1d2-5e6f7a8b9c0d'
  const teams = { id: 'teams', type: 'teams', ...app, clientId, graphUrl: url, loginUrl: url }
  const links = [
    { from: 'pbx', to: 'teams', preset: 'default' },
    { from: 'teams', to: 'pbx' },
  ]
  return { id, people, connectors: [pbx, teams], links }
}

async function open(options: PageOptions = {}): Promise<Page> {
  const page = await openPage(`${hub.url}/#/fleet`, {
    quiet: ['401', '403', '404'],
    ...options,
  })
  await page.getByRole('heading', { level: 2, name: 'alpha' }).waitFor()
  return page
}

test('all customers, those with problems first, found by name and by what is wrong', async () => {
  const page = await open()
  await page.getByText('Does not work').first().waitFor()
  const names = () => page.getByRole('heading', { level: 2 }).allTextContents()
  await expect.poll(names).toEqual(['beta', 'gamma', 'alpha'])
  await page.getByRole('searchbox', { name: 'Customer or problem' }).fill('alp')
  await expect.poll(names).toEqual(['alpha'])
  await page.getByRole('searchbox', { name: 'Customer or problem' }).fill('cannot be reached')
  await expect.poll(names).toEqual(['beta', 'gamma'])
  await page.getByRole('link', { name: 'Links' }).last().click()
  await expect.poll(() => new URL(page.url()).hash).toBe('#/links/gamma')
})

test('a customer is added and set up, taken out with a warning, and put back', async () => {
  const page = await open({ quiet: ['401', '403', '404', '422'] })
  await page.getByRole('button', { name: 'Add a customer' }).click()
  await page.getByLabel('Short name').fill('beta')
  await page.getByText('There is a tenant of this name.').waitFor()
  expect(await page.getByRole('button', { name: 'Name it' }).isDisabled()).toBe(true)
  await page.getByLabel('Short name').fill('delta')
  await page.getByRole('button', { name: 'Name it' }).click()
  await expect.poll(() => new URL(page.url()).hash).toBe('#/set-up?tenant=delta')
  await page.getByRole('button', { name: 'Connect Microsoft 365' }).click()
  await page.getByRole('link', { name: 'Back to set-up' }).click()
  await expect.poll(() => new URL(page.url()).hash).toBe('#/set-up?tenant=delta')
  await page.goto(`${hub.url}/#/connectors?tenant=beta`)
  await expect.poll(() => page.getByRole('article').count()).toBe(2)

  await page.goto(`${hub.url}/#/fleet`)
  await page.getByRole('button', { name: 'Remove delta' }).click()
  await page.getByRole('alertdialog').getByText('what the hub wrote there is taken back').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('delta is removed.').waitFor()
  const delta = page.getByRole('heading', { level: 2, name: 'delta' })
  await delta.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('delta is back.').waitFor()
  await delta.waitFor()
  expect((await hub.send('DELETE', '/config/tenants/delta')).status).toBe(200)
})

test('a preset for chosen customers: told first, then put in force one after the other', async () => {
  const page = await open()
  await page.getByRole('checkbox', { name: 'Choose alpha' }).check()
  await page.getByRole('checkbox', { name: 'Choose beta' }).check()
  await page.getByRole('button', { name: 'Template for 2 customers' }).click()
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('swyx')
  await page.getByText('pbx \u2192 teams: default becomes swyx.').waitFor()
  await expect.poll(() => page.getByText('No link follows other rules by it.').count()).toBe(1)
  await page.getByRole('button', { name: 'Put it in force at 2' }).click()
  await expect.poll(() => page.getByText(/^Done: version \d+/).count()).toBe(2)
  const { config } = (await hub.send('GET', '/config')).json() as {
    config: { tenants: { id: string; preset?: string; links?: object[] }[] }
  }
  expect(config.tenants[1]!.links).toEqual([
    { from: 'pbx', to: 'teams' },
    { from: 'teams', to: 'pbx' },
  ])
  expect(config.tenants.map(({ id, preset }) => [id, preset])).toEqual([
    ['alpha', 'swyx'],
    ['beta', 'swyx'],
    ['gamma', undefined],
  ])
})

test.each([
  { theme: 'light', locale: 'en-US' },
  { theme: 'dark', locale: 'de-DE' },
  { theme: 'contrast', locale: 'de-DE' },
] as const)('in $theme and $locale, nothing serious, and nothing wider than a telephone', async (look) => {
  const page = await open({ ...look, width: 360, height: 740 })
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  const pictures = process.env.HOOKSWITCH_PICTURES
  if (pictures) await page.screenshot({ path: `${pictures}/fleet-${look.theme}.png` })
})
