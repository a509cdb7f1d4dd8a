import { expect, test } from 'vitest'
import type { NetSapiensConfig } from '../../src/connectors/netsapiens/config.ts'
import { netsapiens } from '../../src/connectors/netsapiens/definition.ts'
import type { LabClock } from '../../src/lab/clock.ts'
import { recordingContext } from '../contract/context.ts'
import { apiKey, closing, connect, domain, password, startPlatform } from './netsapiens-world.ts'

const account = {
  ...{ clientId: 'hub', clientSecret: 'client-secret', username: `admin@${domain}`, password },
  ...{ domain, scope: 'Office Manager', secondFactor: false },
}
const { clientId, clientSecret, username } = account
const byUser = { clientId, clientSecret, username, password }

const signIns = (requests: { since(number: number): readonly { path: string; method: string }[] }) =>
  requests.since(0).filter(({ method, path }) => method === 'POST' && /tokens|jwt/.test(path))

for (const signIn of ['token', 'jwt'] as const) {
  test(`one sign-in serves everything, and is renewed by its refresh token in time (${signIn})`, async () => {
    const { instance, requests, clock, until, recording } = await connect({ account }, { ...byUser, signIn })
    await instance.start(['1001', '1002'])
    await instance.directory!()
    expect(signIns(requests)).toHaveLength(1)
    ;(clock as LabClock).advance(3_400_000)
    await until(() => signIns(requests).length === 2, 'the renewal')
    const body = requests
      .since(0)
      .filter(({ path }) => /tokens|jwt/.test(path))
      .at(-1)!.body
    expect(Object.keys(body as object)).toEqual(
      signIn === 'jwt' ? ['refresh'] : ['grant_type', 'client_id', 'client_secret', 'refresh_token'],
    )
    expect(recording.said()).not.toContain(password)
  })
}

test('a renewal that is answered without a token falls back to user and password', async () => {
  const world = await connect({ account }, { ...byUser, signIn: 'token' })
  await world.instance.start(['1001'])
  world.platform.credentials.emptyRefresh = true
  ;(world.clock as LabClock).advance(3_400_000)
  await world.until(() => signIns(world.requests).length === 3, 'the second way')
  expect(world.platform.credentials.granted).toBe(2)
})

test('a token that the platform has forgotten is replaced once', async () => {
  const world = await connect({ account }, { ...byUser, signIn: 'token' })
  await world.instance.start(['1001'])
  world.platform.credentials.revokeAll()
  await world.instance.directory!()
  expect(world.platform.credentials.granted).toBe(2)
  expect(world.recording.health()?.state).toBe('up')
})

test('a second factor, and a platform that only has the older sign-in', async () => {
  const second = await connect(
    { account: { ...account, secondFactor: true } },
    { ...byUser, signIn: 'token' },
  )
  await expect(second.instance.start(['1001'])).rejects.toMatchObject({
    kind: 'auth-failed',
    fix: expect.stringContaining('API key'),
  })
  const older = await connect({ account }, { ...byUser, signIn: 'token' })
  older.faults.add({ target: 'netsapiens', kind: 'status', status: 404, path: '/v2/tokens' })
  await older.instance.start(['1001'])
  expect(older.requests.since(0).map(({ path }) => path)).toContain('/ns-api/oauth2/token/')
  older.faults.add({ target: 'netsapiens', kind: 'status', status: 404, path: '/oauth2' })
  older.platform.credentials.revokeAll()
  await expect(older.instance.directory!()).rejects.toMatchObject({
    kind: 'misconfigured',
    fix: expect.stringContaining('host of the API'),
  })
})

test('a key that is withdrawn while the hub runs: down, with the fix, and no storm', async () => {
  const world = await connect()
  await world.instance.start(['1001'])
  world.platform.credentials.key = { ...world.platform.credentials.key, key: 'another' }
  await world.until(() => world.recording.health()?.state === 'down', 'health to fall')
  expect(world.recording.health()).toMatchObject({ failure: 'auth-failed', fix: expect.any(String) })
  expect(world.platform.credentials.refused).toBeLessThanOrEqual(3)
})

test('one reseller’s key serves two domains', async () => {
  const key = { key: apiKey, scope: 'Reseller', domain: '*', readonly: false, allowedModels: '*' as const }
  const domains = { 'one.example': '1001', 'two.example': '1002' }
  const { platform, phones, requests } = await startPlatform({ key, domains })
  closing(() => platform.stop())
  const [one, two] = [recordingContext(), recordingContext()]
  const start = async (name: string, user: string) => {
    const { context } = name === 'one.example' ? one : two
    const config: NetSapiensConfig = { url: platform.address, domain: name, apiKey, pollSeconds: 1 }
    const instance = netsapiens.create(config, { ...context, shared: one.context.shared })
    closing(() => instance.stop())
    await instance.start([user])
    return (await instance.directory!()).map(({ address }) => address)
  }
  expect(await start('one.example', '1001')).toEqual(['1001'])
  expect(await start('two.example', '1002')).toEqual(['1002'])
  phones.setDnd('1002', true)
  const deadline = performance.now() + 60_000
  while (!two.feeds.dnd('1002') && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect([one.feeds.dnd('1001'), two.feeds.dnd('1002')]).toEqual([false, true])
  expect(requests.since(0).some(({ status }) => status === 403)).toBe(false)
})

test('everyone with mail addresses, without the platform’s own services', async () => {
  const world = await connect()
  expect(await world.instance.directory!()).toEqual([
    {
      ...{ address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'] },
      aliases: [`1001@${domain}`],
    },
    {
      ...{ address: '1002', displayName: 'Ben Ortiz', aliases: [`1002@${domain}`] },
      mails: ['ben@contoso.example', 'ben.ortiz@contoso.example'],
    },
    { address: '1003', displayName: 'Chiara Moretti', mails: [], aliases: [`1003@${domain}`] },
  ])
})
