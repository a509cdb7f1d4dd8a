import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Frame } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { frameHosts } from '../../src/http/frame-hosts.ts'
import { sample } from '../../src/lab/sample.ts'
import { seriousFindings } from './board-browser.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { type MeWorld, startMeWorld } from './me-world.ts'
import { tabToken } from './support/tab-token.ts'
import { changeTheme, openTeams, teamsOrigin } from './support/teams-host.ts'

const anna = 'anna@contoso.example'
const boss = 'boss@contoso.example'
const elif = 'elif@contoso.example'
let browser: Browser
let world: MeWorld
beforeAll(async () => {
  const executablePath = process.env.HOOKSWITCH_CHROMIUM ?? '/usr/bin/chromium'
  // The stubbed Teams comes from nowhere, and a browser asks before such a page may frame one of this machine.
  const args = ['--no-sandbox', '--disable-features=LocalNetworkAccessChecks']
  browser = await chromium.launch({ executablePath, args })
  const accounts = {
    [boss]: [{ role: 'admin', tenant: 'contoso' }],
    [elif]: [{ role: 'member', tenant: 'contoso', person: elif }],
  } as const
  world = await startMeWorld({ accounts })
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const tokenOf = (upn: string, change?: Record<string, unknown>) => tabToken(world, upn, change)
const signIn = async (token: string) => world.ask('/api/v1/tab/session', { method: 'POST', body: { token } })
const withKey = (key: string, path: string) =>
  fetch(world.hub.url + path, { headers: { authorization: `Bearer tab.${key}` } })

test('the token of Teams makes a member of its person, and of nobody else', async () => {
  const { status, body } = await signIn(await tokenOf(anna))
  expect([status, body.tenant, body.person]).toEqual([200, 'contoso', anna])
  expect((await withKey(body.key, `/api/v1/people/${anna}/own`)).status).toBe(200)
  expect((await withKey(body.key, '/api/v1/people/ben@contoso.example/own')).status).toBe(404)
  expect((await withKey(body.key, '/api/v1/audit?tenant=contoso')).status).toBe(403)
  expect((await withKey(`${body.key.slice(0, -1)}x`, `/api/v1/people/${anna}/own`)).status).toBe(401)
})

test.each([
  [
    'of another organisation',
    { tid: '11111111-2222-4333-8444-555555555555' },
    /no organisation that is connected/,
  ],
  [
    'for another application',
    { aud: '11111111-2222-4333-8444-555555555555' },
    /no organisation that is connected/,
  ],
  ['for another address', { aud: `api://evil.example/${sample.clientId}` }, /not accepted/],
  ['by another issuer', { iss: 'https://login.example/common/v2.0' }, /not accepted/],
  ['that has run out', { exp: 1000 }, /not accepted/],
  ['without an end', { exp: undefined }, /not accepted/],
  ['without the scope of the tab', { scp: 'User.Read' }, /lacks the scope access_as_user/],
  [
    'of somebody unknown',
    { oid: '99999999-2222-4333-8444-555555555555', preferred_username: 'x@y.example' },
    /no person/,
  ],
  // Whose name it bears is somebody with another account there.
  ['by the name alone', { oid: '99999999-2222-4333-8444-555555555555' }, /no person/],
])('a token %s is refused in words', async (_what, change, words) => {
  const { status, body } = await signIn(await tokenOf(anna, change))
  expect(status).toBe(403)
  expect(body.detail).toMatch(words)
})

test('a token that somebody else signed is refused', async () => {
  const [head, payload] = (await tokenOf(anna)).split('.')
  const [, , signature] = (await tokenOf('ben@contoso.example')).split('.')
  for (const token of [`${head}.${payload}.${signature}`, `${head}.${payload}.`, 'no token at all']) {
    expect((await signIn(token)).status).toBe(403)
  }
})

test('the hosts of Teams may frame the tab, and nobody anything else', async () => {
  const tab = await world.ask('/tab')
  expect(tab.headers.get('content-security-policy')).toContain(
    `frame-ancestors ${frameHosts.map((host) => `https://${host}`).join(' ')}`,
  )
  expect(tab.headers.get('x-frame-options')).toBeNull()
  for (const path of ['/', '/index.html', '/tab.html', '/api/v1/session']) {
    const { headers } = await world.ask(path)
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    expect(headers.get('x-frame-options'), path).toBe('DENY')
  }
  const believed = fileURLToPath(new URL('../../web/public/teams-hosts.json', import.meta.url))
  expect(JSON.parse(readFileSync(believed, 'utf8'))).toEqual({ validOrigins: frameHosts })
})

interface Opened {
  readonly context: BrowserContext
  readonly complaints: string[]
}

async function newContext(width = 800): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 700 }, locale: 'en-US' })
  context.setDefaultTimeout(60_000)
  closers.push(() => context.close())
  const complaints: string[] = []
  const own = [world.hub.url, teamsOrigin]
  context.on('request', (request) => {
    if (!own.includes(new URL(request.url()).origin)) complaints.push(`left the origin: ${request.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { context, complaints }
}

const follows = (tab: Frame) =>
  tab.getByRole('switch', { name: 'Microsoft Teams follows Asterisk / FreePBX' })
const colorScheme = (tab: Frame) => tab.evaluate(() => document.documentElement.style.colorScheme)

test('CT-04, CT-12, CT-13: the tab in Teams signs in without a word, follows its colours, and switches', async () => {
  const { context, complaints } = await newContext()
  let tokens = 0
  const token = () => {
    tokens += 1
    return tokenOf(anna)
  }
  const { page, tab } = await openTeams(context, { tab: `${world.hub.url}/tab`, theme: 'dark', token })
  await follows(tab).waitFor()
  expect(tokens).toBe(1)
  expect(await colorScheme(tab)).toBe('dark')
  expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked)).toContain(
    'appInitialization.success',
  )
  await changeTheme(page, 'default')
  await expect.poll(() => colorScheme(tab)).toBe('light')
  const pictures = process.env.HOOKSWITCH_PICTURES
  if (pictures) await page.screenshot({ path: `${pictures}/tab-light.png` })
  await changeTheme(page, 'contrast')
  await expect.poll(() => colorScheme(tab)).toBe('dark')
  if (pictures) await page.screenshot({ path: `${pictures}/tab-contrast.png` })

  world.phone('1001').dial()
  const shown = () => world.person('anna').shown()
  await expect.poll(shown).toBe(IN_A_CALL)
  await follows(tab).click()
  await expect.poll(shown).not.toBe(IN_A_CALL)
  await follows(tab).click()
  await expect.poll(shown).toBe(IN_A_CALL)
  world.phone('1001').hangup()

  const { body } = await world.ask('/api/v1/visits?tenant=contoso', { as: boss })
  expect(body.opened).toBe(1)
  expect(body.never).not.toContain(anna)
  const roster = async (path: string) => (await world.ask(`/api/v1/roster/${path}`, { as: boss })).body
  expect((await roster('people?neverCame=true')).total).toBe(body.all - 1)
  const [came] = (await roster('people?text=anna')).rows
  expect(came.cameAt).toBeGreaterThan(world.lab.clock.wall() - 600_000)
  expect(await roster('table')).toMatch(/^anna@contoso\.example,.*,\d{4}-\d\d-\d\d\r$/m)
  expect(await context.cookies(world.hub.url)).toEqual([])
  expect(complaints).toEqual([])
})

test.each([360, 800])(
  'no serious finding of axe-core inside the tab, in every theme, %d pixels wide',
  async (width) => {
    const { context } = await newContext(width)
    const { page, tab } = await openTeams(context, {
      tab: `${world.hub.url}/tab`,
      token: () => tokenOf(anna),
    })
    await follows(tab).waitFor()
    for (const [theme, scheme] of [
      ['default', 'light'],
      ['dark', 'dark'],
      ['contrast', 'dark'],
    ] as const) {
      await changeTheme(page, theme)
      await expect.poll(() => colorScheme(tab)).toBe(scheme)
      expect(await seriousFindings(tab), theme).toEqual([])
    }
  },
)

test('the tab speaks the language of Teams, and says why it cannot let somebody in', async () => {
  const { context } = await newContext(360)
  const token = () => tokenOf(anna, { scp: 'User.Read' })
  const { page, tab } = await openTeams(context, { tab: `${world.hub.url}/tab`, locale: 'de-de', token })
  await tab.getByText('Sie konnten über Microsoft Teams nicht angemeldet werden').waitFor()
  await tab.getByText('Microsofts Token fehlt der Bereich access_as_user').waitFor()
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  const pictures = process.env.HOOKSWITCH_PICTURES
  if (pictures) await page.screenshot({ path: `${pictures}/tab-refused.png` })
})

test('CT-12: in a plain browser the tab is the page of whoever is signed in there, and leads others to the portal', async () => {
  const { context, complaints } = await newContext()
  const page = await context.newPage()
  await page.goto(`${world.hub.url}/tab`)
  await page.getByRole('link', { name: 'Open the portal' }).waitFor()
  await context.addCookies([{ name: 'hookswitch', value: world.cookie(elif), url: world.hub.url }])
  await page.reload()
  const direction = follows(page.mainFrame())
  const kept = page.waitForResponse((answer) => answer.request().method() !== 'GET')
  await direction.click()
  // A page that is loaded anew takes back what it had only begun to ask for.
  await kept
  await page.reload()
  await expect.poll(() => direction.isChecked()).toBe(false)
  await direction.click()
  expect(await seriousFindings(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a page of anybody else cannot frame the tab', async () => {
  const { context } = await newContext()
  await context.route('https://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${world.hub.url}/tab"></iframe>` }),
  )
  const page = await context.newPage()
  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
  await page.goto('https://evil.example/')
  await refused
})
