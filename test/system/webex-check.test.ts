import { expect, test } from 'vitest'
import { webex } from '../../src/connectors/webex/definition.ts'
import { webexPresence } from '../../src/connectors/webex/presence-definition.ts'
import type { Finding } from '../../src/core/connector.ts'
import { clientSecret, connect, integrationSecret, refreshToken } from './webex-world.ts'

type World = Awaited<ReturnType<typeof connect>>

const problemsIn = (findings: readonly Finding[]) =>
  findings.filter(({ level }) => level === 'warning' || level === 'error')
const problems = async ({ check }: World) => problemsIn(await check())

const scopes = [
  'spark-admin:people_read',
  'spark-admin:people_write',
  'spark-admin:calls_read',
  'spark-admin:telephony_config_read',
]
const without = (scope: string) => scopes.filter((each) => each !== scope)

test('a healthy organization has no warning, and where people consent is told', async () => {
  const world = await connect()
  world.root.url = 'http://127.0.0.1:8080/hooks/contoso/pbx'
  expect(await problems(world)).toEqual([])
  expect(JSON.stringify(await world.check())).toContain('/hooks/contoso/pbx/consent')
})

test('UN-21: Webex’ own sync with Teams is found, and its field named, by check and by health', async () => {
  const world = await connect({ presenceSync: true })
  expect(await problems(world)).toEqual([
    expect.objectContaining({ level: 'warning', text: expect.stringContaining('PRESENCE_SYNC is true') }),
  ])
  await world.instance.start(['1001'])
  expect(world.recording.health()).toMatchObject({
    state: 'up',
    detail: expect.stringContaining('PRESENCE_SYNC'),
    fix: expect.stringContaining('teamsSync: vendor'),
  })
})

test('UN-21: with teamsSync: vendor it has to be on', async () => {
  const off = await connect({ presenceSync: false }, {}, { teamsSync: 'vendor' })
  expect(await problems(off)).toEqual([
    expect.objectContaining({ level: 'warning', text: expect.stringContaining('PRESENCE_SYNC is false') }),
  ])
  const on = await connect({ presenceSync: true }, {}, { teamsSync: 'vendor' })
  expect(await problems(on)).toEqual([])
  const never = await connect({ presenceSync: undefined })
  expect(await problems(never)).toEqual([])
})

test('an organization without Webex Calling is told plainly', async () => {
  const world = await connect({ callingLicence: false })
  expect(await problems(world)).toEqual([
    {
      level: 'error',
      text: 'Nobody in this organization has a Webex Calling extension.',
      fix: expect.stringContaining('licence'),
    },
  ])
})

test('a scope that is missing is named', async () => {
  for (const [scope, text] of [
    ['spark-admin:people_read', '(people, 403)'],
    ['spark-admin:calls_read', '(calls, 403)'],
  ] as const) {
    const [finding] = await problems(await connect({ scopes: without(scope) }))
    expect(finding).toMatchObject({ level: 'error', fix: expect.stringContaining(scope) })
    expect(finding!.text).toContain(text)
  }
  const world = await connect({ scopes: without('spark-admin:telephony_config_read') })
  expect(await problems(world)).toEqual([])
  expect(JSON.stringify(await world.check())).toContain('spark-admin:telephony_config_read')
  const reading = await connect({ scopes: without('spark-admin:people_write') })
  await reading.instance.start(['1001'])
  const asserted = { id: 'p', address: '1001', slot: 'dnd', act: 'assert', refresh: false } as const
  const state = webex.writes(reading.config)[0]!.states[0]!
  expect(await reading.instance.publish!({ ...asserted, state })).toMatchObject({
    kind: 'rejected',
    fix: expect.stringContaining('spark-admin:people_write'),
  })
})

test('an organization that is not the Service App’s, an address that is none, a server that is not there', async () => {
  const other = await connect({}, { orgId: 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi9vdGhlcg' })
  expect(await problems(other)).toMatchObject([{ level: 'error', fix: expect.stringContaining('orgId') }])
  const nowhere = await connect({}, { url: 'http://webex.example/v1' })
  expect(await problems(nowhere)).toMatchObject([{ level: 'error', fix: expect.stringContaining('https') }])
  await expect(nowhere.instance.start(['1001'])).rejects.toMatchObject({ kind: 'misconfigured' })
  const away = await connect()
  await away.org.stop()
  expect(await problems(away)).toMatchObject([{ level: 'error', text: expect.stringContaining('refused') }])
})

test('calls that come in a form nobody understands', async () => {
  const world = await connect()
  world.faults.add({ target: 'webex', kind: 'status', status: 200, path: '/calls' })
  expect(await problems(world)).toMatchObject([
    { level: 'error', text: 'Calls of 1001 came in a form that is not understood.' },
  ])
})

test('what the app shows: readable, or not shared', async () => {
  const { config, context, org } = await connect()
  const { url, clientId } = config
  const account = { url: url!, clientId, clientSecret, refreshToken }
  expect(problemsIn(await webexPresence.check(account, context))).toEqual([])
  org.accounts.more('1001').status = ''
  expect(problemsIn(await webexPresence.check(account, context))).toMatchObject([
    { level: 'warning', fix: expect.stringContaining('share') },
  ])
})

test('it writes nothing and says no secret', async () => {
  const world = await connect({ presenceSync: true })
  const findings = JSON.stringify(await world.check())
  const others = world.requests
    .since(0)
    .filter(({ method, path }) => method !== 'GET' && path !== '/v1/access_token')
  expect(others).toEqual([])
  for (const secret of [clientSecret, refreshToken, integrationSecret]) expect(findings).not.toContain(secret)
})
