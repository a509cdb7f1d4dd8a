import { expect, test } from 'vitest'
import type { LabClock } from '../../src/lab/clock.ts'
import { connect, domain, started, withHooks } from './netsapiens-world.ts'

const post = (url: string, body: string) => fetch(url, { method: 'POST', body }).then(({ status }) => status)

for (const spelling of ['underscore', 'hyphen'] as const) {
  test(`posted events tell of calls and do not disturb at once (names with ${spelling})`, async () => {
    const { instance, phones, until, legs, recording, hooks } = await withHooks({ spelling })
    await instance.start(['1001', '1002'])
    phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await until(() => legs('1001') === 'early inbound external', 'the call to ring')
    expect(recording.health()?.detail).toBe('2 users, changes are posted to us')
    phones.answer('1001')
    await until(() => legs('1001') === 'confirmed inbound external', 'the call to be answered')
    phones.start({ extension: '1002', to: '1003' })
    await until(() => legs('1002') === 'confirmed outbound internal', 'the internal call')
    phones.hangup('1001')
    await until(() => legs('1001') === '', 'the call to end')
    phones.setDnd('1002', true)
    await until(() => recording.feeds.dnd('1002'), 'do not disturb')
    expect(new Set(hooks.answers)).toEqual(new Set([204]))
  })
}

test('what is posted again and in reverse changes nothing, and what cannot be read is counted', async () => {
  const { instance, phones, platform, until, legs, recording, hooks } = await withHooks()
  await instance.start(['1001', '1002'])
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call')
  const answers = () => hooks.answers.length
  const before = answers()
  platform.subscriptions.sayAgain()
  await until(() => answers() >= before + 2, 'the repetition to arrive')
  expect(legs('1001')).toBe('confirmed outbound external')
  platform.subscriptions.say('[{"orig_callid": 1, "orig')
  await until(() => recording.counted('netsapiens_malformed') === 2, 'both posts to be counted')
  expect(hooks.answers.slice(-2)).toEqual([400, 400])
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the next good post to work')
  expect(recording.feeds.violations).toEqual([])
})

test('only the secret address is listened to', async () => {
  const { instance, platform, hooks, legs, recording } = await withHooks()
  await instance.start(['1001'])
  const [subscription] = platform.subscriptions.list(domain)
  const secret = subscription!.url.slice(hooks.url.length + 1)
  expect(secret.length).toBeGreaterThanOrEqual(32)
  const call = { orig_callid: 'x', term_callid: 'y', term_user: '1001', term_domain: domain }
  const body = JSON.stringify([call])
  expect(await post(`${hooks.url}/guessed`, body)).toBe(404)
  expect(await post(hooks.url, body)).toBe(404)
  expect(legs('1001')).toBe('')
  expect(await post(subscription!.url, body)).toBe(204)
  expect(legs('1001')).toBe('early inbound unknown')
  expect(recording.said()).not.toContain(secret)
})

test('a post for another domain of the same platform is nobody’s', async () => {
  const { instance, platform, legs } = await withHooks()
  await instance.start(['1001'])
  const [subscription] = platform.subscriptions.list(domain)
  const call = { orig_callid: 'x', term_callid: 'y', term_user: '1001', term_domain: 'other.example' }
  expect(await post(subscription!.url, JSON.stringify([call]))).toBe(204)
  expect(legs('1001')).toBe('')
})

test('subscriptions are kept over a restart, prolonged in time, moved to a new address, and others’ left alone', async () => {
  const { instance, create, platform, hooks, clock } = await withHooks()
  platform.subscriptions.add({ model: 'call', url: 'https://crm.example/in', domain })
  await instance.start(['1001'])
  const ours = () => platform.subscriptions.list(domain).filter(({ url }) => url.startsWith(hooks.url))
  const first = ours()
  expect(first.map(({ model }) => model)).toEqual(['call', 'presence'])
  expect(first[0]!.expiresAt - clock.wall()).toBeGreaterThan(6 * 86_400_000)
  await instance.stop()

  await create().start(['1001'])
  expect(ours()).toEqual(first)

  for (const { id } of first) {
    const soon = new Date(clock.wall() + 86_400_000).toISOString().slice(0, 19).replace('T', ' ')
    platform.subscriptions.change(id, { 'subscription-expires-datetime': soon })
    platform.subscriptions.change(id, { 'post-url': `${hooks.url}/an-older-secret` })
  }
  await create().start(['1001'])
  expect(ours().map(({ id, url }) => [id, url])).toEqual(first.map(({ id, url }) => [id, url]))
  expect(ours()[0]!.expiresAt - clock.wall()).toBeGreaterThan(6 * 86_400_000)
  expect(platform.subscriptions.list(domain).filter(({ url }) => url.includes('crm.example'))).toHaveLength(1)
})

test('without an address that the platform reaches, and without rights, it is polled and says so', async () => {
  const { recording, instance, phones, until, legs } = await started()
  expect(recording.health()).toMatchObject({ state: 'up', detail: expect.stringContaining('polled') })
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call')
  await instance.stop()

  const world = await withHooks({}, { pollSeconds: 1 })
  world.faults.add({ target: 'netsapiens', kind: 'status', status: 403, path: 'subscriptions' })
  await world.instance.start(['1001'])
  await world.until(() => world.recording.health()?.state === 'up', 'health')
  expect(world.recording.health()?.detail).toContain('event subscriptions cannot be made')
  world.phones.start({ extension: '1001' })
  await world.until(() => world.legs('1001') !== '', 'the call all the same')
})

test('a post that is missed is found by the next look, which then looks more often', async () => {
  const { instance, phones, platform, until, legs, recording } = await withHooks(
    {},
    { reconcileSeconds: 5, pollSeconds: 5 },
  )
  await instance.start(['1001', '1002'])
  phones.setDnd('1002', true)
  await until(() => recording.health()?.detail?.includes('posted to us'), 'a first post')
  for (const { id } of platform.subscriptions.list(domain)) platform.subscriptions.remove(id)
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call that nobody told of')
  await until(() => recording.health()?.detail?.includes('polled'), 'health to say so')
})

test('a release without the list of presences is read all the same', async () => {
  const { phones, until, recording } = await started({ presenceList: false }, { rulesSeconds: 1 })
  phones.setDnd('1001', true)
  await until(() => recording.feeds.dnd('1001'), 'do not disturb by the answer rules')
  phones.setRegistered('1002', false)
  expect(recording.feeds.registered('1002')).toBe(true)
})

test('hold is told where the platform has a word for it', async () => {
  const { instance, phones, until, legs } = await withHooks({ holdWord: 'hold' })
  await instance.start(['1001'])
  phones.start({ extension: '1001' })
  phones.hold('1001', true)
  await until(() => legs('1001') === 'held outbound external', 'hold')
  phones.hold('1001', false)
  await until(() => legs('1001') === 'confirmed outbound external', 'resume')
})

test('a hub that listens later, or at another address, is posted to soon after', async () => {
  const { instance, platform, root, hooks, clock, until } = await withHooks()
  delete root.url
  await instance.start(['1001'])
  expect(platform.subscriptions.list(domain)).toEqual([])
  root.url = hooks.url
  ;(clock as LabClock).advance(11_000)
  await until(() => platform.subscriptions.list(domain).length === 2, 'the subscriptions')
})

test('nothing is asked for where events are switched off', async () => {
  const { instance, platform, root } = await connect({}, { webhooks: false })
  root.url = 'http://127.0.0.1:9/hooks'
  await instance.start(['1001'])
  expect(platform.subscriptions.list(domain)).toEqual([])
})
