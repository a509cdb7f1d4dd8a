import { expect, test } from 'vitest'
import { netsapiensWhiteLabels } from '../../src/connectors/netsapiens/definition.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { closing, connect, frames, started, toDnd } from './netsapiens-world.ts'

const event = 'as-feature-event'
const set = (world: Awaited<ReturnType<typeof connect>>, on: boolean, address = '1001') =>
  world.instance.publish!(toDnd(on ? 'assert' : 'withdraw', on ? DO_NOT_DISTURB : AVAILABLE, address))

test('CT-03: do not disturb is set and heard by SetDoNotDisturb and DoNotDisturbEvent, and no answer rule is read or written', async () => {
  const world = await started({ sip: {} })
  const { phones, platform, recording, until, requests } = world
  await until(() => recording.feeds.dnd('1001') === false, 'do not disturb to be told')
  expect((await set(world, true)).kind).toBe('applied')
  expect([phones.phone('1001')!.dnd, platform.rules.isOn('1001', frames.first)]).toEqual([true, true])
  await until(() => recording.feeds.dnd('1001') === true, 'it to be heard')
  expect((await set(world, true)).kind).toBe('unchanged')
  phones.setDnd('1001', false)
  await until(() => recording.feeds.dnd('1001') === false, 'the key to be heard')
  phones.start({ extension: '1001' })
  await until(() => world.legs('1001') === 'confirmed outbound external', 'the call beside it')
  expect(requests.since(0).filter(({ path }) => /answerrules/.test(path))).toEqual([])
  expect(requests.since(0).some(({ method }) => method === 'REGISTER')).toBe(true)
})

test('CT-03: what the hub had set in the rule of another time frame is taken back there too', async () => {
  const world = await started({ sip: {} }, { doNotDisturbBy: 'answer-rule' })
  const { platform, config, create, instance } = world
  await set(world, true)
  await instance.stop()
  platform.rules.activate('1001', frames.second)
  const bySip = create({ ...config, doNotDisturbBy: event })
  await bySip.start(['1001'])
  await bySip.publish!(toDnd('assert', DO_NOT_DISTURB))
  expect(platform.rules.isOn('1001', frames.second)).toBe(true)
  expect((await bySip.publish!(toDnd('withdraw', AVAILABLE))).kind).toBe('applied')
  expect([frames.first, frames.second].map((frame) => platform.rules.isOn('1001', frame))).toEqual([
    false,
    false,
  ])
})

test('CT-03: without a SIP account it does not start, and says what to set', async () => {
  const { config } = await connect({ sip: {} })
  const { sip: _sip, ...without } = config
  const instance = netsapiensWhiteLabels.viirtue!.create(without, recordingContext().context)
  closing(() => instance.stop())
  await expect(instance.start(['1001'])).rejects.toMatchObject({
    ...{ kind: 'misconfigured', fix: expect.stringContaining('answer-rule') },
  })
  const findings = await netsapiensWhiteLabels.viirtue!.check(without, recordingContext().context)
  expect(findings).toContainEqual(
    expect.objectContaining({ level: 'error', text: expect.stringContaining('sip:') }),
  )
})

test('CT-03: a platform that does not know the event, or not the password, is named at the start and by check', async () => {
  const world = await connect({ sip: {} })
  const { platform, config, create } = world
  expect(await world.check()).toContainEqual({
    ...{ level: 'ok', text: 'Do not disturb of extension 1001 can be read and set (as-feature-event).' },
  })
  platform.sip!.disturbances.refuse({ status: '489 Bad Event', event })
  await expect(world.instance.start(['1001'])).rejects.toMatchObject({
    ...{ kind: 'misconfigured', message: expect.stringMatching(/as-feature-event.*489 Bad Event/) },
    fix: expect.stringContaining('answer-rule'),
  })
  expect(await world.check()).toContainEqual(
    expect.objectContaining({
      level: 'error',
      text: expect.stringMatching(/as-feature-event \(489 Bad Event\)/),
    }),
  )
  platform.sip!.disturbances.clear()
  const sip = { ...config.sip!, password: 'not-the-sip-password' }
  await expect(create({ sip }).start(['1001'])).rejects.toMatchObject({ kind: 'auth-failed' })
  expect(world.recording.said()).not.toContain('not-the-sip-password')
})

test('CT-03: a change that the platform refuses is refused with the fix', async () => {
  const world = await started({ sip: {} })
  world.platform.sip!.disturbances.refuse({ status: '403 Forbidden', event, change: true })
  expect(await set(world, true)).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining('403'),
    fix: expect.any(String),
  })
  expect(world.phones.phone('1001')!.dnd).toBe(false)
  expect(await world.check()).toContainEqual(
    expect.objectContaining({ level: 'error', text: expect.stringContaining('403 Forbidden') }),
  )
})

test('CT-03, G-05: SIP gone, calls go on and health says so; back, what changed meanwhile is heard', async () => {
  const world = await started({ sip: {} })
  const { platform, phones, recording, until } = world
  await platform.sip!.cut()
  await until(() => recording.health()?.state === 'degraded', 'health to say it')
  expect(recording.health()?.detail).toContain(event)
  expect((await set(world, true)).kind).toBe('deferred')
  phones.start({ extension: '1001' })
  await until(() => world.legs('1001') === 'confirmed outbound external', 'the call')
  phones.setDnd('1001', true)
  await platform.sip!.restore()
  await until(() => recording.feeds.dnd('1001') === true, 'the change')
  await until(() => recording.health()?.state === 'up', 'health')
})

test('CT-03, G-05: a SIP server that is away at the start keeps nobody from the calls, and is tried again', async () => {
  const world = await connect({ sip: {} })
  const { platform, phones, recording, until, instance } = world
  await platform.sip!.cut()
  await instance.start(['1001'])
  expect(recording.health()).toMatchObject({ state: 'degraded', failure: 'not-ready' })
  expect((await set(world, true)).kind).toBe('deferred')
  phones.start({ extension: '1001' })
  await until(() => world.legs('1001') === 'confirmed outbound external', 'the call')
  instance.follow(['1001', '1002'])
  await platform.sip!.restore()
  await until(() => recording.feeds.dnd('1002') === false, 'do not disturb of both')
  expect((await set(world, true)).kind).toBe('applied')
  expect(recording.health()?.state).toBe('up')
})
