import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PageOptions, seriousFindings, sidewaysScroll } from './board-browser.ts'
import { ConfigWorld, tokenOf, type Who } from './config-world.ts'
import { setUpBrowser } from './set-up-browser.ts'

const { openPage, cleanUp } = setUpBrowser()
const world = new ConfigWorld()
beforeAll(async () => {
  await world.start()
})
afterAll(async () => {
  await world.stop()
})

async function open(who: Who, hash: string, options: PageOptions = {}): Promise<Page> {
  const quiet = ['401', '403', '422']
  const page = await openPage(`${world.url}/${hash}`, { quiet, token: tokenOf(who), ...options })
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page, name: string) => page.getByRole('alertdialog').getByRole('button', { name })

test('a token is made, its secret shown once, and revoked', async () => {
  const page = await open('contoso', '#/settings/tokens')
  await page.getByText('No token was made yet.').waitFor()
  await page.getByLabel('Name').fill('wallboard')
  await page.getByRole('group', { name: 'May' }).getByText('speak for people').click()
  await button(page, 'Make the token').click()
  const secret = await page.getByRole('textbox', { name: 'Copy it now: it is shown this once.' }).inputValue()
  const ask = () => fetch(`${world.url}/api/v1/people`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await ask()).status).toBe(200)
  await page.getByRole('row', { name: /wallboard.*look, speak for people.*contoso/ }).waitFor()
  await page.reload()
  await button(page, 'Revoke wallboard').click()
  await dialog(page, 'Revoke').click()
  await page.getByText('wallboard is revoked.').waitFor()
  expect((await ask()).status).toBe(401)
  expect(await page.content()).not.toContain(secret)
})

test('a webhook is added, tried, and told of where it does not work', async () => {
  let status = 204
  const received: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      received.push(`${String(request.headers['webhook-signature'])} ${body}`)
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => server.close())
  const { port } = server.address() as AddressInfo
  const expectSoundLog = async () => {
    const german = await open('contoso', '#/settings/webhooks', { width: 360, height: 740, locale: 'de-DE' })
    await german
      .getByRole('row', { name: /fehlgeschlagen: Status 500/ })
      .first()
      .waitFor()
    expect(await seriousFindings(german)).toEqual([])
    expect(await sidewaysScroll(german)).toBe(0)
  }
  const page = await open('contoso', '#/settings/webhooks')
  await page.getByLabel('Name').fill('wall')
  await page.getByLabel('Address (https)').fill(`http://127.0.0.1:${port}/in`)
  await page.getByLabel('Groups').fill('Sales, ')
  await page.getByLabel('People').fill('anna@contoso.example')
  await page.getByLabel('lamps').check()
  await button(page, 'Add the webhook').click()
  await page.locator('.fui-MessageBar').waitFor()
  expect(await page.getByLabel('Name').inputValue()).toBe('wall')
  await page.getByLabel('Groups').fill('')
  await button(page, 'Add the webhook').click()
  const filters = /people: anna@contoso\.example; what these say: lamps/
  await page.getByRole('row', { name: filters }).waitFor()
  expect(await page.getByRole('textbox', { name: /^Its signing secret/ }).inputValue()).toMatch(/^whsec_/)
  await button(page, 'Send a test to wall').click()
  await page.getByText('wall took the test event.').waitFor()
  expect(received.find((text) => text.includes('hookswitch.test'))).toMatch(/^v1,/)
  status = 500
  await button(page, 'Send a test to wall').click()
  await page.getByText('wall did not take the test event: it answered with status 500.').waitFor()
  const log = page.getByRole('table', { name: 'Delivery log' })
  await log.getByRole('row', { name: /hookswitch\.test .* 1 taken \(204\)/ }).waitFor()
  await log.getByRole('row', { name: /hookswitch\.test .* 1 failed: status 500/ }).waitFor()
  await button(page, 'Failed').click()
  await expect.poll(() => log.getByRole('row', { name: /taken/ }).count()).toBe(0)
  await log
    .getByRole('row', { name: /failed: status 500/ })
    .first()
    .waitFor()
  await expectSoundLog()
  await button(page, 'Tell wall everything again').click()
  await dialog(page, 'Tell everything again').click()
  await page.getByText(/The states? of \d+ (person|people) (is|are) told\./).waitFor()
  await button(page, 'Remove wall').click()
  await page.getByText('wall is removed.').waitFor()
  await page.getByText('No program is told of changes yet.').waitFor()
})

