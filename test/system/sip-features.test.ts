import { afterEach, expect, test } from 'vitest'
import type { Publication } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { SipOptions } from '../../src/lab/sip/server.ts'
import { until } from './support/child.ts'
import { openSipLab, type SipLab } from './support/sip-lab.ts'
import type { Watcher } from './support/watcher.ts'

let world: SipLab | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

const features = { doNotDisturb: true } as const
const event = 'as-feature-event'

async function open(options: Partial<SipOptions> = {}) {
  world = await openSipLab(options)
  const { lab, phones, watch } = world
  const watcher = await watch(features)
  const write = (on: boolean, address = '1001') =>
    watcher.instance.publish!({
      ...{ id: 'p', address, slot: 'dnd', act: on ? 'assert' : 'withdraw', refresh: false },
      state: on ? DO_NOT_DISTURB : AVAILABLE,
    } satisfies Publication)
  const told = (on: boolean) =>
    until(
      () => watcher.recording.feeds.dnd('1001') === on,
      () => `do not disturb ${on}\n${watcher.recording.said()}`,
    )
  const dnd = (address = '1001') => phones.phone(address)!.dnd
  return { ...{ world, lab, phones, watcher, write, told, dnd } }
}

const changes = (watcher: Watcher) =>
  watcher.recording.feeds.events.filter(({ type, ...rest }) => 'feed' in rest && type === 'lost')

test('CT-03: do not disturb of a phone is read and set by as-feature-event, and followed at its key', async () => {
  const { phones, watcher, write, told, dnd } = await open()
  await told(false)
  expect((await write(true)).kind).toBe('applied')
  expect(dnd()).toBe(true)
  await told(true)
  expect((await write(true)).kind).toBe('unchanged')
  phones.setDnd('1001', false)
  await told(false)
  phones.setDnd('1001', true)
  await told(true)
  expect((await write(false)).kind).toBe('applied')
  expect([dnd(), watcher.recording.counted('sip_malformed')]).toEqual([false, 0])
})

test('CT-03: somebody who is followed no more can still be freed, and nothing is told of them', async () => {
  const { phones, lab, watcher, write, dnd } = await open()
  phones.setDnd('1002', true)
  const before = lab.subscriptions()
  expect((await write(false, '1002')).kind).toBe('applied')
  expect(dnd('1002')).toBe(false)
  await until(() => lab.subscriptions() === before, 'the visit to end')
  expect(watcher.recording.feeds.events.filter((each) => each.feed.endsWith(':1002'))).toEqual([])
  expect(await write(true, '1999')).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining('404'),
  })
})

test('CT-03: a server that does not know the event is named with what to do, and the lamps go on', async () => {
  const { world, watcher, write } = await open({ events: ['dialog'] })
  expect(watcher.recording.health()).toMatchObject({
    ...{ state: 'degraded', detail: expect.stringContaining(event) },
    fix: expect.stringContaining('doNotDisturb'),
  })
  expect(await write(true)).toMatchObject({
    ...{ kind: 'rejected', reason: expect.stringMatching(/as-feature-event.*489/) },
    fix: expect.stringContaining('doNotDisturb'),
  })
  world.phones.start({ extension: '1001' })
  await world.becomes(watcher, 'confirmed call')
})

test('CT-03: a change that is not allowed is refused with the fix, and reading goes on', async () => {
  const { lab, phones, write, told, dnd } = await open()
  lab.disturbances.refuse({ status: '403 Forbidden', event, change: true })
  expect(await write(true)).toMatchObject({
    ...{ kind: 'rejected', reason: expect.stringContaining('403 Forbidden') },
    fix: expect.stringContaining('account'),
  })
  expect(dnd()).toBe(false)
  phones.setDnd('1001', true)
  await told(true)
  lab.disturbances.clear()
  expect((await write(false)).kind).toBe('applied')
  lab.disturbances.refuse({
    status: '503 Busy',
    fields: [['Retry-After', '7']],
    event,
    change: true,
    count: 1,
  })
  expect(await write(true)).toMatchObject({ kind: 'deferred', retryAfterMs: 7000 })
})

test('CT-03: what the server accepts and does not tell is not taken for done', async () => {
  const { lab, write } = await open()
  lab.disturbances.dropNotify = { containing: 'DoNotDisturbEvent', left: 100 }
  expect(await write(true)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('does not tell'),
  })
})

test('CT-03, G-05: one subscription ended or forgotten by the server is made anew, and what was changed meanwhile is heard', async () => {
  const { lab, phones, watcher, write, told } = await open()
  await told(false)
  lab.end('1001', 'timeout')
  await until(() => lab.subscriptions() === 2, 'both subscriptions anew')
  phones.setDnd('1001', true)
  await told(true)
  expect(changes(watcher)).toEqual([])
  lab.forget()
  phones.setDnd('1001', false)
  watcher.instance.resync(['1001'])
  await told(false)
  await until(async () => (await write(true)).kind === 'applied', 'a write in the new subscription')
})

test('CT-03: short subscriptions are refreshed in time, with what holds told anew each time', async () => {
  const { lab, phones, watcher, write, told } = await open({ expires: { min: 1, max: 3 } })
  expect((await write(true)).kind).toBe('applied')
  const before = lab.requests()
  await until(() => lab.requests() >= before + 8, 'some refreshes')
  await told(true)
  phones.setDnd('1001', false)
  await told(false)
  expect(changes(watcher)).toEqual([])
})

test('CT-03: a subscription that runs out while the server is away is lost, and made anew with the connection', async () => {
  const { lab, phones, watcher, write, told } = await open()
  await told(false)
  await lab.cut()
  await until(() => changes(watcher).length > 0, 'the loss')
  expect((await write(true)).kind).toBe('deferred')
  phones.setDnd('1001', true)
  await lab.restore()
  await told(true)
})

test('CT-03: a body that cannot be read changes nothing and is counted', async () => {
  const { lab, watcher, told } = await open()
  await told(false)
  lab.tellRaw('1001', event, '<DoNotDisturbEvent><doNotDisturbOn>tr')
  await until(() => watcher.recording.counted('sip_malformed') === 1, 'it to be counted')
  await told(false)
})

test('CT-03: check says whether do not disturb can be read and set, and changes nothing', async () => {
  const { world, lab, phones } = await open()
  expect(await world.findings(features)).toContain(
    'ok: Do not disturb of extension 1001 can be read and set (as-feature-event).',
  )
  phones.setDnd('1001', true)
  await world.findings(features)
  expect(phones.phone('1001')!.dnd).toBe(true)
  lab.disturbances.refuse({ status: '403 Forbidden', event, change: true })
  expect(await world.findings(features)).toContainEqual(
    expect.stringMatching(/^error: .*not set .*403 Forbidden.*\[Let the account/),
  )
  lab.disturbances.clear()
  lab.disturbances.refuse({ status: '489 Bad Event', event })
  expect(await world.findings(features)).toContainEqual(
    expect.stringMatching(/^error: .*as-feature-event \(489 Bad Event\).*\[Set doNotDisturb to false/),
  )
  lab.disturbances.clear()
  lab.disturbances.dropNotify = { containing: 'DoNotDisturbEvent', left: 100 }
  expect(await world.findings(features)).toContainEqual(expect.stringMatching(/^warning: .*does not tell/))
})
