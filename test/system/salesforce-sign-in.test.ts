import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsforce from 'jsforce'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { main } from '../../src/apps/cli/main.ts'
import { salesforce } from '../../src/connectors/salesforce/definition.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { recordingContext } from '../contract/context.ts'
import { openBrowser } from './board-browser.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { type Crm, startCrm } from './salesforce-world.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

const { clientId, clientSecret } = labCrmClient

/** A refresh token as the lab makes it; the four letters alone may stand in what is sealed. */
const clearToken = /(?<![\w+/-])5Aep[\w-]{43}(?![\w+/-])/

let world: Crm
let redirectUri: string
let folder: string
let clock: LabClock
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-sign-in-'))
  clock = new LabClock()
  world = await startCrm(clock)
  redirectUri = `http://localhost:${await findFreePort()}/callback`
  world.crm.app.callbacks = [redirectUri]
})
afterEach(async () => {
  await world.crm.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** One run of the command in this process, with a browser that opens what is printed. */
async function signIn(options: readonly string[], browse: (page: string) => Promise<unknown> = fetch) {
  const seen = { out: '', err: '' }
  let browsing: Promise<unknown> = Promise.resolve()
  const code = await main(['connectors', 'sign-in', 'crm', '--redirect', redirectUri, ...options], {
    out: (text) => {
      seen.out += text
    },
    err: (text) => {
      seen.err += text
      const page = /^(http\S+)$/m.exec(text)?.[1]
      if (page !== undefined) browsing = browse(page)
    },
    ...{ env: {}, cwd: folder, interactive: false, ask: async () => 'no' },
    interrupted: () => new Promise(() => {}),
  })
  await browsing
  return { code, ...seen }
}

const connectorOf = (more: object = {}) => {
  const { loginUrl = '', pubSubUrl = '' } = world.config
  return { id: 'crm', type: 'salesforce', loginUrl, pubSubUrl, clientId, clientSecret, ...more }
}

function writeConfig(more: object = {}): string {
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(file, stringify({ tenants: [{ id: 'contoso', connectors: [connectorOf(more)] }] }))
  return file
}

describe('the page of the emulator', () => {
  const open = (query: Readonly<Record<string, string>>) =>
    fetch(`${world.config.loginUrl}/services/oauth2/authorize?${new URLSearchParams(query)}`, {
      redirect: 'manual',
    })
  const asked = () => ({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state: 's' },
    ...{ code_challenge: 'c'.repeat(43), code_challenge_method: 'S256', scope: 'api refresh_token' },
  })

  test('a client of others (jsforce) signs in with PKCE and gets a refresh token that works', async () => {
    const oauth2 = new jsforce.OAuth2({
      ...{ loginUrl: world.config.loginUrl!, clientId, clientSecret, redirectUri, useVerifier: true },
    })
    const page = oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 'its own' })
    const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '')
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 'its own'])
    const granted = await oauth2.requestToken(back.searchParams.get('code') ?? '')
    const renewed = await oauth2.refreshToken(granted.refresh_token ?? '')
    const connection = new jsforce.Connection({
      ...{ version: '62.0', instanceUrl: renewed.instance_url, accessToken: renewed.access_token },
    })
    expect((await connection.query('SELECT Id FROM User')).records).toHaveLength(3)
  })

  test.each([
    ['an unknown app', () => ({ client_id: 'nobody' }), 'invalid_client_id'],
    ['another callback', () => ({ redirect_uri: 'http://localhost:1/callback' }), 'redirect_uri_mismatch'],
    ['a callback with a slash more', () => ({ redirect_uri: `${redirectUri}/` }), 'redirect_uri_mismatch'],
  ])('%s is told on the page, and nobody is sent anywhere', async (_name, change, error) => {
    const answer = await open({ ...asked(), ...change() })
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(await answer.text()).toContain(error)
  })

  test.each([
    ['no PKCE', { code_challenge: undefined }, 'invalid_request'],
    ['a challenge in clear', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['another type of answer', { response_type: 'token' }, 'unsupported_response_type'],
    ['a user who does not agree', {}, 'access_denied'],
  ])('%s comes back as an error with the state', async (_name, change, error) => {
    world.crm.app.consents = error !== 'access_denied'
    const query = Object.entries({ ...asked(), ...change }).filter(([, value]) => value !== undefined)
    const answer = await open(Object.fromEntries(query) as Record<string, string>)
    const back = new URL(answer.headers.get('location') ?? '')
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([error, 's'])
    expect(back.searchParams.has('code')).toBe(false)
  })

  test('a code is good once, for a quarter of an hour, for its callback and its verifier', async () => {
    const browserSignIn = salesforce.browserSignIn!
    const config = { ...world.config, clientSecret }
    const verifier = 'v'.repeat(43)
    const challenge = Buffer.from(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)),
    ).toString('base64url')
    const getCode = async () => {
      const page = browserSignIn.page(config, { redirectUri, state: 's', challenge })
      const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '')
      return back.searchParams.get('code') ?? ''
    }
    const redeem = (grant: object) =>
      browserSignIn.redeem(config, { redirectUri, verifier, code: '', ...grant }, { fetch, clock })
    const code = await getCode()
    const token = await redeem({ code })
    expect(token).toMatch(/^5Aep/)
    expect(`refresh_token=${token}&`).toMatch(clearToken)
    await expect(redeem({ code })).rejects.toThrow('invalid_grant, invalid authorization code')
    const other = 'w'.repeat(43)
    await expect(redeem({ code: await getCode(), verifier: other })).rejects.toThrow('invalid code verifier')
    const elsewhere = { code: await getCode(), redirectUri: `${redirectUri}2` }
    await expect(redeem(elsewhere)).rejects.toMatchObject({
      message: expect.stringContaining('redirect_uri_mismatch'),
      ...{ kind: 'auth-failed', fix: expect.stringContaining('callback URL') },
    })
    const late = await getCode()
    clock.advance(15 * 60_000 + 1000)
    await expect(redeem({ code: late })).rejects.toThrow('expired authorization code')
  })
})