test('the signing secret of a webhook that was refused is not told', async () => {
  const page = await open('contoso', '#/settings/webhooks')
  await page.getByLabel('Name').fill('wrong')
  await page.getByLabel('Address (https)').fill('ftp://wall.example/in')
  await button(page, 'Add the webhook').click()
  await page.locator('.fui-MessageBar').waitFor()
  expect(await page.getByRole('textbox', { name: /^Its signing secret/ }).count()).toBe(0)
  await page.getByText('No program is told of changes yet.').waitFor()
})

test('settings of the tenant are drawn from the schema and saved; what is wrong is told', async () => {
  const page = await open('contoso', '#/settings')
  const days = page.getByLabel('Days')
  await days.fill('-1')
  await button(page, 'Save').click()
  await page.getByText(/history\.days: /).waitFor()
  await days.fill('2')
  await button(page, 'Save').click()
  await page.getByText('Saved, and the hub runs with it.').waitFor()
  const { config } = (await world.send('contoso', 'GET', '/config')).json() as {
    config: { tenants: { history: unknown; connectors: unknown[] }[] }
  }
  expect(config.tenants[0]).toMatchObject({ history: { days: 2 } })
  expect(config.tenants[0]!.connectors).toHaveLength(2)
})

test('operators check and save the whole as text, turn the keys, and go back', async () => {
  const page = await open('operator', '#/settings/hub')
  const text = page.getByLabel('Configuration (YAML)')
  const yaml = await text.inputValue()
  expect(yaml).toContain('fabrikam')
  await text.fill(`${yaml}nothing: 1\n`)
  await button(page, 'Check').click()
  await page.getByText('One thing is wrong with it:').waitFor()
  await text.fill(`${yaml}log: { level: warn }\n`)
  await button(page, 'Check').click()
  await page.getByText('Nothing is wrong with it.').waitFor()
  await button(page, 'Save').click()
  await page.getByText(/What differs in .*log.* takes a restart of the hub/).waitFor()
  await button(page, 'Seal under the first key').click()
  await page.getByText(/sealed anew under/).waitFor()
  await button(page, 'Go back to version 1').click()
  await dialog(page, 'Go back to version 1').click()
  await page.getByText('It is as in version 1 again').waitFor()
  await expect.poll(() => page.getByLabel('Configuration (YAML)').inputValue()).not.toContain('warn')
})

test('Undo of a removed connector overwrites nothing that somebody else saved meanwhile', async () => {
  const page = await open('contoso', '#/connectors', { quiet: ['401', '403', '412', '422'] })
  await button(page, 'Remove lamps').click()
  await dialog(page, 'Remove lamps').click()
  await button(page, 'Undo').waitFor()
  const others = await world.send('contoso', 'PUT', '/config/tenants/contoso', { id: 'contoso' }, '*')
  expect(others.status).toBe(200)
  await button(page, 'Undo').click()
  await button(page, 'Undo').waitFor({ state: 'detached' })
  const { config } = (await world.send('contoso', 'GET', '/config')).json() as {
    config: { tenants: object[] }
  }
  expect(config.tenants[0]).not.toHaveProperty('connectors')
})

test.each(['light', 'dark', 'contrast'] as const)(
  'no serious accessibility finding and no sideways scroll at 360 pixels, in German (%s)',
  async (theme) => {
    const page = await open('operator', '#/settings', { theme, width: 360, height: 740, locale: 'de-DE' })
    for (const [tab, sign] of [
      ['tenant', 'Einstellungen von contoso'],
      ['tokens', 'Neues Token'],
      ['webhooks', 'Neuer Webhook'],
      ['hub', 'Schlüssel'],
    ] as const) {
      await page.goto(`${world.url}/#/settings/${tab}`)
      await page.getByRole('heading', { name: sign }).waitFor()
      expect(await seriousFindings(page), tab).toEqual([])
      expect(await sidewaysScroll(page), tab).toBe(0)
    }
  },
)
