import { afterEach, expect, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import { type ConsentWorld, startConsentWorld } from './consent-world.ts'
import { FREE, IN_A_CALL, teamsWrites, upnOf } from './e2e/lab-people.ts'

let world: ConsentWorld
afterEach(() => world.stop())

type Finding = { permission: string; outcome: string; text: string; fix?: string }

async function tryOn(person: string, more: Record<string, unknown> = {}): Promise<readonly Finding[]> {
  const body = { tenant: 'contoso', person: upnOf(person), ...more }
  const { body: told } = await world.call('/consent/try', { method: 'POST', body })
  return told.findings ?? [told]
}
const outcomes = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ permission, outcome }) => [permission, outcome]))

async function start(readOnly: boolean) {
  world = await startConsentWorld((config) => {
    for (const one of config.tenants[0]!.connectors)
      if (one.id === 'teams') Object.assign(one, readOnly && { readOnly })
  })
  await world.passUntil(
    () =>
      world
        .hub()
        .port.people()
        .every(({ systems }) => systems.every(({ synced }) => synced)),
    'everyone to be heard',
  )
  await world.pass(17_000)
}

test('X-18: who looks after one tenant tries neither other addresses nor files of the hub\u2019s machine', async () => {
  const token = 'token-of-the-administrator-of-contoso'
  world = await startConsentWorld((config) => {
    Object.assign(config.http!, {
      tokens: [{ name: 'admin', token, scopes: ['admin'], tenants: ['contoso'] }],
    })
  })
  const { loginUrl, graphUrl } = world.lab
  const { entraTenantId, clientId } = sample
  const asked = async (settings: Record<string, unknown>) => {
    const answer = await fetch(`${world.base}/api/v1/consent/try`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tenant: 'contoso', person: upnOf('anna'), settings }),
    })
    return { status: answer.status, told: JSON.stringify(await answer.json()) }
  }
  const own = { entraTenantId, clientId, loginUrl, graphUrl, cloud: 'global' }
  expect(await asked(own)).toMatchObject({ status: 200, told: expect.stringContaining('granted') })
  const elsewhere = await asked({ ...own, loginUrl: `${loginUrl}/elsewhere` })
  expect(elsewhere).toMatchObject({ status: 409, told: expect.stringContaining('loginUrl') })
  const file = await asked({ ...own, certificate: { certFile: '/etc/passwd', keyFile: '/etc/passwd' } })
  expect(file).toMatchObject({ status: 409, told: expect.stringContaining('certificate.certFile') })
})

