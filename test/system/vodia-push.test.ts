import { expect, test } from 'vitest'
import type { VodiaOptions } from '../../src/lab/vodia/server.ts'
import { serveHooks } from './vodia-hooks.ts'
import { type Change, closing, connect, domain, started } from './vodia-world.ts'

const names = ['acturl_newcall', 'acturl_connect', 'acturl_call', 'acturl_dnd', 'acturl_cleardnd']

/** Polled so rarely that only what is pushed can tell; the hub's callback address is there. */
async function withHooks(options: Partial<VodiaOptions> = {}, change: Change = {}) {
  const world = await connect(options, { pollSeconds: 3600, reconcileSeconds: 3600, ...change })
  const hooks = await serveHooks(world.instance)
  closing(() => hooks.stop())
  world.root.url = hooks.url
  return { ...world, hooks }
}

/** No WebSocket. */
const polled = { streamExtension: null } as const

for (const variables of ['all', 'documented'] as const) {
  test(`action URLs that are free tell of calls and do not disturb at once (variables: ${variables})`, async () => {
    const { instance, phones, pbx, until, legs, recording, hooks } = await withHooks({ variables }, polled)
    await instance.start(['1001', '1002'])
    expect(
      names.map((name) => pbx.actionUrls.read(domain, name)).every((value) => value.includes(hooks.url)),
    ).toBe(true)
    expect(recording.health()?.detail).toContain('action URLs')
    phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await until(() => legs('1001') === 'early inbound external', 'the call to ring')
    phones.answer('1001')
    await until(() => legs('1001').startsWith('confirmed'), 'the call to be answered')
    phones.hangup('1001')
    await until(() => legs('1001') === '', 'the call to end')
    phones.setDnd('1002', true)
    await until(() => recording.feeds.dnd('1002'), 'do not disturb')
    expect(new Set(hooks.answers)).toEqual(new Set([204]))
  })
}

test('an action URL of somebody else stays as it is, and health says what stands there and how to let us', async () => {
  const { instance, pbx, recording, check, requests } = await withHooks({}, polled)
  const theirs = JSON.stringify({
    method: 'POST',
    url: 'https://crm.example/in?key=their-key',
    body: '{from}',
  })
  pbx.actionUrls.write(domain, 'acturl_connect', theirs)
  await instance.start(['1001'])
  expect(pbx.actionUrls.read(domain, 'acturl_connect')).toBe(theirs)
  expect(pbx.actionUrls.read(domain, 'acturl_dnd')).not.toBe('')
  expect(recording.health()).toMatchObject({
    state: 'up',
    detail: expect.stringContaining('acturl_connect (crm.example)'),
    fix: expect.stringContaining('webhooks: replace'),
  })
  const before = requests.last
  const finding = (await check()).find(({ level }) => level === 'warning')
  expect(finding).toMatchObject({
    level: 'warning',
    text: expect.stringContaining('acturl_connect (crm.example)'),
  })
  expect(requests.since(before).filter(({ method }) => method !== 'GET')).toEqual([])
  expect(recording.said() + JSON.stringify(finding)).not.toContain('their-key')
})

test('with webhooks: replace it is taken over, and said so; with off nothing is touched', async () => {
  const taking = await withHooks({}, { ...polled, webhooks: 'replace' })
  taking.pbx.actionUrls.write(domain, 'acturl_connect', 'https://crm.example/in')
  await taking.instance.start(['1001'])
  expect(taking.pbx.actionUrls.read(domain, 'acturl_connect')).toContain(taking.hooks.url)
  expect(taking.recording.log.find(({ message }) => message.includes('action URLs'))?.fields).toMatchObject({
    replaced: ['acturl_connect (crm.example)'],
  })

  const leaving = await withHooks({}, { ...polled, webhooks: 'off' })
  await leaving.instance.start(['1001'])
  expect(names.map((name) => leaving.pbx.actionUrls.read(domain, name))).toEqual(['', '', '', '', ''])
})