describe('hookswitch connectors sign-in, with a configuration file', () => {
  test('prints the line to write, with a token by which the connector works; the secret is in no address', async () => {
    writeConfig()
    const { code, out, err } = await signIn([])
    expect([code, out]).toEqual([0, expect.stringMatching(/^refreshToken: "5Aep[\w-]+"\n$/)])
    expect(err).toContain('Write this into the connector "crm"')
    const page = new URL(/^(http\S+)$/m.exec(err)![1]!)
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri },
      ...{ scope: 'api refresh_token', code_challenge_method: 'S256', prompt: 'login consent' },
    })
    expect(err + page.href).not.toContain(clientSecret)
    const [, refreshToken = ''] = /"(.+)"/.exec(out) ?? []
    const { id: _id, type: _type, ...config } = { ...connectorOf(), refreshToken }
    const findings = await salesforce.check(config, recordingContext({ clock }).context)
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('an app that rotates refresh tokens is found by check, and the refusal that follows says so', async () => {
    writeConfig()
    world.crm.app.rotates = true
    const [, refreshToken = ''] = /"(.+)"/.exec((await signIn([])).out) ?? []
    const { id: _id, type: _type, ...config } = { ...connectorOf(), refreshToken }
    const check = () => salesforce.check(config, recordingContext({ clock }).context)
    expect(await check()).toContainEqual({
      level: 'warning',
      text: expect.stringContaining('new refresh token with each sign-in'),
      fix: expect.stringContaining('rotation off'),
    })
    expect(await check()).toEqual([
      {
        level: 'error',
        text: expect.stringContaining('invalid_grant'),
        fix: expect.stringContaining('rotate'),
      },
    ])
  })

  test('where secrets can be kept, the newest token of those that are rotated is', async () => {
    writeConfig()
    world.crm.app.rotates = true
    const [, refreshToken = ''] = /"(.+)"/.exec((await signIn([])).out) ?? []
    const { id: _id, type: _type, ...config } = { ...connectorOf(), refreshToken }
    const kept = new Map<string, string>()
    const sealed = {
      get: (name: string) => kept.get(name),
      set: async (name: string, value: string) => void kept.set(name, value),
    }
    const check = (settings: object) =>
      salesforce.check({ ...config, ...settings }, { ...recordingContext({ clock }).context, sealed })
    for (const _ of ['the configured one', 'the one after it', 'and so on']) {
      expect((await check({})).filter(({ level }) => level === 'error')).toEqual([])
    }
    // After another sign-in, what came after the former token is not used any more.
    const [, next = ''] = /"(.+)"/.exec((await signIn([])).out) ?? []
    const before = new Map(kept)
    expect((await check({ refreshToken: next })).filter(({ level }) => level === 'error')).toEqual([])
    expect(kept).not.toEqual(before)
  })

  test('keeps the token in a new file where one is named, never over one that is there', async () => {
    // The configuration is written before the file that it names.
    writeConfig({ refreshToken: '$'.concat('{file:crm.refresh}') })
    const { code, out } = await signIn(['--out', 'crm.refresh'])
    const file = join(folder, 'crm.refresh')
    expect([code, out]).toEqual([0, `refreshToken: "$`.concat(`{file:${file}}"\n`)])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toMatch(/^5Aep[\w-]+\n$/)
    expect(await signIn(['--out', 'crm.refresh'])).toMatchObject({
      ...{ code: 73, out: '', err: expect.stringContaining('cannot be made (EEXIST)') },
    })
  })

  test('says what the token takes the place of', async () => {
    writeConfig({ username: 'x', privateKey: 'y' })
    expect((await signIn([])).err).toContain('Take username and privateKey out')
  })

  test('a page with another state is turned away, and the right one is waited for', async () => {
    writeConfig()
    const statuses: number[] = []
    const { code } = await signIn([], async (page) => {
      for (const query of ['?code=forged&state=forged', '?code=forged', '/../other']) {
        statuses.push((await fetch(redirectUri + query)).status)
      }
      statuses.push((await fetch(page)).status)
    })
    expect([code, statuses]).toEqual([0, [400, 400, 404, 200]])
  })

  test.each([
    [
      'a user who does not agree',
      () => {
        world.crm.app.consents = false
      },
      1,
      'access_denied',
    ],
    ['a wrong secret of the app', () => void writeConfig({ clientSecret: 'wrong' }), 1, 'invalid_client'],
    [
      'an app without the scope',
      () => void world.crm.app.scopes.delete('refresh_token'),
      1,
      'no refresh token',
    ],
    [
      'a connector that is not there',
      () => void writeConfig({ id: 'other' }),
      64,
      'these have a sign-in: other',
    ],
    [
      'a system without such a sign-in',
      () => void writeConfig({ type: 'webhook' }),
      64,
      'have no sign-in in the browser',
    ],
    ['an address that is not right', () => void writeConfig({ loginUrl: 'nowhere' }), 1, 'loginUrl'],
  ])('%s: told in words, and nothing is printed to keep', async (_name, arrange, exit, words) => {
    writeConfig()
    arrange()
    const { code, out, err } = await signIn([])
    expect([code, out]).toEqual([exit, ''])
    expect(err).toContain(words)
    expect(err).not.toContain(clientSecret)
  })

  test('only this machine is waited at', async () => {
    writeConfig()
    redirectUri = 'https://hub.example/callback'
    expect(await signIn([])).toMatchObject({
      code: 64,
      err: expect.stringContaining('http://localhost:PORT'),
    })
  })
})

