import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture } from './board-browser.ts'
import { line } from './board-session.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs, type ClusterNode } from './cluster/node.ts'
import { people, tenants } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
import { setUpBrowser } from './set-up-browser.ts'
import { type CertifiedProvider, startCertifiedProvider } from './support/certified-provider.ts'
import { findFreePort } from './support/free-port.ts'
import { type BalancingProxy, startRoundRobin } from './support/haproxy.ts'
import { startTabIssuer, type TabIssuer } from './support/tab-issuer.ts'

/** Three hubs with their configuration in the store, behind one address that sends each request to the next of them. */
const { openPage } = setUpBrowser()
const fonts = 'https://fonts.googleapis.com'
const stops: (() => unknown)[] = []
let world: ClusterWorld
let provider: CertifiedProvider
let proxy: BalancingProxy
let issuer: TabIssuer
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-portal-'))
  stops.push(() => rmSync(folder, { recursive: true, force: true }))
  const port = await findFreePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const client = { id: 'hub', secret: 'a secret of the hubs', hub: publicUrl, provider: 'idp' }
  provider = await startCertifiedProvider(client)
  stops.push(() => provider.close())
  world = await ClusterWorld.open(['one', 'two', 'three'], { isStored: true, publicUrl })
  stops.push(() => world.close())
  const [one] = world.nodes as [ClusterNode]
  await one.start(keys)
  issuer = await startTabIssuer(String(teamsOf(world.tenant(anna.tenant)).loginUrl))
  stops.push(() => issuer.close())
  const config = {
    signIn: {
      providers: [
        {
          ...{ id: 'idp', title: 'Contoso ID', issuer: provider.issuer },
          ...{ clientId: client.id, clientSecret: client.secret },
          grants: [{ claim: 'roles', value: 'Hookswitch.Operator', role: 'operator' }],
        },
      ],
    },
    tenants: tenants.map((id) => (id === anna.tenant ? withIssuer(world.tenant(id)) : world.tenant(id))),
  }
  const saved = await fetch(`${one.url}/api/v1/config`, {
    ...{ method: 'PUT', body: JSON.stringify({ config }) },
    headers: {
      ...{ authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', 'if-match': '*' },
    },
  })
  expect(saved.status, await saved.text()).toBe(200)
  // Providers take a restart.
  await one.child!.stop()
  await Promise.all(world.nodes.map((node) => node.start(keys)))
  await world.settled()
  proxy = await startRoundRobin(
    { folder, port },
    Object.fromEntries(world.nodes.map(({ name, url }) => [name, url])),
  )
  stops.push(() => proxy.stop())
}, 8 * busyMachineMs)
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const keys = {
  HOOKSWITCH_KEYS: JSON.stringify([{ id: '2026', env: 'TEST_KEY' }]),
  TEST_KEY: Buffer.alloc(32, 7).toString('base64'),
}
const [anna] = people as [(typeof people)[number]]
const door = (page: Page) => page.getByRole('heading', { name: 'Sign in to Hookswitch' })
const shown = (page: Page, name: string, words: string) =>
  line(page, name).filter({ hasText: words }).waitFor({ timeout: busyMachineMs })

async function signIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with Contoso ID' }).click()
  await page.getByPlaceholder('Enter any login').fill('op-olga')
  await page.getByPlaceholder('and password').fill('anything')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

type Written = { readonly connectors: readonly Readonly<Record<string, unknown>>[] }
const teamsOf = (tenant: object) => (tenant as Written).connectors.find(({ type }) => type === 'teams')!
const withIssuer = (tenant: object) => ({
  ...tenant,
  connectors: (tenant as Written).connectors.map((one) =>
    one.type === 'teams' ? { ...one, loginUrl: issuer.loginUrl } : one,
  ),
})

/** Somebody of a tenant of each hub. */
async function onePerHub() {
  const owners = await world.owners()
  return world.nodes.map(({ name }) => {
    const own = owners.filter(({ node }) => node === name)
    return people.find(({ tenant }) => own.some((row) => row.tenant === tenant))!
  })
}

