import { expect, test } from 'vitest'
import type { Publication } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { connect, domain, started } from './vodia-world.ts'

const assert = (more: Partial<Publication> = {}): Publication => ({
  ...{ id: 'p', address: '1001', slot: 'dnd', act: 'assert', state: DO_NOT_DISTURB, refresh: false },
  ...{ lifeMs: 3_600_000, ...more },
})
const withdraw = assert({ act: 'withdraw', state: AVAILABLE })

test('VO-02, VO-15: the directory names every extension with its mail address', async () => {
  const { instance } = await started()
  expect(await instance.directory!()).toEqual([
    { address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'], aliases: [] },
    { address: '1002', displayName: 'Ben Ortiz', mails: ['ben@contoso.example'], aliases: [] },
    { address: '1003', displayName: 'Chiara Moretti', mails: [], aliases: [] },
  ])
})

test('a directory that cannot be read whole is none', async () => {
  const { instance, faults } = await started()
  faults.add({ target: 'vodia', kind: 'status', status: 500, path: 'user_settings/1002' })
  await expect(instance.directory!()).rejects.toMatchObject({ kind: 'not-ready' })
})

test('VO-26: whose call it is, by the accounts and star codes of the tenant', async () => {
  const { phones, until, legs } = await started()
  const seen = async (to: string, expected: string) => {
    phones.start({ extension: '1001', to, party: 'external' })
    await until(() => legs('1001') === expected, `${to}: ${expected}`)
    phones.hangup('1001')
    await until(() => legs('1001') === '', 'the end')
  }
  await seen('+14255550100', 'confirmed outbound external')
  await seen('700', 'confirmed outbound internal')
  await seen('112', 'confirmed outbound unknown')
  await seen('*78', 'confirmed outbound internal code')
  phones.start({ extension: '1001', to: '1002' })
  await until(() => legs('1002') === 'confirmed inbound internal', 'the other end')
})

test('what a person set with a reason of their own is left as it is', async () => {
  const { instance, pbx } = await started()
  pbx.dnd.set('1001', 'Lunch break')
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'unchanged' })
  expect(pbx.dnd.read('1001')).toEqual({ reason: 'Lunch break', seconds: undefined })
})

test('a withdrawal takes back what is ours, and nothing that the person set anew over it', async () => {
  const { instance, pbx, phones } = await started()
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'applied' })
  pbx.dnd.set('1001', 'Lunch break')
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'unchanged' })
  expect(pbx.dnd.read('1001')).toEqual({ reason: 'Lunch break', seconds: undefined })
  pbx.dnd.clear('1001')
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'applied' })
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'applied' })
  expect(phones.phone('1001')!.dnd).toBe(false)
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'unchanged' })
})

test('what we set is taken back also where the reason in the configuration is another one by now', async () => {
  const { instance, again, phones } = await started({}, { dndReason: 'Busy in Teams' })
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'applied' })
  await instance.stop()
  const next = again({ dndReason: 'Hookswitch' })
  await next.start(['1001'])
  expect(await next.publish!(withdraw)).toMatchObject({ kind: 'applied' })
  expect(phones.phone('1001')!.dnd).toBe(false)
})

test('do not disturb ends by itself unless it is prolonged', async () => {
  const { instance, pbx, clock, phones, recording } = await started(
    {},
    { streamExtension: null, webhooks: 'off' },
  )
  expect(await instance.publish!(assert())).toMatchObject({ kind: 'applied' })
  expect(pbx.dnd.read('1001')).toMatchObject({ reason: 'Hookswitch' })
  clock.advance(1_800_000)
  expect(await instance.publish!(assert({ refresh: true }))).toMatchObject({ kind: 'applied' })
  clock.advance(3_500_000)
  expect(phones.phone('1001')!.dnd).toBe(true)
  clock.advance(200_000)
  expect(phones.phone('1001')!.dnd).toBe(false)
  expect(recording.health()?.state).toBe('up')
})

test('a PBX that does not let it end is found out, and what to set is said', async () => {
  const { instance, recording, until } = await started({ dndExpires: false })
  await instance.publish!(assert())
  await until(() => recording.health()?.fix?.includes('dndExpires: false'), 'the missing end to be told')
})

test('with dndExpires: false nothing is said of an end', async () => {
  const { instance, pbx, requests } = await started({}, { dndExpires: false })
  expect(await instance.publish!(assert({ lifeMs: undefined as never }))).toMatchObject({ kind: 'applied' })
  expect(pbx.dnd.read('1001').seconds).toBeUndefined()
  const write = requests.since(0).find(({ method, path }) => method === 'POST' && path.endsWith('/dnd'))
  expect(write?.body).toEqual({ state: true, reason: 'Hookswitch' })
})