test('with a stored configuration the token is sealed, with the hub stopped and with it running, which uses it at once', async () => {
  const hub = new StoredHub()
  try {
    const file = writeConfig({ privateKey: 'of the way before', username: 'hookswitch@contoso.example' })
    await hub.start()
    expect(await hub.run('config', 'import', file)).toMatchObject({ code: 0 })
    await hub.stop()
    const atHub = () => signIn(['--data', hub.data])
    expect(await atHub()).toMatchObject({
      ...{ code: 0, out: expect.stringContaining('version 2 of the configuration is in force') },
    })
    const exported = await hub.run('config', 'export')
    expect(exported.output).toContain('refreshToken: $'.concat('{secret:connectors/crm/refreshToken/2}'))
    expect(exported.output).not.toMatch(/privateKey|username/)
    await hub.start()
    const state = async () => {
      const { connectors } = (await hub.send('GET', '/connectors')).json() as {
        connectors: { health: { state: string } }[]
      }
      return connectors[0]?.health.state
    }
    await until(async () => (await state()) === 'up', 'the connector', 60_000)
    const granted = world.crm.signIns().granted
    expect(await atHub()).toMatchObject({ code: 0, out: expect.stringContaining('version 3') })
    await until(async () => world.crm.signIns().granted > granted + 1, 'a sign-in with the new token', 60_000)
    await until(async () => (await state()) === 'up', 'the connector again', 60_000)
    world.crm.app.consents = false
    expect(await atHub()).toMatchObject({ code: 1, err: expect.stringContaining('access_denied') })
    await hub.stop()
    for (const text of [hub.stored(), hub.said]) expect(text).not.toMatch(clearToken)
  } finally {
    await hub.close()
  }
})

