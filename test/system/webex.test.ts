import { expect, test } from 'vitest'
import { webex } from '../../src/connectors/webex/definition.ts'
import type { ConnectorInstance, Publication } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { closing, connect, refreshToken, started } from './webex-world.ts'

const assert = (more: Partial<Publication> = {}): Publication => ({
  ...{ id: 'p', address: '1001', slot: 'dnd', act: 'assert', state: DO_NOT_DISTURB, refresh: false },
  ...more,
})
const withdraw = assert({ act: 'withdraw', state: AVAILABLE })

test('the directory names everyone with an extension, over all pages', async () => {
  const { instance } = await started({ pageSize: 1 })
  expect(await instance.directory!()).toEqual([
    { address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'], aliases: [] },
    { address: '1002', displayName: 'Ben Ortiz', mails: ['ben@contoso.example'], aliases: [] },
    { address: '1003', displayName: 'Chiara Moretti', mails: ['phone-1003@lab.example'], aliases: [] },
  ])
})

test('a directory that cannot be read whole is none', async () => {
  const { instance, faults } = await started({ pageSize: 1 })
  faults.add({ target: 'webex', kind: 'status', status: 500, path: 'after=2' })
  await expect(instance.directory!()).rejects.toMatchObject({ kind: 'not-ready' })
})

test('an address may be the mail address, too', async () => {
  const { instance, phones, recording } = await connect()
  await instance.start(['Anna@contoso.example'])
  expect(recording.feeds.dnd('Anna@contoso.example')).toBe(false)
  expect(await instance.publish!(assert({ address: 'Anna@contoso.example' }))).toMatchObject({
    kind: 'applied',
  })
  expect(phones.phone('1001')!.dnd).toBe(true)
})

test('who is at the other end is told by Webex', async () => {
  const { phones, until, legs } = await started()
  phones.start({ extension: '1001', answer: false })
  await until(() => legs('1001') === 'trying outbound external', 'dialling')
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the end')
  phones.start({ extension: '1001', to: '1002' })
  await until(() => legs('1002') === 'confirmed inbound internal', 'the other end')
})

test('what a person set beside do not disturb stays as it is', async () => {
  const { instance, org } = await started()
  const more = org.accounts.more('1001')
  more.ringSplashEnabled = true
  more.webexGoOverrideEnabled = true
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'applied' })
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'applied' })
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'unchanged' })
  expect(org.accounts.more('1001')).toMatchObject({ ringSplashEnabled: true, webexGoOverrideEnabled: true })
})

for (const when of ['before', 'after'] as const) {
  test(`a write without an answer has failed, whether it took effect or not (cut ${when}), and again does no harm`, async () => {
    const { instance, faults, requests, phones } = await started()
    const forget = requests.on(({ method }) => {
      if (method === 'PUT') faults.add({ target: 'webex', kind: 'drop', when, count: 1 })
    })
    expect(await instance.publish!(assert())).toMatchObject({ kind: 'failed' })
    expect(phones.phone('1001')!.dnd).toBe(when === 'after')
    forget()
    expect(['applied', 'unchanged']).toContain((await instance.publish!(assert())).kind)
    expect(phones.phone('1001')!.dnd).toBe(true)
  })
}

test('access tokens that end are renewed once for all, and reading goes on', async () => {
  const { faults, requests, phones, until, recording } = await started()
  const signIns = () => requests.since(0).filter(({ path }) => path.endsWith('/access_token')).length
  expect(signIns()).toBe(1)
  faults.add({ target: 'webex', kind: 'revoke-tokens' })
  phones.setDnd('1001', true)
  await until(() => recording.feeds.dnd('1001') === true, 'reading to go on')
  expect(signIns()).toBe(2)
  expect(recording.health()?.state).toBe('up')
})