for (const when of ['before', 'after'] as const) {
  test(`a write without an answer has failed, whether it took effect or not (cut ${when}), and again does no harm`, async () => {
    const { instance, faults, requests, phones } = await started()
    const forget = requests.on(({ method, path }) => {
      if (method === 'POST' && path.endsWith('/dnd'))
        faults.add({ target: 'vodia', kind: 'drop', when, count: 1 })
    })
    expect(await instance.publish!(assert())).toMatchObject({ kind: 'failed' })
    expect(phones.phone('1001')!.dnd).toBe(when === 'after')
    forget()
    expect(await instance.publish!(assert())).toMatchObject({ kind: 'applied' })
    expect(phones.phone('1001')!.dnd).toBe(true)
  })
}

test('rights taken away in mid-life: what was known is lost, not ended', async () => {
  const { pbx, phones, until, legs, recording, instance } = await started()
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  pbx.settings.apiAccess = false
  instance.resync(['1001'])
  await until(() => recording.health()?.state === 'degraded', 'health to fall')
  expect(recording.health()?.detail).toContain('403')
  expect(legs('1001')).toBe('confirmed outbound external')
  expect(await instance.publish!(assert())).toMatchObject({
    kind: 'rejected',
    fix: expect.stringContaining('API access'),
  })
  pbx.settings.apiAccess = true
  await until(() => recording.health()?.state === 'up', 'health to come back')
  expect(recording.feeds.violations).toEqual([])
})

test('an extension that is removed says nothing any more, and one that comes back is read again', async () => {
  const { phones, until, recording } = await started({}, { streamExtension: null, webhooks: 'off' })
  phones.remove('1002')
  await until(() => recording.feeds.observations('1002').length === 0, 'the extension to be gone')
  phones.put({ extension: '1002', displayName: 'Ben Ortiz' })
  await until(() => recording.feeds.dnd('1002') === false, 'the extension to be back')
  expect(recording.health()?.state).toBe('up')
})

test('answers that make no sense change nothing and are counted', async () => {
  const { instance, faults, recording, until, phones, legs } = await started(
    {},
    { streamExtension: null, webhooks: 'off' },
  )
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  faults.add({ target: 'vodia', kind: 'status', status: 200, path: '1001@' })
  instance.resync(['1001'])
  await until(() => recording.counted('vodia_malformed') >= 2, 'calls and do not disturb to be counted')
  expect([legs('1001'), recording.feeds.dnd('1001')]).toEqual(['confirmed outbound external', false])
  expect(recording.health()?.state).toBe('up')
  faults.clear()
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the next good answer')
})

test('a phone that leaves is not registered', async () => {
  const { phones, until, recording } = await started({}, { streamExtension: null, webhooks: 'off' })
  expect(recording.feeds.registered('1001')).toBe(true)
  phones.setRegistered('1001', false)
  await until(() => recording.feeds.registered('1001') === false, 'the phone to be missed')
})

test('one credential for two tenants: each sees its own, and a refused password is tried once for both', async () => {
  const domains = { [domain]: '1', 'other.example': '2' }
  const { instance, again, phones, until, legs, recording, pbx } = await connect({ domains })
  phones.put({ extension: '2001', displayName: 'Dora' })
  const other = again({ domain: 'other.example', streamExtension: '2001' })
  await Promise.all([instance.start(['1001', '2001']), other.start(['2001'])])
  expect(recording.feeds.observations('2001').length).toBeGreaterThan(0)
  phones.start({ extension: '2001' })
  await until(() => legs('2001') === 'confirmed outbound external', 'the call at the other tenant')
  expect((await other.directory!()).map(({ address }) => address)).toEqual(['2001'])

  const wrong = [domain, 'other.example'].map((each) => again({ domain: each, password: 'stale' }))
  for (const one of wrong) await expect(one.start(['1001'])).rejects.toMatchObject({ kind: 'auth-failed' })
  expect(pbx.badSignIns()).toBe(1)
})

test('an address that would send the password in clear is refused before anything is sent', async () => {
  const { again, requests } = await connect()
  const bad = again({ url: 'http://pbx.example.com' })
  await expect(bad.start(['1001'])).rejects.toMatchObject({ kind: 'misconfigured' })
  expect((await bad.publish!(assert())).kind).toBe('rejected')
  expect(requests.last).toBe(0)
})
