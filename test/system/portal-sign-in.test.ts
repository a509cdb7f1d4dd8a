import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type PageOptions, seriousFindings } from './board-browser.ts'
import { startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { findFreePort } from './support/free-port.ts'
import { readSetUpLink } from './support/set-up-link.ts'

const { openPage, cleanUp } = setUpBrowser()
const password = 'correct horse battery'

/** `hookswitch serve` with an empty data directory, and the link on its console. */
async function serveAnew() {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-portal-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  const config = {
    http: { host: '127.0.0.1', port: await findFreePort() },
    store: { path: './data' },
    tenants: [{ id: 'contoso', people: [{ upn: 'anna@contoso.example', name: 'Anna Lindqvist' }] }],
  }
  const hub = await startHubProcess(writeConfigFile(folder, JSON.stringify(config)))
  cleanUp(() => hub.child.stop())
  const { link } = await readSetUpLink(hub.child.output)
  return { url: hub.url, link }
}

async function open(url: string, options: PageOptions = {}): Promise<Page> {
  // The browser itself writes of every refusal.
  const page = await openPage(url, { quiet: ['401', '403', '404'], ...options })
  return page
}

async function createAccount(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Olga Petrova')
  await page.getByLabel('What you sign in with').fill('op@contoso.example')
  await page.getByLabel(/^Password\s*\*?$/).fill(password)
  await page.getByLabel('Password again').fill(password)
  await page.getByRole('button', { name: 'Create the account' }).click()
}

async function signIn(page: Page, secret: string): Promise<void> {
  await page.getByLabel('Name').fill('Op@contoso.example')
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('the link on the console makes the first account; then the board asks who comes, lets in, and lets out', async () => {
  const { url, link } = await serveAnew()
  const page = await open(link)
  await createAccount(page)
  await page.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
  expect(page.url()).toBe(`${url}/`)
  const stranger = await open(url)
  await stranger.getByRole('heading', { name: 'Sign in to Hookswitch' }).waitFor()
  expect(await stranger.getByText('Anna Lindqvist').count()).toBe(0)
  await signIn(stranger, 'a wrong password')
  await stranger.getByText('Name or password is wrong.').waitFor()
  await signIn(stranger, password)
  await stranger.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
  await page.getByRole('button', { name: 'Signed in as Olga Petrova' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Hookswitch' }).waitFor()
})

test('a password typed otherwise the second time is told before it is sent; a used link is refused in words', async () => {
  const { link } = await serveAnew()
  const page = await open(link)
  await page.getByLabel(/^Password\s*\*?$/).fill(password)
  await page.getByLabel('Password again').fill('something else')
  await page.getByText('The two passwords differ.').waitFor()
  expect(await page.getByRole('button', { name: 'Create the account' }).isDisabled()).toBe(true)
  await createAccount(page)
  await page.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
  const late = await open(link)
  await createAccount(late)
  await late.getByText('This hub is set up already. Sign in.').waitFor()
})

test.each(['light', 'dark', 'contrast'] as const)(
  'no serious finding of axe-core, %s, also at 360 pixels',
  async (theme) => {
    const { url, link } = await serveAnew()
    const page = await open(link, { theme, width: 360, height: 740 })
    await page.getByRole('heading', { name: 'Set up Hookswitch' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await createAccount(page)
    await page.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
    const other = await open(url, { theme })
    await other.getByRole('heading', { name: 'Sign in to Hookswitch' }).waitFor()
    expect(await seriousFindings(other)).toEqual([])
    const pictures = process.env.HOOKSWITCH_TEST_PICTURES
    if (pictures) await other.screenshot({ path: join(pictures, `sign-in-${theme}.png`) })
    if (pictures) await page.screenshot({ path: join(pictures, `signed-in-${theme}.png`) })
  },
)

test('the link of a new account leads to choosing its password; then it is signed in', async () => {
  const { url, link } = await serveAnew()
  const first = await open(link)
  await createAccount(first)
  await first.getByText('Anna Lindqvist').first().waitFor()
  const path = await first.evaluate(async () => {
    const grants = [{ role: 'admin', tenant: 'contoso' }]
    const made = await fetch('/api/v1/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'carla', displayName: 'Carla Rossi', grants }),
    })
    return ((await made.json()) as { link: { path: string } }).link.path
  })
  const page = await open(url + path)
  await page.getByRole('heading', { name: 'Choose your password' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByLabel(/^Password\s*\*?$/).fill(password)
  await page.getByLabel('Password again').fill(password)
  await page.getByRole('button', { name: 'Choose this password' }).click()
  await page.getByText('Anna Lindqvist').first().waitFor()
  expect(new URL(page.url()).hash).toBe('')
  const again = await open(url + path)
  await again.getByLabel(/^Password\s*\*?$/).fill(password)
  await again.getByLabel('Password again').fill(password)
  await again.getByRole('button', { name: 'Choose this password' }).click()
  await again.getByText('This link is not valid any more').waitFor()
})

test('one’s own password is changed on the page of the account; the other browser is signed out', async () => {
  const { url, link } = await serveAnew()
  const page = await open(link)
  await createAccount(page)
  await page.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
  const other = await open(url)
  await signIn(other, password)
  await other.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
  await page.goto(`${url}/#/account`)
  const change = async (current: string) => {
    await page.getByLabel('Present password').fill(current)
    await page.getByLabel('New password').fill('another horse battery')
    await page.getByLabel('Password again').fill('another horse battery')
    await page.getByRole('button', { name: 'Change the password' }).click()
  }
  await change('not the password')
  await page.getByText('The present password is wrong.').waitFor()
  await change(password)
  await other.getByRole('heading', { name: 'Sign in to Hookswitch' }).waitFor()
  await page.getByText('You are signed in as Olga Petrova').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await signIn(other, 'another horse battery')
  await other.getByRole('row').filter({ hasText: 'Anna Lindqvist' }).waitFor()
})
