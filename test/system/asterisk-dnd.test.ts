import { describe, expect, test } from 'vitest'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { Faults } from '../../src/lab/faults.ts'
import { connect, reader, started } from './asterisk-world.ts'

describe('do not disturb', () => {
  const publication = (on: boolean, id = 'p1') => ({
    id,
    address: '1001',
    slot: 'dnd',
    act: on ? ('assert' as const) : ('withdraw' as const),
    state: on ? DO_NOT_DISTURB : AVAILABLE,
    refresh: false,
  })

  test('FreePBX: database, extension and device are written, and cleared', async () => {
    const { ami, phones, instance, recording, until } = await started({ flavour: 'freepbx' })
    expect(await instance.publish!(publication(true))).toMatchObject({ kind: 'applied' })
    expect(ami.pbx.astdb.get('DND', '1001')).toBe('YES')
    expect(ami.pbx.deviceState('Custom:DND1001')).toBe('BUSY')
    expect(ami.pbx.deviceState('Custom:DEVDND1001')).toBe('BUSY')
    expect(phones.phone('1001')?.dnd).toBe(true)
    expect(ami.pbx.astdb.get('hookswitch', 'dnd/1001')).toMatch(/^\d{10}$/)
    await until(() => recording.feeds.dnd('1001') === true, 'the echo')
    expect(await instance.publish!(publication(true, 'p2'))).toMatchObject({ kind: 'unchanged' })
    expect(await instance.publish!(publication(false))).toMatchObject({ kind: 'applied' })
    expect(ami.pbx.astdb.get('DND', '1001')).toBeUndefined()
    expect(ami.pbx.deviceState('Custom:DEVDND1001')).toBe('NOT_INUSE')
    expect(ami.pbx.astdb.get('hookswitch', 'dnd/1001')).toBeUndefined()
    expect(phones.phone('1001')?.dnd).toBe(false)
  })

  test('plain Asterisk: the custom device alone', async () => {
    const { ami, phones, instance } = await started({ flavour: 'asterisk' })
    expect(await instance.publish!(publication(true))).toMatchObject({ kind: 'applied' })
    expect(phones.phone('1001')?.dnd).toBe(true)
    expect(ami.pbx.hintStatus('1001')).toEqual([2, 'Busy'])
    expect(ami.pbx.astdb.tree('DND')).toEqual([])
  })

  test('what a person switched on bears no mark of ours', async () => {
    const { ami, phones, instance } = await started()
    phones.setDnd('1001', true)
    expect(await instance.publish!(publication(true))).toMatchObject({ kind: 'unchanged' })
    expect(ami.pbx.astdb.get('hookswitch', 'dnd/1001')).toBeUndefined()
  })

  test('writes to one extension are done in order, whoever waits for them', async () => {
    const { instance, ami } = await started()
    const outcomes = await Promise.all(
      [true, false, true, false].map((on, index) => instance.publish!(publication(on, `p${index}`))),
    )
    expect(outcomes.map((each) => each.kind)).toEqual(['applied', 'applied', 'applied', 'applied'])
    expect(ami.pbx.astdb.get('DND', '1001')).toBeUndefined()
  })

  test('G-03: a write that is denied half-way leaves nothing behind, names the missing right, and works once it is given', async () => {
    const { ami, instance, recording, until } = await started()
    ami.deny('call')
    expect(await instance.publish!(publication(true))).toMatchObject({
      kind: 'rejected',
      fix: expect.stringContaining('write = call'),
    })
    expect(ami.pbx.astdb.get('DND', '1001')).toBeUndefined()
    expect(ami.pbx.astdb.get('hookswitch', 'dnd/1001')).toBeUndefined()
    const logins = ami.logins()
    ami.allow('call')
    await until(() => ami.logins() > logins && recording.health()?.state === 'up', 'another sign-in')
    expect(await instance.publish!(publication(true))).toMatchObject({ kind: 'applied' })
  })

  test('G-03: taking back that is denied half-way is still to be done', async () => {
    const { ami, instance } = await started()
    await instance.publish!(publication(true))
    ami.deny('call')
    expect(await instance.publish!(publication(false))).toMatchObject({ kind: 'rejected' })
    expect(ami.pbx.deviceState('Custom:DND1001')).toBe('BUSY')
  })

  test('a user who may only look is told which class is missing', async () => {
    const { instance } = await started({ flavour: 'asterisk' }, reader)
    expect(await instance.publish!(publication(true))).toMatchObject({
      kind: 'rejected',
      fix: expect.stringContaining('write = call'),
    })
  })

  test('a connection cut during the write: not known whether it arrived', async () => {
    const faults = new Faults()
    const { instance, ami } = await started({ faults })
    faults.add({ target: 'ami', kind: 'drop', when: 'after', path: 'Setvar', count: 1 })
    expect(await instance.publish!(publication(true))).toMatchObject({ kind: 'failed' })
    expect(ami.pbx.deviceState('Custom:DND1001')).toBe('BUSY')
  })

  test.each([[[]], [['DBGetTree']]])(
    'set in the database alone, it is found by the sweep (without %j)',
    async (missing) => {
      const { ami, clock, recording, until } = await started({ missing }, { sweepSeconds: 60 })
      ami.pbx.astdb.put('DND', '1002', 'YES')
      expect(recording.feeds.dnd('1002')).toBe(false)
      clock.advance(60_000)
      await until(() => {
        clock.advance(1000)
        return recording.feeds.dnd('1002') === true
      }, 'the sweep')
      expect(recording.feeds.dnd('1001')).toBe(false)
    },
  )

  /** The list of channels is read last, long after the database. */
  const slowList = () => {
    const faults = new Faults()
    faults.add({ target: 'ami', kind: 'slow', path: 'CoreShowChannels', ms: 1000, count: 1 })
    return faults
  }

  test('switched off while the PBX is read for the first time, it is off', async () => {
    const { ami, phones, instance, clock, requests, recording, until } = await connect({ faults: slowList() })
    phones.setDnd('1001', true)
    const begun = instance.start(['1001', '1002'])
    await until(() => requests.since(0).some(({ method }) => method === 'CoreShowChannels'), 'the last list')
    phones.setDnd('1001', false)
    phones.start({ extension: '1001' })
    clock.advance(1000)
    await begun
    expect(recording.feeds.dnd('1001')).toBe(false)
    expect(recording.feeds.dialogs('1001')).toHaveLength(1)
    expect(ami.pbx.astdb.get('DND', '1001')).toBeUndefined()
  })

  test('switched off while the PBX is read again, it is off from then on', async () => {
    const faults = new Faults()
    const { phones, clock, requests, recording, until } = await started({ faults }, { sweepSeconds: 60 })
    phones.setDnd('1001', true)
    await until(() => recording.feeds.dnd('1001') === true, 'do not disturb')
    faults.add({ target: 'ami', kind: 'slow', path: 'CoreShowChannels', ms: 5000, count: 1 })
    const isList = ({ method }: { readonly method: string }) => method === 'CoreShowChannels'
    const before = requests.since(0).filter(isList).length
    clock.advance(60_000)
    await until(() => {
      clock.advance(500)
      return requests.since(0).filter(isList).length > before
    }, 'the last list')
    phones.setDnd('1001', false)
    const snapshots = () =>
      recording.feeds.events.filter((event) => event.type === 'snapshot' && !event.addresses)
    const read = snapshots().length
    await until(() => {
      clock.advance(500)
      return snapshots().length > read
    }, 'the reading to end')
    expect(recording.feeds.dnd('1001')).toBe(false)
  })

  test('a call that begins while the database is asked is said with its answer', async () => {
    const faults = new Faults()
    const { phones, clock, recording, until } = await started({ faults })
    phones.setDnd('1001', true)
    await until(() => recording.feeds.dnd('1001') === true, 'do not disturb')
    faults.add({ target: 'ami', kind: 'slow', path: 'DBGet DND/1001', ms: 1000, count: 1 })
    phones.setDnd('1001', false)
    const call = phones.start({ extension: '1001' })
    phones.hangup('1001')
    phones.start({ extension: '1002' })
    await until(() => recording.feeds.dialogs('1002').length === 1, 'what came later of somebody else')
    expect(recording.feeds.dialogs('1001')).toEqual([])
    expect(recording.feeds.dnd('1001')).toBe(true)
    phones.start({ extension: '1001' })
    await until(() => {
      clock.advance(100)
      return recording.feeds.dialogs('1001').length === 1
    }, 'the call')
    expect(recording.feeds.dnd('1001')).toBe(false)
    expect(recording.feeds.dialogs('1001')[0]?.leg).not.toContain(call.id)
  })

  test('custom presence is passed on only when asked for', async () => {
    const { ami, until, recording } = await started({}, { presence: true })
    ami.setPresence('1001', { status: 'dnd', subtype: '', message: 'In a meeting, back at "3"' })
    await until(() => recording.feeds.presence('1001') === DO_NOT_DISTURB, 'the choice')
  })
})