test('a refresh token that Webex exchanges is kept over a restart, and never said', async () => {
  const { instance, recording, org, config, context } = await connect({ rotates: true })
  await instance.start(['1001'])
  await instance.stop()
  expect(org.tokens.refreshes(refreshToken)).toBeUndefined()
  // Another process: nothing is common but the memory.
  const next: ConnectorInstance = webex.create(config, { ...context, shared: (_key, make) => make() })
  closing(() => next.stop())
  await next.start(['1001'])
  expect(recording.said()).not.toContain('lab-refresh')
  expect(next.credentialEnds!()).toMatchObject([{ setting: 'refreshToken' }])
})

test('the authorization of the Service App is taken back in mid-life: what was known is lost, not ended', async () => {
  const { org, phones, until, legs, recording, instance } = await started()
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  org.tokens.withdraw('serviceApp')
  await until(() => recording.health()?.state === 'down', 'health to fall')
  expect(recording.health()).toMatchObject({
    failure: 'auth-failed',
    fix: expect.stringContaining('Control Hub'),
  })
  expect(legs('1001')).toBe('confirmed outbound external')
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'deferred' })
})

test('one person who may not be read says nothing and takes nobody along', async () => {
  const { org, faults, phones, until, legs, recording } = await started()
  phones.start({ extension: '1002' })
  await until(() => legs('1002') !== '', 'the call')
  const id = org.accounts.idOf('1001')
  faults.add({ target: 'webex', kind: 'status', status: 403, path: id })
  await until(() => recording.health()?.state === 'degraded', 'health to fall')
  expect(recording.health()?.detail).toContain('1001 cannot be read')
  expect(recording.feeds.observations('1001')).toEqual([])
  phones.hangup('1002')
  await until(() => legs('1002') === '', 'the other person to be read all the same')
  expect(recording.feeds.feeds.get('webex')?.lost).toBe(false)
  faults.clear()
  await until(
    () => recording.feeds.dnd('1001') === false && recording.health()?.state === 'up',
    'the person to be back',
  )
})

test('a scope that is taken away in mid-life: what was known is lost, not ended', async () => {
  const { faults, phones, until, legs, recording } = await started()
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  faults.add({ target: 'webex', kind: 'status', status: 403, path: '/calls' })
  await until(() => recording.health()?.state === 'down', 'health to fall')
  expect(recording.health()?.fix).toContain('spark-admin:calls_read')
  expect(legs('1001')).toBe('confirmed outbound external')
  expect(recording.feeds.violations).toEqual([])
})

test('answers that make no sense change nothing and are counted', async () => {
  const { instance, faults, recording, until, phones, legs } = await started()
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  faults.add({ target: 'webex', kind: 'status', status: 200, path: 'calls' })
  phones.hangup('1001')
  instance.resync(['1001'])
  await until(() => recording.counted('webex_malformed') >= 2, 'the answers to be counted')
  expect(legs('1001')).toBe('confirmed outbound external')
  expect(recording.health()?.state).toBe('up')
  faults.clear()
  await until(() => legs('1001') === '', 'the next good answer')
})

test('somebody who leaves says nothing any more, and one who comes is found', async () => {
  const { phones, until, recording, instance, clock } = await started()
  phones.remove('1002')
  await until(() => recording.feeds.observations('1002').length === 0, 'the person to be gone')
  phones.put({ extension: '1004', displayName: 'David Okafor' })
  instance.follow(['1001', '1004'])
  clock.advance(61_000)
  await until(() => recording.feeds.dnd('1004') === false, 'the new person to be read')
})

test('one Service App for two tenants of the hub: one token, one budget', async () => {
  const { instance, again, requests } = await connect()
  const other = again()
  await Promise.all([instance.start(['1001']), other.start(['1002'])])
  expect(requests.since(0).filter(({ path }) => path.endsWith('/access_token'))).toHaveLength(1)
})

test('no secret stands in the log of requests', async () => {
  const { requests, config } = await started()
  const text = JSON.stringify(requests.since(0))
  for (const secret of [config.clientSecret, config.refreshToken]) expect(text).not.toContain(secret)
})
