import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture, type PageOptions, seriousFindings, sidewaysScroll } from './board-browser.ts'
import { startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { findFreePort } from './support/free-port.ts'
import { readSetUpLink } from './support/set-up-link.ts'

const { openPage } = setUpBrowser()
const password = 'correct horse battery'
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-access-page-'))
let hub: Awaited<ReturnType<typeof startHubProcess>>
/** Of the operator who was made first. */
let cookie: string

beforeAll(async () => {
  const people = [
    { upn: 'anna@contoso.example', name: 'Anna Lindqvist', groups: ['desk'] },
    { upn: 'ben@contoso.example', name: 'Ben Okafor' },
  ]
  const config = {
    http: { host: '127.0.0.1', port: await findFreePort() },
    store: { path: './data' },
    tenants: [{ id: 'contoso', people }],
  }
  hub = await startHubProcess(writeConfigFile(folder, JSON.stringify(config)))
  const { code } = await readSetUpLink(hub.child.output)
  const answer = await fetch(`${hub.url}/api/v1/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'op', displayName: 'Olga Petrova', password }),
  })
  expect(answer.status, await answer.text()).toBeLessThan(300)
  cookie = /^([^=]+=[^;]+)/.exec(answer.headers.get('set-cookie') ?? '')![1]!
})
afterAll(async () => {
  await hub.child.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** As the operator, unless told to be nobody yet. */
function open(address: string, { nobody, ...options }: PageOptions & { nobody?: true } = {}): Promise<Page> {
  const quiet = ['401', '404']
  return openPage(`${hub.url}/${address}`, { quiet, ...(!nobody && { cookie }), ...options })
}

const account = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

async function act(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

test('an account is made with its rights, warned of those that do nothing; its link is shown once and works', async () => {
  const page = await open('#/access')
  await account(page, 'Olga Petrova').getByText('Operator of the hub').waitFor()
  await page.getByRole('button', { name: 'New account' }).click()
  await page.getByLabel('What they sign in with').fill('carla')
  await page.getByLabel(/^Name\s*\*?$/).fill('Carla Rossi')
  await page.getByLabel('Role').selectOption('Supervisor')
  await page.getByText('There are: desk').waitFor()
  await page.getByLabel('Groups').fill('desc')
  await page.getByText('Nobody is in desc: nobody is seen by that.').waitFor()
  await keepPicture(page, 'access-new')
  await page.getByLabel('Groups').fill('desk')
  await page.getByRole('button', { name: 'Create the account' }).click()
  const link = await page.getByRole('alertdialog').getByRole('textbox', { name: 'Link' }).inputValue()
  await keepPicture(page, 'access-link')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await account(page, 'Carla Rossi').getByText('has not chosen a password').waitFor()
  await keepPicture(page, 'access-list')

  const asked: string[] = []
  const carla = await open(link.slice(hub.url.length + 1), { nobody: true })
  carla.on('response', (answer) => {
    if (answer.status() === 403) asked.push(answer.url())
  })
  await carla.getByLabel(/^Password\s*\*?$/).fill(password)
  await carla.getByLabel('Password again').fill(password)
  await carla.getByRole('button', { name: 'Choose this password' }).click()
  await carla.getByText('Anna Lindqvist').first().waitFor()
  // A supervisor is offered, and asks for, nothing that the hub would refuse.
  await carla.reload()
  await carla.getByText('Anna Lindqvist').first().waitFor()
  await expect.poll(() => carla.getByRole('link', { name: 'Health' }).count()).toBe(0)
  expect(await carla.getByRole('link', { name: /^(People|Access)$/ }).count()).toBe(0)
  expect(asked).toEqual([])
})

test('rights are changed, sessions ended and an account deleted, each said before it is done', async () => {
  const page = await open('#/access')
  await page.getByRole('button', { name: 'New account' }).click()
  await page.getByLabel('What they sign in with').fill('david')
  await page.getByLabel(/^Name\s*\*?$/).fill('David Kim')
  await page.getByLabel('Role').selectOption('Member')
  await page.getByLabel(/^Person/).fill('nobody@contoso.example')
  await page.getByText('There is no person “nobody@contoso.example”').waitFor()
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await account(page, 'David Kim').getByText('There is no person').waitFor()
  await act(page, 'David Kim', 'Change')
  await page.getByLabel('Role').selectOption('Administrator')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The account of David Kim is changed.').waitFor()
  await account(page, 'David Kim').getByText('Administrator · Tenant contoso').waitFor()
  await act(page, 'David Kim', 'Sign out everywhere')
  await page.getByRole('alertdialog').getByText('has to sign in again').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByText('David Kim is signed out everywhere.').waitFor()
  await act(page, 'David Kim', 'New link')
  await page.getByRole('alertdialog').getByRole('button', { name: 'New link' }).click()
  await page.getByRole('alertdialog').getByRole('textbox', { name: 'Link' }).waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await act(page, 'David Kim', 'Delete')
  await page.getByRole('alertdialog').getByText('This cannot be undone.').waitFor()
  await keepPicture(page, 'access-delete')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('The account of David Kim is deleted.').waitFor()
  await expect.poll(() => account(page, 'david').count()).toBe(0)

  await page.goto(`${hub.url}/#/audit`)
  await page.getByText('Deleted an account').last().waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export these as CSV' }).click(),
  ])
  expect(readFileSync((await file.path())!, 'utf8')).toMatch(/^at,who,what,about,detail,tenant,id\r\n/)
  await page.getByLabel('Tenant').selectOption('The hub itself')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByText('Signed in').last().waitFor()
  await page.getByText('from 127.0.0.1').last().waitFor()
})

test.each([
  ['light', 'en-US'],
  ['dark', 'de-DE'],
  ['contrast', 'de-DE'],
] as const)(
  'no serious finding of axe-core nor sideways scroll at 360 pixels, %s %s',
  async (theme, locale) => {
    const page = await open('#/access', { theme, locale, width: 360, height: 740 })
    await account(page, 'Olga Petrova').waitFor()
    const check = async () => {
      expect(await seriousFindings(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    }
    await check()
    await keepPicture(page, `access-telephone-${theme}`)
    await page.getByRole('button', { name: /^(New account|Neues Konto)$/ }).click()
    await page.getByRole('dialog').waitFor()
    await check()
    await keepPicture(page, `access-telephone-new-${theme}`)
  },
  120_000,
)
