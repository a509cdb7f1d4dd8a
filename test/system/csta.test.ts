import { describe, expect, test } from 'vitest'
import { feed } from '../../src/connectors/csta/follower.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { type DialectName, dialects } from '../../src/lab/csta/dialects.ts'
import { connect, started, toDnd } from './csta-world.ts'
import { pass } from './e2e/time.ts'

describe('calls', () => {
  test.each([true, false])('G-05: the same with localConnectionInfo and without: %s', async (localInfo) => {
    const { phones, until, legs } = await started({ localInfo })
    phones.start({ extension: '1001', to: '1002', answer: false })
    await until(
      () => legs('1001') === 'early outbound internal' && legs('1002') === 'early inbound internal',
      'a colleague to ring',
    )
    phones.answer('1002')
    await until(() => legs('1002') === 'confirmed inbound internal', 'the answer')
    expect(legs('1001')).toBe('confirmed outbound internal')
    phones.hold('1002', true)
    await until(() => legs('1002') === 'held inbound internal', 'the one who holds')
    expect(legs('1001')).toBe('confirmed outbound internal')
    phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await until(() => legs('1001').includes('early inbound external'), 'a second call')
    phones.hangup('1002')
    await until(() => legs('1002') === '', 'the end at the one')
    await until(() => legs('1001') === 'early inbound external', 'and at the other')
  })

  test.each(Object.keys(dialects) as DialectName[])(
    'calls that were up before are read, with who is at the other end: %s',
    async (dialect) => {
      const { phones, instance, until, legs } = await connect({ dialect })
      phones.start({ extension: '1001', to: '1003' })
      phones.start({ extension: '1002', direction: 'inbound' })
      phones.hold('1002', true)
      await instance.start(['1001', '1002'])
      // 1003 is nobody's address: short numbers are internal.
      await until(() => legs('1001') === 'confirmed unknown internal', 'the internal call')
      expect(legs('1002')).toBe('held unknown external')
      phones.hangup('1001')
      await until(() => legs('1001') === '', 'its end')
    },
  )

  test('a snapshot in documents of its own is the same', async () => {
    const { phones, instance, until, legs, recording } = await connect({ segmented: true })
    phones.start({ extension: '1001', direction: 'inbound' })
    phones.hold('1001', true)
    phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await instance.start(['1001', '1002'])
    expect(legs('1001')).toBe('held unknown external + early unknown external')
    expect(recording.feeds.dnd('1002')).toBe(false)
    phones.hangup('1001')
    await until(() => legs('1001') === '', 'the end of both')
  })

  test('without SnapshotCall nobody knows with whom; without SnapshotDevice only events tell of calls', async () => {
    const one = await connect({ missing: ['SnapshotCall'] })
    one.phones.start({ extension: '1001', direction: 'inbound' })
    await one.instance.start(['1001'])
    expect(one.legs('1001')).toBe('confirmed unknown unknown')

    const third = await started({ missing: ['SnapshotDevice'] })
    third.phones.start({ extension: '1001', direction: 'inbound' })
    await third.until(() => third.legs('1001') !== '', 'a call that an event tells of')
    third.system.refuse(true)
    third.phones.hangup('1001')
    third.system.refuse(false)
    await third.until(() => third.legs('1001') === '', 'what was before the connection not to count')

    const other = await connect({ missing: ['SnapshotDevice'] })
    other.phones.start({ extension: '1001', direction: 'inbound' })
    await other.instance.start(['1001', '1002'])
    expect(other.legs('1001')).toBe('')
    other.phones.start({ extension: '1001', direction: 'inbound' })
    await other.until(() => other.legs('1001') === 'confirmed inbound external', 'the next call')
    expect(other.asked('SnapshotDevice').length).toBeLessThanOrEqual(2)
  })

  test('G-05: after a transfer or conference what is left is read: events re-key calls', async () => {
    const { phones, system, until, legs, asked } = await started()
    phones.start({ extension: '1001', direction: 'inbound' })
    await until(() => legs('1001') === 'confirmed inbound external', 'a call')
    const before = asked('SnapshotDevice', '1001').length
    // As told by a system that has made another call of it, which the phones know nothing of.
    system.say(
      '<TransferedEvent><monitorCrossRefID>{1001}</monitorCrossRefID><primaryOldCall><callID>call-1</callID></primaryOldCall><transferringDevice><deviceIdentifier>1003</deviceIdentifier></transferringDevice><transferredConnections><connectionListItem><newConnection><callID>other</callID></newConnection><oldConnection><callID>call-1</callID></oldConnection></connectionListItem></transferredConnections><localConnectionInfo>connected</localConnectionInfo></TransferedEvent>',
    )
    await until(() => asked('SnapshotDevice', '1001').length > before, 'the extension to be read')
    await until(() => legs('1001').startsWith('confirmed'), 'one call')
    expect(legs('1001').split('+')).toHaveLength(1)
  })

  test('a phone that is out of service says so, and says when it is back', async () => {
    const { phones, instance, recording, until, system } = await connect()
    phones.setRegistered('1002', false)
    await instance.start(['1001', '1002'])
    expect(recording.feeds.registered('1002')).toBe(false)
    // Of a phone that was never told of, nobody knows.
    expect(recording.feeds.registered('1001')).toBeUndefined()
    phones.setRegistered('1002', true)
    await until(() => recording.feeds.registered('1002') === true, 'its return')
    phones.setRegistered('1001', false)
    await until(() => recording.feeds.registered('1001') === false, 'the other to leave')
    const snapshots = () => recording.feeds.events.filter(({ type }) => type === 'snapshot').length
    const before = snapshots()
    instance.resync(['1001'])
    await until(() => snapshots() > before, 'the refusal to be read')
    system.settings.muted = true
    phones.setRegistered('1001', true)
    instance.resync(['1001'])
    await until(() => recording.feeds.registered('1001') === true, 'what no event has told')
  })
})

