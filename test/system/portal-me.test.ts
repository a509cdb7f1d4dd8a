import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PageOptions, seriousFindings } from './board-browser.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { type MeWorld, startMeWorld } from './me-world.ts'
import { setUpBrowser } from './set-up-browser.ts'

const { openPage } = setUpBrowser()
const anna = 'anna@contoso.example'
let world: MeWorld
beforeAll(async () => {
  world = await startMeWorld({
    accounts: {
      [anna]: [{ role: 'member', tenant: 'contoso', person: anna }],
      'boss@contoso.example': [{ role: 'admin', tenant: 'contoso' }],
    },
    own: { selfService: { callsAs: true }, consent: 'optIn' },
  })
})
afterAll(async () => {
  await world?.stop()
})

/** A page of somebody who has signed in. */
function open(name: string, options: PageOptions = {}): Promise<Page> {
  const cookie = `hookswitch=${world.cookie(name)}`
  return openPage(`${world.hub.url}/#/me`, { quiet: ['401', '403', '404'], cookie, ...options })
}

const shows = (state: string) => () => world.person('anna').shown() === state
const follows = (page: Page) =>
  page.getByRole('switch', { name: 'Microsoft Teams follows Asterisk / FreePBX' })

test('X-18, CT-13, CT-14: a member agrees, switches a direction off and on, and chooses how calls are shown', async () => {
  const page = await open(anna)
  await page.getByText('Nothing is read or written for you in Microsoft Teams').waitFor()
  world.phone('1001').dial()
  const agree = page.getByRole('switch', { name: 'Keep my presence in step' })
  await agree.click()
  await page.getByText('You agreed').waitFor()
  await expect.poll(shows(IN_A_CALL)).toBe(true)

  await follows(page).click()
  await page.getByText(/^Off since/).waitFor()
  await expect.poll(shows(IN_A_CALL)).toBe(false)
  await follows(page).click()
  await page.getByText(/^Off since/).waitFor({ state: 'detached' })
  await expect.poll(shows(IN_A_CALL)).toBe(true)

  await page.getByRole('radio', { name: 'Busy', exact: true }).click()
  await expect.poll(shows('Busy/Busy')).toBe(true)
  await page.getByRole('radio', { name: 'As the administrator set it' }).click()
  await expect.poll(shows(IN_A_CALL)).toBe(true)

  await agree.click()
  await expect.poll(shows(IN_A_CALL)).toBe(false)
  await agree.click()

  const audit = await world.ask('/api/v1/audit?tenant=contoso', { as: 'boss@contoso.example' })
  const acts = audit.body.entries.map(({ what, who }: { what: string; who: string }) => `${what} ${who}`)
  for (const act of ['person.optIn', 'person.optOut', 'person.direction', 'person.calls']) {
    expect(acts).toContain(`${act} ${anna}`)
  }
  world.phone('1001').hangup()
})

test('CT-04: administrators see who has never opened the page', async () => {
  const read = async () =>
    (await world.ask('/api/v1/visits?tenant=contoso', { as: 'boss@contoso.example' })).body
  const page = await open(anna)
  await page.getByRole('heading', { name: 'What follows what' }).waitFor()
  await expect.poll(async () => (await read()).opened).toBe(1)
  const { never, all } = await read()
  expect(never).not.toContain(anna)
  expect(never.length).toBe(all - 1)
})

test('what is stored is saved as a file, and the past erased after a question', async () => {
  const page = await open(anna)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as a file' }).click()
  expect((await download).suggestedFilename()).toBe(`hookswitch-${anna}.json`)
  await page.getByRole('button', { name: 'Erase the past' }).click()
  await page.getByRole('alertdialog').getByText('are erased for good').waitFor()
  await page.getByRole('button', { name: 'Erase', exact: true }).click()
  await page.getByText(/^Erased\./).waitFor()
})

test('an administrator without a person of their own is not offered one', async () => {
  const page = await open('boss@contoso.example')
  await page.getByText('Your account belongs to no person').waitFor()
})

test.each([
  { theme: 'light', locale: 'en-US' },
  { theme: 'dark', locale: 'de-DE' },
  { theme: 'contrast', locale: 'de-DE' },
] as const)('in $theme and $locale, nothing serious, and nothing wider than a telephone', async (look) => {
  const page = await open(anna, { ...look, width: 360, height: 740 })
  const heading = look.locale === 'de-DE' ? 'Was folgt wem' : 'What follows what'
  await page.getByRole('heading', { name: heading }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
  const pictures = process.env.HOOKSWITCH_PICTURES
  if (pictures) await page.screenshot({ path: `${pictures}/me-${look.theme}.png` })
})
