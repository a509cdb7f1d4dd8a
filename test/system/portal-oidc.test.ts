import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFindings } from './board-browser.ts'
import { startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { startCertifiedProvider } from './support/certified-provider.ts'
import { findFreePort } from './support/free-port.ts'

const { openPage, cleanUp } = setUpBrowser()
/** The pages of oidc-provider ask for one there; without it they are as good. */
const fonts = 'https://fonts.googleapis.com'

/** `hookswitch serve` with oidc-provider as the only way in. */
async function serve() {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-oidc-portal-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  const port = await findFreePort()
  const client = {
    id: 'hub',
    secret: 'a secret of the hub',
    hub: `http://127.0.0.1:${port}`,
    provider: 'idp',
  }
  const provider = await startCertifiedProvider(client)
  cleanUp(() => provider.close())
  const config = {
    http: { host: '127.0.0.1', port },
    store: { path: './data' },
    signIn: {
      providers: [
        {
          ...{ id: 'idp', title: 'Contoso ID', issuer: provider.issuer },
          ...{ clientId: client.id, clientSecret: client.secret },
          grants: [{ claim: 'roles', value: 'Hookswitch.Operator', role: 'operator' }],
        },
      ],
    },
    tenants: [{ id: 'contoso', people: [{ upn: 'anna@contoso.example', name: 'Anna Lindqvist' }] }],
  }
  const hub = await startHubProcess(writeConfigFile(folder, JSON.stringify(config)))
  cleanUp(() => hub.child.stop())
  return { url: hub.url, provider }
}

async function open(url: string, elsewhere: string): Promise<Page> {
  const page = await openPage(url, {
    quiet: ['401', '403', '404'],
    elsewhere: [elsewhere, fonts],
  })
  await page.route(`${fonts}/**`, (route) => route.abort())
  return page
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with Contoso ID' }).click()
  await page.getByPlaceholder('Enter any login').fill(name)
  await page.getByPlaceholder('and password').fill('anything')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

const board = (page: Page) => page.getByRole('row').filter({ hasText: 'Anna Lindqvist' })
const door = (page: Page) => page.getByRole('heading', { name: 'Sign in to Hookswitch' })

test('in by a certified provider, and out again: there as well, and in every browser at once', async () => {
  const { url, provider } = await serve()
  const page = await open(url, provider.issuer)
  await door(page).waitFor()
  await page.getByRole('link', { name: 'Sign in with Contoso ID' }).waitFor()
  await page.getByLabel('Password').waitFor({ state: 'detached' })
  expect(await seriousFindings(page)).toEqual([])
  await signIn(page, 'op-olga')
  await board(page).waitFor()
  expect(page.url()).toBe(`${url}/`)
  await page.getByRole('button', { name: 'Signed in as op-olga of Contoso' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await door(page).waitFor()
  expect(page.url()).toBe(`${url}/`)
  expect(provider.failures).toEqual([])
})

test('who ends the session at the provider is signed out here by its logout token', async () => {
  const { url, provider } = await serve()
  const page = await open(url, provider.issuer)
  await signIn(page, 'op-olga')
  await board(page).waitFor()
  const before = await page.context().cookies(url)
  await page.goto(`${provider.issuer}/session/end`)
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await page.getByText('success', { exact: false }).first().waitFor()
  const cookie = before.map(({ name, value }) => `${name}=${value}`).join('; ')
  expect((await fetch(`${url}/api/v1/people`, { headers: { cookie } })).status).toBe(401)
  expect(provider.failures).toEqual([])
})

test('whom no rule fits, and who declines, read why on the sign-in page', async () => {
  const { url, provider } = await serve()
  const page = await open(url, provider.issuer)
  await signIn(page, 'ben')
  await page.getByText('roles = Hookswitch.Operator').waitFor()
  await door(page).waitFor()
  expect(page.url()).toBe(`${url}/`)
  const other = await open(url, provider.issuer)
  await other.getByRole('link', { name: 'Sign in with Contoso ID' }).click()
  await other.getByRole('link', { name: 'Cancel' }).click()
  await other.getByText('Contoso ID did not let you in, or you declined.').waitFor()
})
