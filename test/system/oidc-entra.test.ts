import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import type { Lab } from '../../src/lab/lab.ts'
import { sample } from '../../src/lab/sample.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import { askToken, labStops, startSampleLab } from './lab-graph-caller.ts'
import { findFreePort } from './support/free-port.ts'

const { entraTenantId: tenant, clientId, clientSecret } = sample
let lab: Lab
let hub: RunningHub
let data: string

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'hookswitch-entra-'))
  lab = await startSampleLab()
  const port = await findFreePort()
  const people = lab.tenants.get(tenant)!
  people.put({ userPrincipalName: 'guest_fabrikam.example#EXT#@contoso.example', displayName: 'A guest' })
  // The home tenant of a guest decides what it is called.
  people.put({ userPrincipalName: 'ben@contoso.example', displayName: 'Ben', userType: 'Guest' })
  people.put({ userPrincipalName: 'anna@contoso.example' })
  people.put({ userPrincipalName: 'olga@contoso.example', displayName: 'Olga Petrova' })
  lab.entra.register(tenant, {
    ...{ clientId, secrets: [{ value: clientSecret }], roles: [] },
    redirectUris: [`http://127.0.0.1:${port}/api/v1/sign-in/entra/callback`, `http://127.0.0.1:${port}/`],
    appRoles: { 'olga@contoso.example': ['Hookswitch.Operator'] },
  })
  const provider = {
    ...{ id: 'entra', title: 'Microsoft', issuer: `${lab.loginUrl}/${tenant}/v2.0`, clientId, clientSecret },
    trustMail: true,
    grants: [
      { claim: 'roles', value: 'Hookswitch.Operator', role: 'operator' },
      { role: 'member', tenant: 'contoso' },
    ],
  }
  const upns = ['anna', 'ben'].map((name) => ({ upn: `${name}@contoso.example` }))
  const config = loadText(
    JSON.stringify({
      http: { host: '127.0.0.1', port },
      signIn: { providers: [provider] },
      store: { kind: 'sqlite', path: data },
      tenants: [{ id: 'contoso', people: upns }],
    }),
  )
  hub = await startHub(config, { log: createLog({ level: 'error' }), signIn: true })
})
afterEach(async () => {
  await hub.stop()
  await labStops()
  rmSync(data, { recursive: true, force: true })
})

const get = (url: string | URL, cookie?: string) =>
  fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } })
const locationOf = (answer: Response) => new URL(answer.headers.get('location') ?? '', hub.url)

async function leave() {
  const answer = await get(`${hub.url}/api/v1/sign-in/entra`)
  return { url: locationOf(answer), kept: answer.headers.getSetCookie()[0]!.split(';')[0]! }
}

/** Picks an account on Entra's page; the empty one cancels. Returns who is signed in, or why nobody is. */
async function signIn(upn: string) {
  const { url, kept } = await leave()
  expect(await (await get(url)).text()).toContain('Pick an account')
  url.searchParams.set('lab_user', upn)
  const back = await get(locationOf(await get(url)), kept)
  const word = /^#\/sign-in\/(.+)$/.exec(locationOf(back).hash)?.[1]
  if (word) {
    const { refused } = (await (await get(`${hub.url}/api/v1/sign-in-words/${word}`)).json()) as {
      refused: string
    }
    return { refused }
  }
  const cookie = back.headers
    .getSetCookie()
    .find((one) => /^hookswitch=./.test(one))!
    .split(';')[0]!
  const { account } = (await (await get(`${hub.url}/api/v1/session`, cookie)).json()) as { account: object }
  return { account, cookie }
}

test('Entra: an app role makes an operator, a UPN finds the person, both by the tenant\u2019s own issuer', async () => {
  expect((await signIn('olga@contoso.example')).account).toMatchObject({
    ...{
      name: 'olga@contoso.example via entra',
      displayName: 'Olga Petrova',
      grants: [{ role: 'operator' }],
    },
  })
  const person = { role: 'member', tenant: 'contoso', person: 'anna@contoso.example' }
  expect((await signIn('anna@contoso.example')).account).toMatchObject({ grants: [person] })
})