test('UN-15, X-18: each permission is tried on one person by itself, and leaves no trace there', async () => {
  await start(false)
  const { lab, person, phone, passUntil } = world
  expect(outcomes(await tryOn('anna'))).toEqual({
    ...{ '': 'granted', 'User.ReadBasic.All': 'granted', 'Presence.Read.All': 'granted' },
    ...{
      'Presence.ReadWrite.All': 'granted',
      'User.Read.All': 'notTried',
      'Application.Read.All': 'notTried',
    },
  })
  expect(teamsWrites(lab, 0, upnOf('anna'))).toEqual([])

  const written = await tryOn('anna', { write: true })
  expect(written.find(({ permission }) => permission === 'Presence.ReadWrite.All')!.text).toContain(
    'taken back',
  )
  expect([
    teamsWrites(lab, 0, upnOf('anna')).length,
    person('anna').sessions(),
    person('anna').shown(),
  ]).toEqual([...[2, 0, FREE]])

  // The session that stands for a call is left alone.
  phone('1002').dial()
  await passUntil(() => person('ben').shown() === IN_A_CALL, 'the call to be shown')
  const before = teamsWrites(lab, 0, upnOf('ben')).length
  expect(outcomes(await tryOn('ben', { write: true }))).toMatchObject({ 'Presence.ReadWrite.All': 'granted' })
  expect([teamsWrites(lab, 0, upnOf('ben')).length, person('ben').shown()]).toEqual([before, IN_A_CALL])

  const nobody = await tryOn('nobody@contoso.example')
  expect(nobody.find(({ permission }) => permission === 'User.ReadBasic.All')).toMatchObject({
    ...{ outcome: 'failed', text: expect.stringContaining('nobody in the tenant has the sign-in name') },
  })
  const { loginUrl, graphUrl } = lab
  const { entraTenantId, clientId } = sample
  const settings = { entraTenantId, clientId, loginUrl, graphUrl }
  const [wrong, ...rest] = await tryOn('anna', {
    settings: { ...settings, clientSecret: 'not the secret at all' },
  })
  expect([wrong!.outcome, wrong!.text, rest]).toEqual([
    'failed',
    expect.stringContaining('client secret'),
    [],
  ])
  expect(world.log.join('')).not.toContain('not the secret at all')
  // What is configured goes nowhere else.
  const [stranger] = await tryOn('anna', { settings: { ...settings, loginUrl: `${loginUrl}/elsewhere` } })
  expect(stranger!.text).toContain('Neither clientSecret nor certificate is set')

  lab.entra.register(entraTenantId, { ...world.application, roles: ['Presence.Read.All'] })
  lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
  const lacking = await tryOn('anna')
  expect(outcomes(lacking)).toMatchObject({
    ...{
      'User.ReadBasic.All': 'missing',
      'Presence.Read.All': 'granted',
      'Presence.ReadWrite.All': 'missing',
    },
  })
  for (const { fix } of lacking.filter(({ outcome }) => outcome === 'missing'))
    expect(fix).toContain('Grant admin consent')
})

test('X-18: a connector that is read only is followed, and nothing is written there, nor asked for', async () => {
  await start(true)
  const { person, phone, pass, passUntil, call } = world
  phone('1001').dial()
  await pass(20_000)
  expect([world.writes('anna'), person('anna').shown()]).toEqual([0, FREE])
  const { decisions } = (await call('/people/anna@contoso.example/explain')).body
  expect(JSON.stringify(decisions)).toContain('teams')
  person('chiara').teamsCall(true)
  await passUntil(
    () => phone('1003').dnd() === 'on' || person('chiara').shown() === IN_A_CALL,
    'Teams to be read',
  )
  expect(Object.keys(outcomes(await tryOn('anna')))).not.toContain('Presence.ReadWrite.All')
  expect((await call('/consent?tenant=contoso')).body).toMatchObject({ readOnly: true, application: 'own' })
})

test('X-18: one application reads and another one writes, each with its own permissions and secret', async () => {
  const writer = { clientId: '9c0d2b9d-6f10-4c3e-8f7a-b1d25e6f7a8b', clientSecret: 'secret-of-the-writer' }
  world = await startConsentWorld(
    (config) => {
      for (const one of config.tenants[0]!.connectors) if (one.id === 'teams') Object.assign(one, { writer })
    },
    { application: { roles: ['Presence.Read.All', 'User.ReadBasic.All'] } },
  )
  const { lab, person, phone, passUntil, pass } = world
  const grant = (roles: readonly 'Presence.ReadWrite.All'[]) =>
    lab.entra.register(sample.entraTenantId, {
      ...{ clientId: writer.clientId, secrets: [{ value: writer.clientSecret }], roles },
    })
  grant([])
  await pass(20_000)
  const named = (findings: readonly Finding[]) =>
    findings.map(({ permission, outcome }) => `${permission} ${outcome}`)
  expect(named(await tryOn('anna'))).toContain('Presence.ReadWrite.All missing')
  grant(['Presence.ReadWrite.All'])
  expect(named(await tryOn('anna', { write: true }))).toContain('Presence.ReadWrite.All granted')
  phone('1001').dial()
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown')
  const apps = lab.people.find(upnOf('anna'))!.person.inputs.apps.map(({ id }) => id)
  expect(apps).toEqual([writer.clientId])
  phone('1001').hangup()
  await passUntil(() => person('anna').shown() === FREE, 'it to be taken back')
})
