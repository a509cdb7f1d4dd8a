import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOnlyConfig } from '../../src/apps/config/file-config.ts'
import { startHub } from '../../src/apps/hub.ts'
import { createLog } from '../../src/observe/log.ts'
import { type PageOptions, seriousFindings, sidewaysScroll } from './board-browser.ts'
import { ConfigWorld, tokenOf, type Who } from './config-world.ts'
import { loadText } from './e2e/config.ts'
import { setUpBrowser } from './set-up-browser.ts'

const { openPage, cleanUp } = setUpBrowser()
const world = new ConfigWorld()
beforeAll(async () => {
  await world.start()
})
afterAll(async () => {
  await world.stop()
})

interface Wanted extends PageOptions {
  readonly url?: string
}

async function open(hash: string, { url = world.url, token = tokenOf('operator'), ...options }: Wanted = {}) {
  const quiet = ['401', '403', '404', '412', '422']
  const page = await openPage(`${url}/${hash}`, { quiet, token, ...options })
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, group: string, name: string) =>
  // What has to be given has an asterisk behind its name.
  page.getByRole('group', { name: group, exact: true }).getByLabel(new RegExp(`^${name}\\*?$`))

async function configured(who: Who = 'operator') {
  const { config } = (await world.send(who, 'GET', '/config')).json() as {
    config: Record<string, Record<string, unknown>>
  }
  return config
}

test('G-09: alerts with mail and quiet hours are a form: checked, saved as a version, the password sealed and never shown', async () => {
  const page = await open('#/settings/parts/alerts')
  await page.getByText('What is saved here counts from the next start of the hub on.').waitFor()
  await field(page, 'Alerts', 'Down after').fill('0')
  await field(page, 'Mail', 'Host').fill('smtp.contoso.example')
  await page
    .getByText(/must be|at least|Must/)
    .first()
    .waitFor()
  await field(page, 'Alerts', 'Down after').fill('9')
  await field(page, 'Mail', 'From').fill('hub@contoso.example')
  await page.getByRole('group', { name: 'To', exact: true }).getByRole('button', { name: 'Add' }).click()
  await page.getByRole('group', { name: 'To', exact: true }).getByRole('textbox').fill('it@contoso.example')
  await field(page, 'Mail', 'User').fill('hub')
  await field(page, 'Mail', 'Password').fill('the-mail-password')
  await field(page, 'Quiet hours', 'From').fill('22:00')
  await field(page, 'Quiet hours', 'To').fill('06:30')
  await page.getByLabel('Why').fill('Nights are quiet')
  await button(page, 'Save for the next start').click()
  await page.getByText('Saved. The hub goes on as before until it is started again.').waitFor()
  expect((await configured()).alerts).toMatchObject({
    ...{ downAfter: 9, quietHours: { from: '22:00', to: '06:30' } },
    mail: { host: 'smtp.contoso.example', to: ['it@contoso.example'] },
  })
  expect(world.stored()).not.toContain('the-mail-password')
  await page.reload()
  await field(page, 'Mail', 'Host').waitFor()
  expect(await page.content()).not.toContain('the-mail-password')
  await page
    .getByRole('group', { name: 'Mail', exact: true })
    .getByText(/is kept|kept/i)
    .first()
    .waitFor()
  await field(page, 'Mail', 'Host').fill('smtp2.contoso.example')
  await button(page, 'Save for the next start').click()
  await page.getByText(/^Saved\./).waitFor()
  const { alerts } = await configured()
  expect((alerts!.mail as { password: string }).password).toMatch(/^\$\{secret:/)
  await page.goto(`${world.url}/#/settings/hub`)
  await page.getByText('Nights are quiet').waitFor()
})

test('a change that somebody else made meanwhile is not overwritten; what is taken out has its defaults again', async () => {
  const page = await open('#/settings/parts/log')
  await page.getByLabel('Level').selectOption('warn')
  const other = await world.send('operator', 'PUT', '/config/hub/log', { value: { level: 'error' } })
  expect(other.status).toBe(200)
  await button(page, 'Save for the next start').click()
  await page.getByText(/is in force, not/).waitFor()
  expect((await configured()).log).toEqual({ level: 'error' })
  await page.reload()
  await button(page, 'Take this part out').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take this part out' }).click()
  await page.getByText(/^Saved\./).waitFor()
  expect(await configured()).not.toHaveProperty('log')
})

test('parts are chosen from a list, each at its own address; to an administrator of a tenant none is shown', async () => {
  const page = await open('#/settings/parts')
  await page.getByText('(--host, --port)').waitFor()
  await page.getByLabel('Part of the hub').selectOption('Sign-in: providers')
  await page.getByText('Sign-in by OpenID Connect').waitFor()
  expect(new URL(page.url()).hash).toBe('#/settings/parts/signIn')
  const theirs = await open('#/settings/parts', { token: tokenOf('contoso') })
  await theirs.getByText(/This could not be read\./).waitFor()
  expect(await theirs.getByLabel('Public address').count()).toBe(0)
  const refused = await world.send('contoso', 'PUT', '/config/hub/log', { value: { level: 'debug' } })
  expect(refused.status).toBeGreaterThanOrEqual(403)
  expect(await configured()).not.toHaveProperty('log')
})

test('a configuration from a file is shown without its secrets, marked as read only, and offers nothing to save', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-file-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  const token = 'a-token-of-the-operator'
  const tokens = [{ name: 'op', token, scopes: ['admin'] }]
  const text = JSON.stringify({
    ...{ http: { port: 0, tokens }, alerts: { downAfter: 7 }, tenants: [{ id: 'contoso' }] },
    store: { path: join(folder, 'data') },
  })
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(file, text)
  const hub = await startHub(loadText(text), {
    log: createLog({ level: 'silent' }),
    configuration: async (inside) => readOnlyConfig(file, inside),
  })
  cleanUp(() => hub.stop())
  const page = await open('#/settings/parts/http', { url: hub.url, token })
  await page.getByText('The configuration comes from a file').waitFor()
  await field(page, 'API tokens', 'Name').waitFor()
  expect(await page.getByText('counts from the next start').count()).toBe(0)
  expect(await field(page, 'API tokens', 'Name').inputValue()).toBe('op')
  expect(await field(page, 'HTTP', 'Port').isEditable()).toBe(false)
  expect(await page.getByRole('button', { name: /Save|Take this part out|Add/ }).count()).toBe(0)
  expect(await page.content()).not.toContain(token)
})

test.each(['light', 'dark', 'contrast'] as const)(
  'no serious accessibility finding and no sideways scroll at 360 pixels, in German (%s)',
  async (theme) => {
    const page = await open('#/settings/parts', { theme, width: 360, height: 740, locale: 'de-DE' })
    for (const [part, sign] of [
      ['http', 'HTTP: wo Übersicht und API zu erreichen sind'],
      ['signIn', 'Anmeldung: Anbieter'],
      ['alerts', 'Meldungen, Mail und Ruhezeiten'],
    ] as const) {
      await page.goto(`${world.url}/#/settings/parts/${part}`)
      await page.getByRole('heading', { name: sign }).waitFor()
      expect(await seriousFindings(page), part).toEqual([])
      expect(await sidewaysScroll(page), part).toBe(0)
    }
  },
)
