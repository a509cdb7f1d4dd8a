import { expect, test } from 'vitest'
import { netsapiensWhiteLabels } from '../../src/connectors/netsapiens/definition.ts'
import { recordingContext } from '../contract/context.ts'
import { apiKey, connect, domain, password, withHooks } from './netsapiens-world.ts'

type World = Awaited<ReturnType<typeof connect>>

const problems = async (world: Pick<World, 'check'>) =>
  (await world.check()).filter(({ level }) => level !== 'ok' && level !== 'info')

test('a right configuration comes out clean; it writes nothing and says no secret', async () => {
  const world = await connect()
  const findings = await world.check()
  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([])
  expect(world.requests.since(0).filter(({ method }) => method !== 'GET')).toEqual([])
  expect(JSON.stringify(findings)).not.toContain(apiKey)
  const hub = await withHooks()
  hub.root.url = 'http://127.0.0.1:9/hooks'
  hub.config.url = hub.platform.address
  expect(await problems(hub)).toEqual([])
})

test('a release that is too old, and an address without the API', async () => {
  expect(await problems(await connect({ apiVersion: 'Version: 41.1.0' }))).toMatchObject([
    { level: 'error', text: expect.stringContaining('too old'), fix: expect.stringContaining('44') },
  ])
  const portal = await connect()
  portal.faults.add({ target: 'netsapiens', kind: 'status', status: 404 })
  expect(await problems(portal)).toMatchObject([
    { level: 'error', text: expect.stringContaining('404'), fix: expect.stringContaining('host of the API') },
  ])
})

test('a key of too small a scope, for another domain, that may only read, that lacks models', async () => {
  const world = await connect()
  const { credentials } = world.platform
  const right = credentials.key
  credentials.key = { ...right, scope: 'Basic User' }
  expect(await problems(world)).toMatchObject([
    { level: 'error', text: expect.stringContaining('"Basic User"') },
  ])
  credentials.key = { ...right, domain: 'other.example' }
  expect((await problems(world))[0]!.text).toContain('"other.example"')
  credentials.key = { ...right, readonly: true, allowedModels: ['call', 'subscriber'] }
  expect((await problems(world)).map(({ text }) => text)).toEqual([
    'The API key may only read (readonly), so that do not disturb cannot be written.',
    'The API key does not allow the models answerrule, device, event, presence (allowed-models).',
  ])
})

test('ConnecttoTeams in the domain is found, with the field that tells', async () => {
  const posting = await connect()
  const url = 'https://hooks.connecttoteams.com/in/x'
  posting.platform.subscriptions.add({ model: 'call', url, domain })
  expect(await problems(posting)).toMatchObject([
    { level: 'warning', text: expect.stringContaining('post-url of the subscription to "call"') },
  ])
  await posting.instance.start(['1001'])
  expect(posting.recording.health()?.detail).toContain('ConnecttoTeams')
  const registered = await connect({ foreignAgent: 'ConnecttoTeams 2.13' })
  expect(await problems(registered)).toMatchObject([
    { level: 'warning', text: expect.stringContaining('device-sip-registration-user-agent') },
  ])
})

test('ConnecttoTeams that was declared is no trouble; where nothing tells of it, that is said', async () => {
  const declared = { teamsSync: 'vendor' } as const
  const kept = await connect({ foreignAgent: 'ConnecttoTeams 2.13' }, {}, declared)
  expect(await problems(kept)).toEqual([])
  expect(await kept.check()).toContainEqual({
    level: 'ok',
    text: expect.stringMatching(/ConnecttoTeams is at work .* as teamsSync: vendor says/),
  })
  await kept.instance.start(['1001'])
  await kept.until(() => kept.recording.health()?.state === 'up', 'health')
  expect(kept.recording.said()).not.toContain('two engines')
  const alone = await connect({}, {}, declared)
  expect(await alone.check()).toContainEqual({
    level: 'info',
    text: 'This connector has teamsSync: vendor, but nothing in this domain tells of ConnecttoTeams.',
    fix: expect.stringContaining('teamsSync: hub'),
  })
})

test('what is missing in the configuration is said in the words of the platform', async () => {
  for (const [type, asked] of [
    ['ringlogix', 'RingLogix support'],
    ['united-cloud', 'United Cloud support'],
    ['viirtue', 'Viirtue support'],
  ] as const) {
    const { context } = recordingContext()
    const definition = netsapiensWhiteLabels[type]!
    const config = { url: 'https://portal.example', domain }
    expect(await definition.check(config, context)).toEqual([
      { level: 'error', text: 'apiKey: there is none.', fix: expect.stringContaining(asked) },
    ])
    const failure = { kind: 'misconfigured', message: 'apiKey: there is none.' }
    await expect(definition.create(config, context).start(['1'])).rejects.toMatchObject(failure)
    const byToken = { ...config, signIn: 'token' as const, username: 'a', password }
    expect((await definition.check(byToken, context))[0]!.text).toBe(
      'signIn: token needs clientId, clientSecret as well.',
    )
  }
  const { context } = recordingContext()
  const plain = { url: 'http://portal.example', domain, apiKey }
  expect((await netsapiensWhiteLabels.viirtue!.check(plain, context))[0]!.text).toContain('unencrypted')
})

test('a platform that is not there', async () => {
  const world = await connect()
  await world.platform.stop()
  expect(await problems(world)).toMatchObject([{ level: 'error', text: expect.stringContaining('refused') }])
  await expect(world.instance.start(['1001'])).rejects.toMatchObject({ kind: 'not-ready' })
})

test('calls and rules in a form nobody understands', async () => {
  const world = await connect()
  world.faults.add({ target: 'netsapiens', kind: 'status', status: 200, path: '/calls' })
  world.faults.add({ target: 'netsapiens', kind: 'status', status: 200, path: '/answerrules' })
  expect((await problems(world)).map(({ text }) => text)).toEqual([
    'Answer rules came in a form that is not understood.',
    'Calls of the domain came in a form that is not understood.',
  ])
})
