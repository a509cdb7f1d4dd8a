import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { AVAILABLE, AWAY, UNKNOWN } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { expectParties, expectTwoLegs } from './lab-phone-acts.ts'
import { connect, publication, started } from './yeastar-world.ts'

const withdraw = publication({ id: 'p-2', act: 'withdraw', state: UNKNOWN })

test('X-14: a trunk makes a call external; colleagues are internal; who is alone is unknown; hold keeps the direction', async () => {
  await expectParties(await started(), { voicemail: '*2', alone: 'confirmed outbound unknown' })
})

test('G-05: two calls at a phone are two legs, and each ends by itself', async () => {
  await expectTwoLegs(await started())
})

test('a busy extension without a call is a lamp, and only after everything was read', async () => {
  const { pbx, phones, until, recording } = await started()
  pbx.switches.callDetails = false
  phones.start({ extension: '1001', direction: 'inbound', answer: false })
  await until(() => recording.feeds.dialogs('1001').length === 1, 'the lamp')
  expect(recording.feeds.dialogs('1001')[0]).toMatchObject({
    evidence: 'lamp',
    party: 'unknown',
    state: 'early',
  })
  phones.hangup('1001')
  await until(() => recording.feeds.dialogs('1001').length === 0, 'idle')
})

test('words that nobody has described: a call stays a call, a presence becomes unknown, both are counted', async () => {
  const { pbx, phones, until, instance, legs, recording } = await started()
  pbx.switches.msg = 'object'
  pbx.switches.memberStatus = 'WHISPER'
  phones.start({ extension: '1001' })
  pbx.extensions.setPresence('1002', 'parental_leave')
  await until(() => legs('1001').startsWith('confirmed'), 'a call')
  await until(() => recording.feeds.presence('1002') === UNKNOWN, 'unknown')
  const words = instance.unknownValues!().map(({ field, value }) => `${field} ${value}`)
  expect(words.sort()).toEqual(['member_status WHISPER', 'presence_status parental_leave'])
})

test('registrations: a phone that comes or goes is told', async () => {
  const { phones, until, recording } = await started()
  expect(recording.feeds.registered('1001')).toBe(true)
  phones.setRegistered('1001', false)
  await until(() => recording.feeds.registered('1001') === false, 'gone')
  phones.setRegistered('1001', true)
  await until(() => recording.feeds.registered('1001') === true, 'back')
})

test('X-19: the directory names every extension with its mail address', async () => {
  const { instance } = await started()
  expect(await instance.directory!()).toEqual([
    { address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'], aliases: [] },
    { address: '1002', displayName: 'Ben Ortiz', mails: ['ben@contoso.example'], aliases: [] },
    { address: '1003', displayName: 'Chiara Moretti', mails: [], aliases: [] },
  ])
})

test('one token for all instances of a client; the last one that stops gives it back, and so does check', async () => {
  const { pbx, instance, create, check } = await started()
  const second = create()
  await second.start(['1003'])
  await check()
  expect([pbx.tokens.granted, pbx.tokens.live]).toEqual([1, 1])
  await instance.stop()
  expect(pbx.tokens.live).toBe(1)
  await second.stop()
  expect(pbx.tokens.live).toBe(0)
  expect((await check()).filter(({ level }) => level === 'error')).toEqual([])
  expect([pbx.tokens.granted, pbx.tokens.live]).toEqual([2, 0])
})

test('eight tokens in use by others: told to wait, with the reason and the fix', async () => {
  const { pbx, instance } = await connect()
  for (let taken = 0; taken < 8; taken += 1) pbx.tokens.grant(600_000)
  await expect(instance.start(['1001'])).rejects.toMatchObject({
    kind: 'rate-limited',
    retryAfterMs: 60_000,
    fix: expect.stringContaining('eight tokens'),
  })
})

test('a token that has ended is replaced without a word, and the WebSocket that ends with one is opened anew', async () => {
  const clock = new LabClock({ running: false })
  const { pbx, instance, faults, recording, until } = await started({}, { clock })
  faults.add({ target: 'yeastar', kind: 'revoke-tokens' })
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'applied' })
  expect(pbx.tokens.granted).toBe(2)
  // In small steps, so that heartbeats are answered in time.
  for (let passed = 0; passed < 1_802_000; passed += 1000) {
    clock.advance(1000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => {
    clock.advance(100)
    return recording.feeds.events.filter(({ type }) => type === 'opened').length >= 2
  }, 'a second epoch')
  await until(() => recording.health()?.state === 'up', 'up')
})

test('a WebSocket that is lost together with its token comes back with another one', async () => {
  const { pbx, faults, recording, until } = await started()
  faults.add({ target: 'yeastar', kind: 'revoke-tokens' })
  pbx.events.cut()
  await until(() => recording.health()?.state === 'degraded', 'the loss')
  await until(() => recording.health()?.state === 'up', 'the return')
  expect([pbx.tokens.granted, pbx.events.connections]).toEqual([2, 1])
})

test('what was found is put back exactly, and what a person has picked meanwhile stays', async () => {
  const { pbx, instance } = await started()
  pbx.extensions.setPresence('1001', 'lunch')
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'applied' })
  expect(pbx.extensions.presence('1001')).toBe('do_not_disturb')
  expect(await instance.publish!(publication({ act: 'withdraw', state: AWAY }))).toMatchObject({
    kind: 'applied',
  })
  expect(pbx.extensions.presence('1001')).toBe('lunch')
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'applied' })
  pbx.extensions.setPresence('1001', 'available')
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'unchanged' })
  expect(pbx.extensions.presence('1001')).toBe('available')
})