/** Every page of an operator, without an error on it. */
async function walk(page: Page, when: string): Promise<void> {
  for (const [hash, sign] of [
    ['#/health', 'Nobody else changes what we write'],
    ['#/connectors', /pbx · t\d/],
    ['#/people?tenant=t1', 'Anna Keller'],
    ['#/links/t1', /pbx/],
    ['#/fleet', 't6'],
    ['#/audit', 'Changed the rules'],
  ] as const) {
    await page.goto(`${proxy.url}/${hash}`)
    await page.getByText(sign).filter({ visible: true }).first().waitFor()
    await keepPicture(page, `04-${when}${hash.replace(/\W+/g, '-')}`)
  }
}

test('CT-12: who came in by the tab in Teams stays in at every hub, and when the one of their tenant dies', async () => {
  const owner = await world.owner(anna.tenant)
  const { entraTenantId: tid, clientId: aud } = teamsOf(world.tenant(anna.tenant))
  const oid = (await world.state(anna.upn)).id
  const token = await issuer.tokenOf({ oid, tid: String(tid), aud: String(aud) })
  let session = ''
  // A hub that does not know everybody yet says so, with 503, and the person presses "Try again".
  const come = async () => {
    const came = await fetch(`${proxy.url}/api/v1/tab/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    const answer = (await came.json()) as { key?: string; person?: string }
    session = answer.key ?? ''
    return [came.status, answer.person]
  }
  await expect.poll(come).toEqual([200, anna.upn])
  const own = async (at: string, who = anna.upn) => {
    const headers = { authorization: `Bearer tab.${session}` }
    return (await fetch(`${at}/api/v1/people/${who}/own`, { headers })).status
  }
  for (const { name, url } of world.nodes) await expect.poll(() => own(url), { message: name }).toBe(200)
  await expect.poll(() => own(proxy.url, people[1]!.upn)).toBe(404)
  const rest = world.nodes.filter((node) => node !== owner)
  await owner.child!.kill()
  await world.settled(rest)
  for (const { name, url } of rest) await expect.poll(() => own(url), { message: name }).toBe(200)
  await owner.start(keys)
  await world.settled()
  await expect.poll(() => own(owner.url)).toBe(200)
})

test(
  'a person walks through the portal of three hubs behind one address, and a hub that dies meanwhile is hardly noticed',
  async () => {
    const page = await openPage(proxy.url, {
      quiet: ['401', '404', '502', '503'],
      elsewhere: [provider.issuer, fonts],
    })
    await page.route(`${fonts}/**`, (route) => route.abort())
    const go = (hash: string) => page.goto(`${proxy.url}/${hash}`)
    await door(page).waitFor()
    await signIn(page)
    // One of each hub; the page hears a single one.
    const callers = await Promise.all(
      (await onePerHub()).map(async (one) => ({ ...one, name: (await world.state(one.upn)).displayName })),
    )
    const [first] = callers as [(typeof callers)[number]]
    await line(page, first.name).waitFor()
    await keepPicture(page, '01-board')
    for (const { extension } of callers) await world.call(extension)
    for (const { name } of callers) await shown(page, name, 'In a call')
    await keepPicture(page, '02-calls')

    await line(page, first.name).click()
    await page
      .getByText(/What is shown, and why/)
      .first()
      .waitFor()
    await keepPicture(page, '03-why')
    await walk(page, 'before')

    await go('#/settings/tenant')
    await page.getByLabel('Days').fill('3')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved, and the hub runs with it.').waitFor()
    await keepPicture(page, '05-settings')
    await go('#/')
    await shown(page, first.name, 'In a call')
    const owner = await world.owner(first.tenant)
    await owner.child!.kill()
    await world.hangUp(first.extension)
    await keepPicture(page, '06-killed')
    const ended = line(page, first.name).filter({ hasNotText: 'In a call' })
    await ended.waitFor({ timeout: busyMachineMs })
    await page.getByText('Connection to the hub lost.').waitFor({ state: 'detached' })
    await keepPicture(page, '07-on')
    await walk(page, 'after')
    await go('#/')
    await page.reload()
    await line(page, first.name).waitFor()
    await keepPicture(page, '08-reloaded')
    await page.getByRole('button', { name: 'Signed in as op-olga of Contoso' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await door(page).waitFor()
    await keepPicture(page, '09-out')
    expect(provider.failures).toEqual([])
  },
  10 * busyMachineMs,
)
