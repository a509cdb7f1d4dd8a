import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BoardBrowser, openBrowser, seriousFindings } from './board-browser.ts'
import { type HubProcess, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { readSetUpLink } from './support/set-up-link.ts'

const password = 'correct horse battery'
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-connectors-'))
let hub: HubProcess
let browser: BoardBrowser
beforeAll(async () => {
  // Nobody listens there: the connector is down, and says so.
  const pbx = {
    id: 'pbx',
    type: 'asterisk',
    host: '127.0.0.1',
    port: 9,
    username: 'hook',
    secret: 'in-clear-1',
  }
  const config = {
    http: { host: '127.0.0.1', port: 0 },
    store: { path: './data' },
    tenants: [{ id: 'contoso', connectors: [pbx] }],
  }
  ;[hub, browser] = await Promise.all([
    startHubProcess(writeConfigFile(folder, JSON.stringify(config))),
    openBrowser(),
  ])
  const { code } = await readSetUpLink(hub.child.output)
  const wish = { code, name: 'olga', displayName: 'Olga Petrova', password }
  const made = await fetch(`${hub.url}/api/v1/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  })
  expect(made.status, await made.text()).toBe(200)
})
afterAll(async () => {
  await browser.close()
  await hub.child.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openSignedIn(hash: string, width = 1280) {
  const { page, close } = await browser.open(`${hub.url}/${hash}`, { quiet: ['401'], width, height: 740 })
  await page.getByRole('textbox', { name: /^Name/ }).fill('olga')
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  return { page, close }
}

test('what comes from a file can be looked at, says where it is changed, and shows no secret', async () => {
  const { page, close } = await openSignedIn('#/connectors')
  const card = page.getByRole('article').filter({ hasText: '· pbx' })
  await card.getByText('To do:').waitFor()
  expect(await page.getByRole('button', { name: 'Add a system' }).count()).toBe(0)
  expect(await card.getByRole('button', { name: 'Remove pbx' }).count()).toBe(0)
  expect(await page.getByRole('link', { name: 'Set-up' }).count()).toBe(0)
  await card.getByRole('button', { name: 'Look at pbx' }).click()
  await page.getByText(/comes from the file .*hookswitch\.yaml/).waitFor()
  expect(await page.getByLabel('Host').getAttribute('readonly')).not.toBeNull()
  await page.getByText('Kept; never shown').waitFor()
  expect(await page.content()).not.toContain('in-clear-1')
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  expect(await seriousFindings(page)).toEqual([])
  await close()
})

test('on a telephone four pages have a place, and the keyboard reaches the others behind More', async () => {
  const { page, close } = await openSignedIn('#/connectors', 360)
  const rail = page.getByRole('navigation', { name: 'Pages' })
  await rail.getByRole('link', { name: 'Connectors' }).waitFor()
  await expect.poll(() => rail.getByRole('link').count()).toBe(4)
  await rail.getByRole('button', { name: 'More' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Account' }).waitFor()
  // Keys go to what has the focus, which the menu takes once it is open.
  await page.locator('[role=menuitem]:focus').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'How it looks' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/account')
  await close()
})