test('Entra: a guest is nobody\u2019s colleague by an address; who cancels reads so', async () => {
  expect((await signIn('ben@contoso.example')).refused).toContain('told no address')
  expect((await signIn('guest_fabrikam.example#EXT#@contoso.example')).refused).toContain('told no address')
  expect((await signIn('')).refused).toContain('did not let you in, or you declined')
})

test('Entra: signing out goes on to its page and comes back', async () => {
  const { cookie } = await signIn('olga@contoso.example')
  const out = await fetch(`${hub.url}/api/v1/session`, { method: 'DELETE', headers: { cookie: cookie! } })
  const { signOutUrl } = (await out.json()) as { signOutUrl: string }
  expect(locationOf(await get(signOutUrl)).href).toBe(`${hub.url}/`)
})

test('lab: the code flow refuses with the codes that Entra has', async () => {
  const { url } = await leave()
  const asked = (changes: Record<string, string>) => {
    const other = new URL(url)
    for (const [name, value] of Object.entries(changes)) other.searchParams.set(name, value)
    return get(other)
  }
  const codeOf = async (answer: Response) =>
    ((await answer.json()) as { error_codes: number[] }).error_codes[0]
  expect(await codeOf(await asked({ redirect_uri: 'https://evil.example/' }))).toBe(50011)
  expect(await codeOf(await asked({ client_id: 'unknown' }))).toBe(700016)
  const told = (answer: Response) => locationOf(answer).searchParams.get('error')
  expect(told(await asked({ response_type: 'token' }))).toBe('unsupported_response_type')
  expect(told(await asked({ code_challenge_method: 'plain' }))).toBe('invalid_request')
  expect(told(await asked({ prompt: 'none' }))).toBe('login_required')
  const back = locationOf(await asked({ lab_user: 'olga@contoso.example' }))
  const redeem = (changes: Record<string, string>) => {
    const form = { grant_type: 'authorization_code', code: back.searchParams.get('code')! }
    const redirect_uri = url.searchParams.get('redirect_uri')!
    return askToken(lab, { ...form, redirect_uri, code_verifier: 'wrong', ...changes })
  }
  expect(await codeOf(await redeem({ code: 'unknown' }))).toBe(70000)
  expect(await codeOf(await redeem({ redirect_uri: 'https://evil.example/' }))).toBe(500112)
  expect(await codeOf(await redeem({}))).toBe(501481)
  expect(await codeOf(await redeem({ client_secret: 'wrong' }))).toBe(7000215)
})

test('G-09: who signs in by a provider is in the audit log and among the accounts, where they can be signed out and nothing else', async () => {
  const { cookie } = await signIn('olga@contoso.example')
  await signIn('anna@contoso.example')
  const call = async (path: string, method = 'GET') => {
    const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers: { cookie: cookie! } })
    return { status: answer.status, body: (await answer.json()) as { [name: string]: unknown } }
  }
  const name = 'anna@contoso.example via entra'
  const { body } = await call('/audit?tenant=contoso')
  expect(body.entries).toContainEqual(
    expect.objectContaining({
      ...{ who: name, what: 'session.begin', about: name },
      detail: expect.stringMatching(/^by entra; from (127\.0\.0\.1|::1)/),
    }),
  )
  const accounts = (await call('/accounts')).body.accounts as {
    id: string
    name: string
    provider?: string
  }[]
  const anna = accounts.find((one) => one.name === name)!
  expect(anna).toMatchObject({ provider: 'entra', hasPassword: false })
  const refused = await call(`/accounts/${anna.id}`, 'DELETE')
  expect([refused.status, refused.body.detail]).toEqual([
    409,
    expect.stringContaining('signs in at the provider entra'),
  ])
  expect((await call(`/accounts/${anna.id}/sessions`, 'DELETE')).status).toBe(200)
  expect((await call('/audit?tenant=contoso')).body.entries).toContainEqual(
    expect.objectContaining({ what: 'session.end', about: name }),
  )
})