test('on the connector\u2019s page: there and back with state and PKCE, sealed, and rotated tokens survive a restart', async () => {
  const hub = new StoredHub()
  const browser = await openBrowser()
  try {
    world.crm.app.rotates = true
    const file = writeConfig()
    await hub.start()
    expect(await hub.run('config', 'import', file)).toMatchObject({ code: 0 })
    const callback = `${hub.url}/api/v1/connector-sign-in/callback`
    const elsewhere = [new URL(world.config.loginUrl ?? '').origin]
    const { page, close } = await browser.open(hub.url, { quiet: ['404', '409'], elsewhere })
    page.setDefaultTimeout(60_000)
    const press = async () => {
      await page.goto(`${hub.url}/#/connectors/contoso/crm`)
      await page.reload()
      await page.getByText(callback).waitFor()
      await page.getByRole('button', { name: 'Sign in there' }).click()
    }
    world.crm.app.callbacks = [callback]
    world.crm.app.consents = false
    await press()
    await page.getByText(/ended without a code: access_denied/).waitFor()
    world.crm.app.consents = true
    await press()
    await page.getByText(/crm.* is signed in/).waitFor()
    await page.getByRole('link', { name: 'Back to Hookswitch' }).click()
    await page.getByRole('button', { name: 'Sign in there' }).waitFor()
    await close()
    const state = async () => {
      const { connectors } = (await hub.send('GET', '/connectors')).json() as {
        connectors: { health: { state: string } }[]
      }
      return connectors[0]?.health.state
    }
    await until(async () => (await state()) === 'up', 'the connector', 60_000)
    // An answer that nobody here asked for.
    const forged = await fetch(`${callback}?code=forged&state=forged`)
    expect([forged.status, await forged.text()]).toEqual([
      409,
      expect.stringContaining('not begun in this browser'),
    ])
    await hub.stop()
    await hub.start()
    await until(
      async () => (await state()) === 'up',
      'the connector with the token it was given last',
      60_000,
    )
    await hub.stop()
    for (const text of [hub.stored(), hub.said]) expect(text).not.toMatch(clearToken)
  } finally {
    await browser.close()
    await hub.close()
  }
})
