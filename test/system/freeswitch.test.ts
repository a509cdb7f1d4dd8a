import { expect, test } from 'vitest'
import { AVAILABLE, IN_A_CALL, UNKNOWN } from '../../src/core/presence.ts'
import { connect, publication, started } from './freeswitch-world.ts'
import { expectParties, expectTwoLegs } from './lab-phone-acts.ts'

const withdraw = publication({ id: 'p-2', act: 'withdraw', state: AVAILABLE })

test('X-14: a trunk makes a call external, colleagues are internal, a code is no conversation', async () => {
  await expectParties(await started(), { voicemail: '*97', alone: 'confirmed outbound unknown code' })
})

test('G-05: two calls at a phone are two legs, and each ends by itself', async () => {
  await expectTwoLegs(await started())
})

test('a call that is up when the connection opens is in the snapshot, with its party', async () => {
  const { phones, instance, legs } = await connect()
  phones.start({ extension: '1001', direction: 'inbound' })
  phones.hold('1001', true)
  await instance.start(['1001', '1002'])
  expect([legs('1001'), legs('1002')]).toEqual(['held inbound external', ''])
})

test('words that nobody has described: a call stays a call, do not disturb counts as on, both are counted', async () => {
  const { system, phones, until, instance, legs, recording } = await started({ dndSeconds: 2 })
  system.settings.callState = 'WHISPERING'
  phones.start({ extension: '1001' })
  system.places.put('db', '1002', 'holiday')
  await until(() => legs('1001') === 'confirmed outbound external', 'a call')
  await until(() => recording.feeds.dnd('1002') === true, 'do not disturb')
  const words = instance.unknownValues!().map(({ field, value, takenAs }) => `${field} ${value}: ${takenAs}`)
  expect(words.sort()).toEqual(['Channel-Call-State WHISPERING: confirmed', 'db dnd holiday: do not disturb'])
})

test('registrations come and go by events; a phone that stays registered is no news', async () => {
  const { phones, system, until, recording } = await started()
  expect(recording.feeds.registered('1001')).toBe(true)
  phones.setRegistered('1001', false)
  await until(() => recording.feeds.registered('1001') === false, 'gone')
  phones.setRegistered('1001', true)
  await until(() => recording.feeds.registered('1001') === true, 'back')
  const events = recording.feeds.events.length
  system.fire('CUSTOM', {
    'Event-Subclass': 'sofia::register',
    'from-user': '1001',
    'from-host': 'lab.example',
  })
  phones.setRegistered('1002', false)
  await until(() => recording.feeds.registered('1002') === false, 'the next event')
  const told = recording.feeds.events.slice(events).filter((event) => event.type === 'observed')
  expect(told.some(({ observation }) => observation.address === '1001')).toBe(false)
})

test.each(['plain', 'fusionpbx'] as const)(
  'somebody dials the code for do not disturb (%s): an event tells it',
  async (flavour) => {
    const { phones, until, recording } = await started({ flavour, dndSeconds: 600 })
    phones.setDnd('1001', true)
    await until(() => recording.feeds.dnd('1001') === true, 'do not disturb')
  },
)

test('a dialplan that tells nothing of do not disturb: it is found by asking', async () => {
  const { system, phones, until, recording } = await started({ dndSeconds: 2 })
  system.settings.announce = false
  phones.setDnd('1002', true)
  await until(() => recording.feeds.dnd('1002') === true, 'do not disturb')
})

test('do not disturb in mod_hash, under a key with the domain', async () => {
  const { instance, requests } = await started({ dndStore: 'hash', dndKey: '{extension}@{domain}' })
  expect((await instance.publish!(publication())).kind).toBe('applied')
  expect((await instance.publish!(publication())).kind).toBe('unchanged')
  expect((await instance.publish!(withdraw)).kind).toBe('applied')
  const writes = requests.since(0).filter(({ path }) => /^hash (insert|delete)/.test(path))
  expect(writes.map(({ path }) => path)).toEqual([
    'hash insert/dnd/1001@lab.example/on',
    'hash delete/dnd/1001@lab.example',
  ])
})