describe('writing do not disturb', () => {
  test('G-02: where the answer is lost nobody knows; the same once more has the effect of one', async () => {
    const { instance, faults, phones, recording, until, asked } = await started()
    faults.add({ target: 'csta', kind: 'drop', when: 'after', path: 'SetDoNotDisturb', count: 1 })
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind: 'failed' })
    expect(phones.phone('1001')!.dnd).toBe(true)
    await until(() => recording.health()?.state === 'up', 'the connection to be back')
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind: 'unchanged' })
    expect(asked('SetDoNotDisturb')).toHaveLength(1)
  })

  test.each([
    [503, 'deferred'],
    [429, 'deferred'],
    [403, 'rejected'],
    [500, 'failed'],
  ])('refused with what stands for %s it is %s, and nothing was written', async (status, kind) => {
    const { instance, faults, phones } = await started()
    faults.add({ target: 'csta', kind: 'status', status, path: 'SetDoNotDisturb', count: 1 })
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind })
    expect(phones.phone('1001')!.dnd).toBe(false)
  })

  test('a system that says yes and does nothing has failed', async () => {
    const { instance, phones } = await started()
    phones.on((change) => {
      // As if a feature of the system took it back at once.
      if (change.type === 'dnd' && change.by === 'pbx' && change.phone.dnd) phones.setDnd('1001', false)
    })
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind: 'failed' })
  })

  test('without GetDoNotDisturb the answer counts, and events tell what is', async () => {
    const { instance, phones, recording, until, asked } = await started({ missing: ['GetDoNotDisturb'] })
    expect(recording.feeds.dnd('1001')).toBeUndefined()
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind: 'applied' })
    await until(() => recording.feeds.dnd('1001') === true, 'the event')
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind: 'unchanged' })
    phones.setDnd('1001', false)
    await until(() => recording.feeds.dnd('1001') === false, 'the key at the phone')
    expect(asked('GetDoNotDisturb')).toHaveLength(2)
  })

  test('without SetDoNotDisturb, or where it is not wanted, it is rejected with what to do', async () => {
    const { instance } = await started({ missing: ['SetDoNotDisturb'] })
    expect(await instance.publish!(toDnd(true))).toMatchObject({ kind: 'rejected', fix: expect.any(String) })
    const other = await started({}, { writeDnd: false })
    expect(await other.instance.publish!(toDnd(true))).toMatchObject({ kind: 'rejected' })
    other.phones.setDnd('1001', true)
    expect(await other.instance.publish!(toDnd(false))).toMatchObject({ kind: 'applied' })
  })
})

