import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { WebexOptions } from '../../src/lab/webex/server.ts'
import { serveHooks } from './webex-hooks.ts'
import { closing, connect } from './webex-world.ts'

/** Polling so rarely that only a webhook can have told. */
const rarely = { pollSeconds: 3600, dndSeconds: 3600, reconcileSeconds: 3600 }

async function withHooks(options: Partial<WebexOptions> = {}, change: object = rarely) {
  const world = await connect(options, change)
  const served = { instance: world.instance }
  const hooks = await serveHooks(() => served.instance)
  closing(() => hooks.stop())
  world.root.url = hooks.url
  await world.instance.start(['1001', '1002'])
  const consent = () => fetch(`${hooks.url}/consent`)
  return { ...world, hooks, consent, served }
}

test('a person consents in the browser, and from then on Webex tells of their calls at once', async () => {
  const { consent, org, phones, until, legs, requests, recording } = await withHooks()
  const page = await consent()
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Thank you')])
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  const [hook] = org.webhooks.of('1001')
  expect(hook).toMatchObject({ resource: 'telephony_calls', event: 'all', status: 'active' })
  phones.start({ extension: '1001', direction: 'inbound', answer: false })
  await until(() => legs('1001') === 'early inbound external', 'ringing')
  phones.answer('1001')
  await until(() => legs('1001') === 'confirmed inbound external', 'talking')
  phones.hold('1001', true)
  await until(() => legs('1001') === 'held inbound external', 'on hold')
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the end')
  const own = requests.since(0).filter(({ path }) => path === '/v1/telephony/calls')
  expect(own.length).toBeGreaterThanOrEqual(4)
  await until(() => recording.health()?.detail?.includes('calls of 1 told'), 'health to tell so')
  for (const secret of [hook!.secret!, 'lab-code', 'lab-refresh', 'lab-access']) {
    expect(recording.said()).not.toContain(secret)
  }
})

test('consent lasts over a restart, and the webhook follows the hub to another address', async () => {
  const { consent, org, until, instance, again, served, root } = await withHooks()
  await (await consent()).text()
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  await instance.stop()
  const moved = await serveHooks(() => served.instance)
  closing(() => moved.stop())
  root.url = moved.url
  served.instance = again()
  await served.instance.start(['1001'])
  const targets = () => org.webhooks.of('1001').map(({ targetUrl }) => targetUrl)
  await until(() => targets()[0] === `${moved.url}/calls`, 'the webhook to follow')
  expect(targets()).toHaveLength(1)
})

test('a webhook that Webex has switched off is switched on again', async () => {
  const { consent, org, until, served, again, instance } = await withHooks()
  await (await consent()).text()
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  org.webhooks.of('1001')[0]!.status = 'inactive'
  await instance.stop()
  served.instance = again()
  await served.instance.start(['1001'])
  await until(() => org.webhooks.of('1001')[0]!.status === 'active', 'the webhook to be active')
  expect(org.webhooks.of('1001')).toHaveLength(1)
})

test('without a webhook a round finds the call, and one that found what was not told is believed over it', async () => {
  const { consent, org, phones, until, legs } = await withHooks({}, { ...rarely, pollSeconds: 1 })
  await (await consent()).text()
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  org.webhooks.of('1001')[0]!.status = 'inactive'
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'a round to find it')
})

test('each who consents is told of by a webhook of their own and read with their own token; who does not is polled by the Service App', async () => {
  const { consent, org, instance, phones, until, legs, requests } = await withHooks(
    {},
    { ...rarely, pollSeconds: 1 },
  )
  instance.follow(['1001', '1002', '1003'])
  for (const extension of ['1001', '1002']) {
    org.settings.browser = extension
    await (await consent()).text()
    await until(() => org.webhooks.of(extension).length === 1, 'the webhook')
  }
  // A token of one person tells nothing of another's calls.
  phones.start({ extension: '1001', to: '1002' })
  await until(() => legs('1001') === 'confirmed outbound internal', 'the caller')
  await until(() => legs('1002') === 'confirmed inbound internal', 'the called')
  phones.start({ extension: '1003' })
  await until(() => legs('1003') === 'confirmed outbound external', 'a poll to find it')
  expect(org.webhooks.of('1003')).toEqual([])
  phones.hangup('1001')
  await until(() => legs('1001') + legs('1002') === '', 'the end')
  const polled = () => requests.since(0).filter(({ path }) => /\/calls\/members\//.test(path))
  const before = polled().length
  await until(() => polled().length >= before + 2, 'polls to go on')
  const polledSince = new Set(
    polled()
      .slice(before)
      .map(({ path }) => path),
  )
  expect(polledSince.size).toBe(1)
  phones.hangup('1003')
  await until(() => legs('1003') === '', 'a poll to find the end')
})

test('deliveries that nobody signed, or somebody else, are refused; a signed one that makes no sense is counted', async () => {
  const { consent, hooks, org, until, recording } = await withHooks()
  await (await consent()).text()
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  const secret = org.webhooks.of('1001')[0]!.secret!
  const body = '{"resource":"telephony_calls"}'
  const post = async (headers: Record<string, string>) =>
    (await fetch(`${hooks.url}/calls`, { method: 'POST', headers, body })).status
  const sign = (algorithm: string, key: string) => createHmac(algorithm, key).update(body).digest('hex')
  expect(await post({})).toBe(401)
  expect(await post({ 'x-spark-signature': 'not hex' })).toBe(401)
  expect(await post({ 'x-spark-signature': sign('sha1', 'guessed') })).toBe(401)
  expect(await post({ 'x-webex-signature': sign('sha256', 'guessed') })).toBe(401)
  expect(recording.counted('webex_malformed')).toBe(0)
  expect(await post({ 'x-spark-signature': sign('sha1', secret) })).toBe(400)
  expect(await post({ 'x-webex-signature': sign('sha256', secret) })).toBe(400)
  expect(await post({ 'x-webex-signature': `sha512=${sign('sha512', secret)}` })).toBe(400)
  expect(recording.counted('webex_malformed')).toBe(3)
})

test('whoever withdraws consent is read by the Service App; nothing is thrown away, for it may be our own secret that is wrong', async () => {
  const { consent, org, phones, until, legs, context } = await withHooks()
  await (await consent()).text()
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  org.tokens.withdraw({ extension: '1001' })
  phones.start({ extension: '1001' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call all the same')
  phones.hangup('1001')
  expect(Object.keys((await context.memory.get('grants')) as object)).toHaveLength(1)
})

test('nobody is taken who has no extension here, and no page that did not begin with ours', async () => {
  const { consent, hooks, org, phones, recording } = await withHooks()
  phones.put({ extension: '1009', displayName: 'A stranger' })
  org.settings.browser = '1009'
  const stranger = await consent()
  expect([stranger.status, await stranger.text()]).toEqual([403, expect.stringContaining('no extension')])
  for (const query of ['?code=lab', '?code=lab&state=1.aa', '']) {
    expect((await fetch(`${hooks.url}/granted${query}`)).status).toBe(400)
  }
  expect((await fetch(`${hooks.url}/elsewhere`)).status).toBe(404)
  expect((await fetch(hooks.url, { method: 'POST', body: '{}' })).status).toBe(404)
  expect(recording.feeds.violations).toEqual([])
})

test('a consent that Webex does not confirm is told to the person, and nothing is kept', async () => {
  const { consent, faults, context } = await withHooks()
  faults.add({ target: 'webex', kind: 'status', status: 500, path: 'access_token', count: 1 })
  expect((await consent()).status).toBe(502)
  expect(await context.memory.get('grants')).toBeUndefined()
})