test('G-01: a write whose answer is lost has failed, not been refused; the next one finds what is there', async () => {
  const { instance, faults, phones, until, recording } = await started()
  faults.add({ target: 'freeswitch', kind: 'drop', when: 'after', path: 'db insert', count: 1 })
  expect((await instance.publish!(publication())).kind).toBe('failed')
  expect(phones.phone('1001')!.dnd).toBe(true)
  await until(() => recording.health()?.state === 'up' && recording.feeds.dnd('1001'), 'the connection again')
  expect((await instance.publish!(publication())).kind).toBe('unchanged')
  expect((await instance.publish!(withdraw)).kind).toBe('applied')
  expect(phones.phone('1001')!.dnd).toBe(false)
})

test('a module that is not loaded: do not disturb is not known, and a write is refused with what to do', async () => {
  const { system, instance, recording } = await connect()
  system.settings.missing = ['db']
  await instance.start(['1001'])
  expect(recording.feeds.dnd('1001')).toBeUndefined()
  expect(recording.feeds.registered('1001')).toBe(true)
  expect(recording.health()).toMatchObject({ state: 'degraded', fix: 'Load mod_db in modules.conf.xml.' })
  expect(await instance.publish!(publication())).toMatchObject({
    kind: 'rejected',
    fix: 'Load mod_db in modules.conf.xml.',
  })
})

test('FusionPBX changes do not disturb of a registered phone only, and only with its hook', async () => {
  const { system, phones, instance } = await started({ flavour: 'fusionpbx' })
  phones.setRegistered('1001', false)
  expect((await instance.publish!(publication())).kind).toBe('deferred')
  phones.setRegistered('1001', true)
  system.settings.featureHook = false
  const outcome = await instance.publish!(publication())
  expect(outcome.kind).toBe('failed')
  expect(JSON.stringify(outcome)).toContain('lua.conf.xml')
  expect(phones.phone('1001')!.dnd).toBe(false)
  system.settings.featureHook = true
  expect((await instance.publish!(publication())).kind).toBe('applied')
})

test('an address that could end a command reaches nobody', async () => {
  const { instance, requests } = await started()
  for (const address of ['1001\n\napi shutdown', '1001/on', '1001 x', '']) {
    expect((await instance.publish!(publication({ address }))).kind).toBe('rejected')
  }
  instance.follow(['1001', '1001\n\napi shutdown'])
  expect((await instance.publish!(publication())).kind).toBe('applied')
  expect(JSON.stringify(requests.since(0))).not.toContain('shutdown')
})

test('lamps: lit for a call elsewhere without a channel id, dark again, and only where they are switched on', async () => {
  const lamp = publication({ slot: 'lamp', state: IN_A_CALL, lifeMs: 600_000 })
  const off = await started()
  expect((await off.instance.publish!(lamp)).kind).toBe('rejected')
  const { instance, system, requests, recording } = await started({ lamps: true })
  expect((await instance.publish!(lamp)).kind).toBe('applied')
  expect(system.lamp('1001')).toBe('On the phone')
  const [event] = requests.since(0).filter(({ path }) => path === 'PRESENCE_IN')
  expect(event?.body).toMatchObject({ proto: 'sip', login: 'internal', 'answer-state': 'confirmed' })
  expect(event?.body).not.toHaveProperty('unique-id')
  expect(recording.feeds.dialogs('1001')).toEqual([])
  const back = publication({ slot: 'lamp', act: 'withdraw', state: UNKNOWN })
  expect((await instance.publish!(back)).kind).toBe('applied')
  expect(system.lamp('1001')).toBe('dark')
})

