import { expect, test } from 'vitest'
import { registry } from '../../src/apps/registry.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { apiKey, closing, domain, frames, started, startPlatform, toDnd } from './netsapiens-world.ts'

const { first, second } = frames
const on = toDnd('assert', DO_NOT_DISTURB)
const off = toDnd('withdraw', AVAILABLE)

test('the rule in force is read, changed and put back whole; the other is not touched', async () => {
  const { instance, platform, writes } = await started()
  const before = platform.rules.list('1001')
  expect(await instance.publish!(on)).toMatchObject({ kind: 'applied' })
  const [day, night] = platform.rules.list('1001')
  expect(day!.body).toEqual({ ...before[0]!.body, 'do-not-disturb': { enabled: 'yes' } })
  expect(night).toEqual(before[1])
  expect(await instance.publish!(on)).toMatchObject({ kind: 'unchanged' })
  expect(await instance.publish!(off)).toMatchObject({ kind: 'applied' })
  expect(platform.rules.list('1001')).toEqual(before)
  expect(writes()).toHaveLength(2)
})

test('a do not disturb of the person’s own is left to them', async () => {
  const { instance, phones, platform, until, recording } = await started()
  phones.setDnd('1001', true)
  await until(() => recording.feeds.dnd('1001'), 'do not disturb')
  expect(await instance.publish!(on)).toMatchObject({ kind: 'unchanged' })
  platform.rules.preset('1002', second, true)
  expect(await instance.publish!(toDnd('assert', DO_NOT_DISTURB, '1002'))).toMatchObject({ kind: 'applied' })
  expect(await instance.publish!(toDnd('withdraw', AVAILABLE, '1002'))).toMatchObject({ kind: 'applied' })
  expect([platform.rules.isOn('1002', first), platform.rules.isOn('1002', second)]).toEqual([false, true])
})

test('when the time frame changes, the change is the timetable’s, and ours is taken out of the old one', async () => {
  const { instance, platform, until, recording } = await started({}, { rulesSeconds: 1 })
  await instance.publish!(on)
  await until(() => recording.feeds.dnd('1001'), 'ours to be read')
  platform.rules.activate('1001', second)
  await until(() => recording.feeds.dnd('1001') === false, 'the new time frame')
  const facet = recording.feeds.observations('1001').find((each) => each.facet.kind === 'dnd')?.facet
  expect(facet).toEqual({ kind: 'dnd', on: false, origin: 'schedule' })
  await until(() => !platform.rules.isOn('1001', first), 'the old rule to be clean')
  expect(await instance.publish!(on)).toMatchObject({ kind: 'applied' })
  expect(platform.rules.isOn('1001', second)).toBe(true)
  expect(await instance.publish!(off)).toMatchObject({ kind: 'applied' })
})

test('a restart in another time frame: what is ours is taken back, what is the timetable’s stays', async () => {
  const { instance, create, platform, until } = await started()
  await instance.publish!(on)
  await instance.stop()
  platform.rules.preset('1001', second, true)
  platform.rules.activate('1001', second)
  const next = create()
  await next.start(['1001'])
  await until(() => !platform.rules.isOn('1001', first), 'the old rule to be clean')
  expect(await next.publish!(off)).toMatchObject({ kind: 'unchanged' })
  expect(platform.rules.isOn('1001', second)).toBe(true)
})

test('who clears by hand what we set is left alone', async () => {
  const world = await started({}, { rulesSeconds: 1 })
  const { instance, phones, platform, until, recording } = world
  await instance.publish!(on)
  await until(() => recording.feeds.dnd('1001'), 'ours to be read')
  phones.setDnd('1001', false)
  await until(async () => (await world.remembered('dnd 1001')) === undefined, 'ours to be forgotten')
  phones.setDnd('1001', true)
  await until(() => recording.feeds.dnd('1001'), 'the person again')
  platform.rules.activate('1001', second)
  await until(() => recording.feeds.dnd('1001') === false, 'the next time frame')
  expect(platform.rules.isOn('1001', first)).toBe(true)
})

test('a write that is accepted and shows later is waited for; one that never shows has failed', async () => {
  const { instance, platform, phones } = await started({ writeLagMs: 300 })
  expect(await instance.publish!(on)).toMatchObject({ kind: 'applied' })
  expect(phones.phone('1001')?.dnd).toBe(true)
  platform.settings.writeLagMs = 3_600_000
  expect(await instance.publish!(off)).toMatchObject({ kind: 'failed' })
})

test('an answer that is lost has failed, and the same again puts it right', async () => {
  const { instance, faults, phones } = await started()
  faults.add({ target: 'netsapiens', kind: 'drop', when: 'after', path: 'answerrules/', count: 1 })
  expect(await instance.publish!(on)).toMatchObject({ kind: 'failed' })
  expect(phones.phone('1001')?.dnd).toBe(true)
  expect((await instance.publish!(on)).kind).toBe('unchanged')
  expect(await instance.publish!(off)).toMatchObject({ kind: 'applied' })
})

test('refusals: told to wait, not allowed, nobody, switched off', async () => {
  const { instance, faults, create } = await started()
  faults.add({
    target: 'netsapiens',
    kind: 'status',
    status: 429,
    retryAfter: 7,
    path: 'answerrules/',
    count: 1,
  })
  expect(await instance.publish!(on)).toEqual({
    ...{ kind: 'deferred', retryAfterMs: 7_000 },
    reason: 'the platform asked for fewer requests (429)',
  })
  const another = await started()
  another.platform.credentials.key = { ...another.platform.credentials.key, readonly: true }
  expect(await another.instance.publish!(on)).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining('read only'),
    fix: expect.stringContaining('Office Manager'),
  })
  expect(await another.instance.publish!(toDnd('assert', DO_NOT_DISTURB, '7777'))).toMatchObject({
    kind: 'rejected',
  })
  const silent = create({ writeDnd: false })
  expect(await silent.publish!(on)).toMatchObject({ kind: 'rejected' })
})

test('the rule named * is written', async () => {
  const { instance, platform } = await started()
  platform.rules.activate('1001', second)
  expect(await instance.publish!(on)).toMatchObject({ kind: 'applied' })
  expect(platform.rules.isOn('1001', second)).toBe(true)
})

test('CT-02: all four platforms are written to', async () => {
  for (const type of ['netsapiens', 'ringlogix', 'united-cloud', 'viirtue']) {
    const definition = registry[type]!
    const { platform, phones } = await startPlatform()
    closing(() => platform.stop())
    const { context } = recordingContext()
    const instance = definition.create({ url: platform.address, domain, apiKey }, context)
    closing(() => instance.stop())
    await instance.start(['1001'])
    expect(await instance.publish!(on)).toMatchObject({ kind: 'applied' })
    expect([definition.manifest.id, phones.phone('1001')?.dnd]).toEqual([type, true])
  }
})
