import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sampleTenant } from '../../src/lab/sample.ts'
import { seriousFindings } from './board-browser.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { type MeWorld, startMeWorld } from './me-world.ts'
import { findFreePort } from './support/free-port.ts'
import { tabToken } from './support/tab-token.ts'
import { openTeams } from './support/teams-host.ts'
import { startTlsFront } from './support/tls-front.ts'

const anna = 'anna@contoso.example'
const ben = 'ben@contoso.example'
let browser: Browser
let world: MeWorld
let front: Awaited<ReturnType<typeof startTlsFront>>
let publicUrl: string
beforeAll(async () => {
  const executablePath = process.env.HOOKSWITCH_CHROMIUM ?? '/usr/bin/chromium'
  // The stubbed Teams comes from nowhere, and a browser asks before such a page may frame one of this machine.
  const args = ['--no-sandbox', '--disable-features=LocalNetworkAccessChecks']
  browser = await chromium.launch({ executablePath, args })
  const port = await findFreePort()
  // TeamsJS opens windows by https alone.
  publicUrl = `https://127.0.0.1:${port}`
  const tenant = sampleTenant()
  const redirectUris = [`${publicUrl}/api/v1/pairing/callback`]
  world = await startMeWorld({
    accounts: {},
    whole: { http: { host: '127.0.0.1', port: 0, publicUrl } },
    own: { consent: 'paired' },
    tenant: { ...tenant, applications: [{ ...tenant.applications[0]!, redirectUris }] },
  })
  front = await startTlsFront(port, () => world.hub.url)
})
afterAll(async () => {
  await browser?.close()
  await front?.stop()
  await world?.stop()
})

const contexts: BrowserContext[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

async function openContext(locale = 'en-US'): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ viewport: { width: 800, height: 700 }, ignoreHTTPSErrors: true, locale },
  })
  context.setDefaultTimeout(60_000)
  contexts.push(context)
  return context
}

async function openTab(locale?: string) {
  const context = await openContext()
  const opened = await openTeams(context, {
    tab: `${publicUrl}/tab`,
    ...(locale !== undefined && { locale }),
    token: () => tabToken(world, anna),
  })
  /** Presses, and is in the window that Teams opens for it. */
  const begin = async (name: string | RegExp = 'Sign in with Microsoft'): Promise<Page> => {
    const [popup] = await Promise.all([
      opened.page.waitForEvent('popup'),
      opened.tab.getByRole('button', { name }).click(),
    ])
    return popup
  }
  return { ...opened, context, begin }
}

/** Picks an account at Microsoft; the window then closes by itself. */
async function pick(popup: Page, name: string): Promise<void> {
  const closed = popup.waitForEvent('close')
  await popup.getByRole('link', { name }).click()
  await closed
}

const askFront = async (path: string, body?: object, key?: string) => {
  const answer = await fetch(`${world.hub.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { authorization: `Bearer tab.${key}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, cookies: answer.headers.getSetCookie(), body: await answer.json() }
}

test('CT-12, CT-13, VO-08: somebody signs in from inside the tab: another account is refused in words, their own is taken', async () => {
  const { page, tab, context, begin } = await openTab()
  await tab.getByText('You have not signed in with your Microsoft account').waitFor()

  const gaveUp = await begin()
  await gaveUp.getByRole('heading', { name: 'Pick an account' }).waitFor()
  expect(gaveUp.url().startsWith(world.lab.loginUrl)).toBe(true)
  await gaveUp.close()
  await tab.getByText('The window was closed before you had signed in.').waitFor()

  await pick(await begin(), ben)
  await tab.getByText('The sign-in came to nothing.').first().waitFor()
  await tab.getByText(`You signed in as ${ben}, but ${anna} is another account there`).waitFor()
  expect(await seriousFindings(tab)).toEqual([])
  const pictures = process.env.HOOKSWITCH_PICTURES
  if (pictures) await page.screenshot({ path: `${pictures}/tab-pairing-refused.png` })

  world.phone('1001').dial()
  await pick(await begin(), anna)
  await tab.getByText('In order').waitFor()
  await tab.getByText(`${anna}, since`).waitFor()
  await expect.poll(() => world.person('anna').shown()).toBe(IN_A_CALL)
  world.phone('1001').hangup()
  if (pictures) await page.screenshot({ path: `${pictures}/tab-pairing.png` })
  // Nothing of the window stays in the browser.
  expect((await context.cookies(publicUrl)).map(({ name }) => name)).toEqual([])
})

test('the window speaks the language of Teams, and a code that was used is refused in words', async () => {
  const { tab, begin } = await openTab('de-de')
  const [asked] = await Promise.all([
    tab.page().waitForResponse((answer) => answer.url().includes('/pairing/code')),
    begin(/^(Neu|Mit Microsoft) anmelden$/),
  ])
  const { code } = (await asked.json()) as { code: string }
  const late = await (await openContext('de-DE')).newPage()
  await late.goto(`${publicUrl}/tab/pairing?language=de#${code}`)
  await late.getByText('Sie können dieses Fenster schließen.').waitFor()
  expect(new URL(late.url()).hash).toBe('')
  expect(await seriousFindings(late)).toEqual([])
})

test('a window without Teams around it says how it ended, and stays', async () => {
  const page = await (await openContext()).newPage()
  await page.goto(`${publicUrl}/tab/pairing#done`)
  await page.getByText('You have signed in. You can close this window.').waitFor()
})

test('a code is for the person of the tab alone, works once, and needs the browser that took it', async () => {
  const { body: session } = await askFront('/tab/session', { token: await tabToken(world, anna) })
  const ask = (upn: string) => askFront(`/people/${upn}/pairing/code`, undefined, session.key)
  expect((await ask(ben)).status).toBe(404)
  const { body: handed } = await ask(anna)
  expect(handed.lifeMs).toBe(120_000)

  const taken = await askFront('/pairing/code', { code: handed.code })
  expect([taken.status, taken.cookies.length]).toEqual([200, 1])
  expect(taken.body.url.startsWith(world.lab.loginUrl)).toBe(true)
  for (const code of [handed.code, 'never-given']) {
    const again = await askFront('/pairing/code', { code })
    expect([again.status, again.cookies]).toEqual([409, []])
    expect(again.body.detail).toContain('opened too late, or once before')
  }
  // Back from Microsoft in another browser: state and nonce are of the one that left.
  const state = new URL(taken.body.url).searchParams.get('state')
  const foreign = await fetch(`${world.hub.url}/api/v1/pairing/callback?code=x&state=${state}`)
  expect([foreign.status, await foreign.text()]).toEqual([
    409,
    expect.stringContaining('not begun in this browser'),
  ])
  // In the right browser with another state: told to the window, without what was refused in the address.
  const cookie = taken.cookies[0]!.split(';')[0]!
  const forged = await fetch(`${world.hub.url}/api/v1/pairing/callback?code=x&state=forged`, {
    headers: { cookie },
    redirect: 'manual',
  })
  expect([forged.status, forged.headers.get('location')]).toEqual([303, '/tab/pairing#refused'])
  expect(forged.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
})