describe('the system itself', () => {
  test('monitors are licensed: health names whom nobody is told of, until there are more', async () => {
    const { system, recording, instance, until, phones } = await started({ monitorLimit: 1 })
    expect(recording.health()).toMatchObject({ state: 'degraded', fix: expect.stringContaining('licensed') })
    const missed = ['1001', '1002'].filter((one) => recording.feeds.dnd(one) === undefined)
    expect(missed).toHaveLength(1)
    expect(recording.health()?.detail).toContain(missed[0])
    system.settings.monitorLimit = 10
    instance.resync(missed)
    await until(() => recording.health()?.state === 'up', 'health to come back')
    phones.setDnd(missed[0]!, true)
    await until(() => recording.feeds.dnd(missed[0]!) === true, 'the other to be heard')
  })

  test('a monitor that the system ends is started again, and one that nobody needs is stopped', async () => {
    const { system, phones, recording, instance, until, asked } = await started()
    system.endMonitor('1001')
    await until(() => system.monitors() === 2, 'the monitor to be back')
    phones.setDnd('1001', true)
    await until(() => recording.feeds.dnd('1001') === true, 'its events')
    instance.follow(['1001'])
    await until(() => system.monitors() === 1, 'the other monitor to be stopped')
    expect(asked('MonitorStop')).toHaveLength(1)
  })

  test('SystemStatus is answered; out of order is degraded, and all is made anew when it is over', async () => {
    const { system, recording, until, asked } = await started()
    system.sayStatus('normal')
    await until(() => asked('SystemStatusResponse').length === 1, 'the answer')
    system.sayStatus('disabled')
    await until(() => recording.health()?.state === 'degraded', 'health to fall')
    expect(recording.health()?.detail).toContain('disabled')
    system.sayStatus('enabled')
    const opened = () => recording.feeds.events.filter(({ type }) => type === 'opened').length
    await until(() => opened() === 2, 'a new epoch')
    await until(() => recording.health()?.state === 'up', 'health to come back')
    expect(asked('StartApplicationSession')).toHaveLength(2)
    const reads = asked('SnapshotDevice').length
    system.sayStatus('messagesLost')
    await until(() => asked('SnapshotDevice').length >= reads + 2, 'everybody to be read')
  })

  test('words that nobody knows are counted and shown, and disturb nothing', async () => {
    const { system, instance, phones, until, legs } = await started()
    system.say('<TeleportedEvent><monitorCrossRefID>{1001}</monitorCrossRefID></TeleportedEvent>')
    system.say(
      '<DeliveredEvent><monitorCrossRefID>{1001}</monitorCrossRefID><connection><callID>c</callID><deviceID>1001</deviceID></connection><alertingDevice><deviceIdentifier>1001</deviceIdentifier></alertingDevice><localConnectionInfo>levitating</localConnectionInfo></DeliveredEvent>',
    )
    system.sayStatus('sunny')
    await until(() => instance.unknownValues!().length === 3, 'three words')
    expect(
      instance.unknownValues!()
        .map(({ field, value }) => `${field} ${value}`)
        .sort(),
    ).toEqual(['event TeleportedEvent', 'localConnectionInfo levitating', 'systemStatus sunny'])
    expect(legs('1001')).toBe('early inbound unknown')
    phones.setDnd('1001', true)
    await until(() => instance.unknownValues!().length === 3, 'no more')
  })

  test('what is no CSTA ends the connection, and another one begins', async () => {
    const { system, recording, until, asked } = await started()
    system.sayBytes(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await until(() => asked('StartApplicationSession').length === 2, 'another sign-in')
    await until(() => recording.health()?.state === 'up', 'health to come back')
    expect(recording.feeds.events.some(({ type }) => type === 'lost')).toBe(true)
  })
})

describe('who is followed', () => {
  test('somebody let go while their monitor is started has none, and nobody has two', async () => {
    const { instance, faults, system, until, asked } = await started()
    faults.add({ target: 'csta', kind: 'slow', ms: 100, path: 'MonitorStart 1003', count: 1 })
    instance.follow(['1001', '1002', '1003'])
    instance.resync(['1003'])
    await until(() => asked('MonitorStart', '1003').length > 0, 'the monitor to be asked for')
    instance.follow(['1001', '1002'])
    await until(() => asked('MonitorStop').length === 1, 'it to be stopped')
    expect(asked('MonitorStart', '1003')).toHaveLength(1)
    await until(() => system.monitors() === 2, 'two monitors')
  })

  test('who stops says goodbye', async () => {
    const { instance, asked, until } = await started()
    await instance.stop()
    await until(() => asked('StopApplicationSession').length === 1, 'the end of the session')
  })

  test('somebody who is followed while the others are still read is heard as well, and one let go is not', async () => {
    const { instance, faults, system, recording, until, asked } = await connect()
    faults.add({ target: 'csta', kind: 'slow', ms: 200, path: 'SnapshotDevice', count: 1 })
    const starting = instance.start(['1001', '1002'])
    await until(() => asked('SnapshotDevice').length > 0, 'the reading to begin')
    instance.follow(['1001', '1003'])
    await starting
    expect([recording.feeds.dnd('1001'), recording.feeds.dnd('1003')]).toEqual([false, false])
    expect(recording.feeds.dnd('1002')).toBeUndefined()
    await until(() => system.monitors() === 2, 'the monitor of who was let go to end')
  })
})

describe('time', () => {
  const clock = () => new LabClock({ running: false })

  test('a session is prolonged long before it ends, and its feed with it', async () => {
    const world = await started({ clock: clock() })
    await pass(world.clock, 200_000)
    expect(world.asked('StartApplicationSession')).toHaveLength(1)
    expect(world.asked('ResetApplicationSessionTimer').length).toBeGreaterThanOrEqual(19)
    expect(world.recording.feeds.feeds.get(feed)?.lost).toBe(false)
  })

  test('a session that the system has ended is begun again, told of or not', async () => {
    const world = await started({ clock: clock() })
    world.system.forgetSessions()
    await pass(world.clock, 12_000)
    await world.until(() => world.asked('StartApplicationSession').length === 2, 'a second session')
    await world.until(() => world.recording.health()?.state === 'up', 'health to come back')
    world.system.say('<ApplicationSessionTerminated/>')
    await world.until(() => world.recording.health()?.state === 'degraded', 'the end to be heard')
    await pass(world.clock, 2_000)
    await world.until(() => world.asked('StartApplicationSession').length === 3, 'a third one')
  })

  test('a system that says nothing any more is missed within 20 s, and asked again', async () => {
    const world = await started({ clock: clock() })
    world.faults.add({ target: 'csta', kind: 'slow', ms: 60_000 })
    await pass(world.clock, 21_000)
    expect(world.recording.feeds.feeds.get(feed)?.lost).toBe(true)
    expect(world.recording.health()?.state).toBe('degraded')
    world.faults.clear()
    await pass(world.clock, 40_000)
    await world.until(() => world.recording.health()?.state === 'up', 'the system to be back')
  })

  test('a system that says it is disabled is not believed for longer than its lease', async () => {
    const world = await started({ clock: clock() })
    const renewals = () => world.recording.feeds.events.filter(({ type }) => type === 'renewed').length
    await pass(world.clock, 30_000)
    expect(renewals()).toBeGreaterThanOrEqual(2)
    world.system.sayStatus('partiallyDisabled')
    await world.until(() => world.recording.health()?.state === 'degraded', 'health to fall')
    const before = renewals()
    await pass(world.clock, 30_000)
    expect(renewals()).toBeGreaterThan(before)
    world.system.sayStatus('disabled')
    await world.until(() => world.recording.health()?.detail?.includes(' disabled'), 'the other word')
    const silent = renewals()
    await pass(world.clock, 60_000)
    expect(renewals()).toBe(silent)
  })

  test("without invoke ids a late answer is nobody else's: the connection is made anew", async () => {
    const world = await started({ clock: clock(), dialect: 'uni-tel' })
    world.phones.setDnd('1002', true)
    await world.until(() => world.recording.feeds.dnd('1002') === true, 'the event')
    world.faults.add({ target: 'csta', kind: 'slow', ms: 11_000, path: 'GetDoNotDisturb 1001', count: 1 })
    const [one, other] = [world.instance.publish!(toDnd(true)), world.instance.publish!(toDnd(false, '1002'))]
    await pass(world.clock, 12_000)
    expect(await one).toMatchObject({ kind: 'failed' })
    expect((await other).kind).toMatch(/failed|deferred/)
    await pass(world.clock, 5_000)
    await world.until(() => world.recording.health()?.state === 'up', 'the system to be back')
    expect([world.recording.feeds.dnd('1001'), world.recording.feeds.dnd('1002')]).toEqual([false, true])
  })

  test('what no event has told is found by the sweep', async () => {
    const world = await started({ clock: clock() })
    world.system.settings.muted = true
    world.phones.setDnd('1001', true)
    world.phones.start({ extension: '1002', direction: 'inbound' })
    await pass(world.clock, 290_000)
    expect([world.recording.feeds.dnd('1001'), world.legs('1002')]).toEqual([false, ''])
    await pass(world.clock, 11_000)
    await world.until(() => world.recording.feeds.dnd('1001') === true, 'do not disturb')
    await world.until(() => world.legs('1002') === 'confirmed unknown external', 'the call')
  })
})