test('a hub that does not know of having lit a lamp darkens it all the same', async () => {
  const { instance, requests } = await started({ lamps: true })
  const back = publication({ slot: 'lamp', act: 'withdraw', state: UNKNOWN })
  expect((await instance.publish!(back)).kind).toBe('applied')
  const [event] = requests.since(0).filter(({ path }) => path === 'PRESENCE_IN')
  expect(event?.body).toMatchObject({ from: '1001@lab.example', 'answer-state': 'terminated' })
})

test('X-19: the directory has names and the mail addresses of voicemail; FusionPBX shows registered phones', async () => {
  const { instance } = await started()
  expect(await instance.directory!()).toEqual([
    ...[
      { address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'], aliases: [] },
      { address: '1002', displayName: 'Ben Ortiz', mails: ['ben@contoso.example'], aliases: [] },
    ],
    { address: '1003', displayName: 'Chiara Moretti', mails: [], aliases: [] },
  ])
  const extensions = [{ extension: '1003', mail: 'chiara@contoso.example', shared: true }]
  const fusion = await started({ flavour: 'fusionpbx', extensions })
  fusion.phones.setRegistered('1002', false)
  fusion.phones.setRegistered('1003', false)
  const listed = await fusion.instance.directory!()
  expect(listed.map(({ address, mails, shared }) => [address, ...mails, shared ?? false])).toEqual([
    ['1003', 'chiara@contoso.example', true],
    ['1001', 'anna@contoso.example', false],
  ])
})

test('G-02: FreeSWITCH says goodbye: everything is lost, comes back, and is read anew', async () => {
  const { system, phones, until, recording, legs } = await started()
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  system.say('Content-Type: text/disconnect-notice\nContent-Length: 4\n\nbye\n')
  await until(() => recording.health()?.state === 'degraded', 'degraded')
  phones.hangup('1001')
  await until(() => recording.health()?.state === 'up' && legs('1001') === '', 'read anew')
  expect(recording.feeds.violations).toEqual([])
})

test('G-02: a FreeSWITCH that answers no more is given up, and what it said is lost, not ended', async () => {
  const { clock, faults, until, recording } = await started()
  faults.add({ target: 'freeswitch', kind: 'slow', ms: 600_000, path: 'uptime', count: 1 })
  clock.advance(10_000)
  await until(() => faults.list().length === 0, 'the heartbeat to be on its way')
  clock.advance(11_000)
  await until(() => recording.health()?.state === 'degraded', 'degraded')
  expect(recording.health()?.detail).toContain('no answer')
  expect(recording.feeds.registered('1001')).toBe(true)
  await until(() => recording.health()?.state === 'up', 'another connection')
  expect(recording.feeds.violations).toEqual([])
})

test('a neighbour on the same FreeSWITCH, in another domain, says nothing of ours', async () => {
  const { system, until, legs, recording, phones } = await started()
  const foreign = { 'from-user': '1001', 'from-host': 'neighbour.example' }
  system.fire('CUSTOM', { 'Event-Subclass': 'sofia::unregister', ...foreign })
  system.fire('CHANNEL_CALLSTATE', {
    ...{ 'Unique-ID': 'f-1', 'Channel-Call-UUID': 'f-1', 'Channel-Call-State': 'ACTIVE' },
    ...{ 'Channel-Presence-ID': '1001@neighbour.example', 'Call-Direction': 'inbound' },
  })
  phones.start({ extension: '1002' })
  await until(() => legs('1002') === 'confirmed outbound external', 'a call of ours, told after it')
  expect([legs('1001'), recording.feeds.registered('1001')]).toEqual(['', true])
})

test('whoever is added while everything is read is heard as well', async () => {
  const { instance, faults, until, recording, requests } = await connect()
  faults.add({ target: 'freeswitch', kind: 'slow', ms: 300, path: 'show registrations', count: 1 })
  const start = instance.start(['1001'])
  await until(() => requests.since(0).some(({ path }) => path.startsWith('show registrations')), 'reading')
  instance.follow(['1001', '1002'])
  await start
  await until(() => recording.feeds.registered('1002') === true, 'the second one')
})