test('what is ours already is not written again, and a restart keeps its address', async () => {
  const { instance, again, requests, pbx, hooks } = await withHooks({}, polled)
  await instance.start(['1001'])
  const value = pbx.actionUrls.read(domain, 'acturl_dnd')
  expect(value).toContain(hooks.url)
  await instance.stop()
  await again().start(['1001'])
  expect(pbx.actionUrls.read(domain, 'acturl_dnd')).toBe(value)
  const writes = () =>
    requests.since(0).filter(({ method, path }) => method === 'POST' && path.includes('actionurl'))
  expect(writes()).toHaveLength(1)
})

test('a delivery at a wrong address is refused', async () => {
  const { instance, hooks } = await withHooks({}, polled)
  await instance.start(['1001'])
  for (const path of ['', '/guessed', '/guessed/1001']) {
    const answer = await fetch(hooks.url + path, { method: 'POST', body: '{"account":"1001"}' })
    expect(answer.status).toBe(404)
  }
})

test('a delivery that nobody can read asks for everybody, and no more than once in two seconds', async () => {
  const { instance, requests, pbx } = await withHooks({}, polled)
  await instance.start(['1001', '1002'])
  const url = (JSON.parse(pbx.actionUrls.read(domain, 'acturl_dnd')) as { url: string }).url
  const before = requests.last
  for (let count = 0; count < 20; count += 1) {
    expect((await fetch(url, { method: 'POST', body: Buffer.from([0xff, 0x00, 0x80]) })).status).toBe(204)
  }
  const asked = requests.since(before).filter(({ path }) => path.endsWith('/calls')).length
  expect(asked).toBeGreaterThan(0)
  // Two people: the round that begins with the start, everybody at once, everybody after two seconds.
  expect(asked).toBeLessThanOrEqual(6)
})

test('the WebSocket is cut: polling takes over until it is back', async () => {
  const { pbx, phones, until, legs, recording } = await started(
    {},
    { reconcileSeconds: 3600, webhooks: 'off' },
  )
  expect(recording.health()?.detail).toContain('WebSocket')
  pbx.live.cut()
  await until(() => recording.health()?.detail?.includes('polled'), 'the loss to be told')
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call by polling')
  await until(
    () => recording.health()?.detail?.includes('WebSocket') && pbx.live.connections === 1,
    'it to be back',
  )
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the end of the call')
})

test('a stream extension that may not is said, and the PBX is polled', async () => {
  const { phones, until, legs, recording } = await started({}, { username: `admin@${domain}` })
  expect(recording.health()?.detail).toContain('polled')
  expect(recording.health()?.fix).toContain('API access')
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call by polling')
})

test('a frame with an action that nobody knows is counted by its word', async () => {
  const { pbx, instance, until } = await started()
  pbx.live.say('{"action":"brand-new","x":1}')
  pbx.live.say('{"sdp":"v=0"}')
  await until(() => instance.unknownValues!().length > 0, 'the word to be counted')
  expect(instance.unknownValues!()).toMatchObject([{ field: 'frame action', value: 'brand-new', count: 1 }])
})

test('action URLs that never arrive are not relied on: polling goes on as without them', async () => {
  const { instance, root, pbx, phones, until, legs, recording } = await connect(
    {},
    { ...polled, pollSeconds: 1 },
  )
  root.url = 'http://127.0.0.1:9/hooks/contoso/pbx'
  await instance.start(['1001', '1002'])
  expect(pbx.actionUrls.read(domain, 'acturl_connect')).toContain(root.url)
  expect(recording.health()?.detail).toBe(
    '2 extensions, polled: action URLs set up, but no change was told yet',
  )
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call by polling')
  phones.setDnd('1002', true)
  await until(() => recording.feeds.dnd('1002'), 'do not disturb by polling')
})