test('G-02: a write whose answer is lost has failed, and may be repeated', async () => {
  const { pbx, instance, faults } = await started()
  const lost = { target: 'yeastar', kind: 'drop', when: 'after', path: 'extension/update', count: 1 } as const
  faults.add(lost)
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'failed' })
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'unchanged' })
  faults.add(lost)
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'failed' })
  expect(await instance.publish!(withdraw)).toMatchObject({ kind: 'unchanged' })
  expect(pbx.extensions.presence('1001')).toBe('available')
})

test('writePresence false writes nothing more and still takes back', async () => {
  const { pbx, instance } = await started({ writePresence: false })
  expect(await instance.publish!(publication())).toMatchObject({
    kind: 'rejected',
    fix: 'Set writePresence: true.',
  })
  pbx.extensions.setPresence('1001', 'do_not_disturb')
  expect(await instance.publish!(publication({ act: 'withdraw', state: AVAILABLE }))).toMatchObject({
    kind: 'applied',
  })
  expect(pbx.extensions.presence('1001')).toBe('available')
})

test('extensions that are not ticked at a monitor: found by reading, and named with the fix', async () => {
  const clock = new LabClock({ running: false })
  const { pbx, recording, until } = await started({ reconcileSeconds: 5 }, { clock })
  pbx.switches.presenceMonitor = ['1002']
  pbx.extensions.setPresence('1001', 'away')
  await until(() => {
    clock.advance(100)
    return recording.health()?.state === 'degraded'
  }, 'the monitor to be missed')
  expect(recording.health()).toMatchObject({
    detail: expect.stringContaining('presence of 1001'),
    fix: expect.stringContaining('Presence Status Monitor'),
  })
  pbx.switches.presenceMonitor = undefined
  pbx.extensions.setPresence('1001', 'lunch')
  await until(() => {
    clock.advance(100)
    return recording.health()?.state === 'up'
  }, 'the monitor to be ticked')
})

test.each([
  ['an old firmware', { firmware: '37.6.0.24' }, /firmware 37\.6\.0\.24, which is too old/],
  ['no API', { api: false }, /has no API/],
])('%s is said plainly, with the fix', async (_name, change, message) => {
  const { pbx, instance, check } = await connect()
  Object.assign(pbx.switches, change)
  await expect(instance.start(['1001'])).rejects.toMatchObject({
    kind: 'misconfigured',
    message: expect.stringMatching(message),
    fix: expect.stringMatching(/37\.7\.0\.16/),
  })
  const [finding] = await check()
  expect(finding).toMatchObject({ level: 'error', text: expect.stringMatching(message) })
})

test('check reminds of what the API does not tell: monitors and the vendor’s own sync', async () => {
  const { check } = await connect()
  const findings = await check()
  expect(findings.filter(({ level }) => level === 'error' || level === 'warning')).toEqual([])
  const fixes = findings.flatMap(({ fix }) => fix ?? [])
  expect(fixes.join(' ')).toMatch(/Presence Status Monitor.*has to be off: Integrations > Collaboration/)
})

const secret = 'a-webhook-secret-of-32-characters'
const signed = (text: string, by = secret) => ({
  ...({ method: 'POST', path: '', query: {}, body: Buffer.from(text) } as const),
  headers: { 'x-signature': createHmac('sha256', by).update(text).digest('base64') },
})

test('webhooks: signed ones bring a reading, whatever else is refused', async () => {
  const clock = new LabClock({ running: false })
  const { pbx, phones, instance, recording, until, requests, legs } = await started(
    { events: 'webhook', webhookSecret: secret },
    { clock },
  )
  expect(pbx.events.connections).toBe(0)
  phones.start({ extension: '1001' })
  const event = '{"type":30008,"msg":"{\\"extension\\":\\"1001\\",\\"status\\":\\"Busy\\"}"}'
  const before = requests.last
  expect(await instance.receive!(signed(event, 'another'))).toMatchObject({ status: 401 })
  expect(await instance.receive!({ ...signed(event), headers: {} })).toMatchObject({ status: 401 })
  expect(await instance.receive!({ ...signed(event), method: 'GET' })).toMatchObject({ status: 405 })
  expect(await instance.receive!(signed('{"type":'))).toMatchObject({ status: 200 })
  clock.advance(1000)
  expect(recording.counted('yeastar_malformed_total')).toBe(1)
  expect(await instance.receive!(signed(event))).toMatchObject({ status: 200 })
  clock.advance(300)
  await until(() => legs('1001') === 'confirmed outbound external', 'the call')
  // One reading, of extensions and of calls: what was refused brought none.
  expect(requests.last - before).toBe(2)
  expect(recording.said()).not.toContain(secret)
})

test('webhooks are nobody’s where no secret is set', async () => {
  const { instance, check } = await connect({ events: 'webhook' })
  expect(await instance.receive!(signed('{}'))).toMatchObject({ status: 404 })
  expect((await check()).some(({ level, text }) => level === 'error' && /secret is not set/.test(text))).toBe(
    true,
  )
})
