import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../../src/lab/certificate.ts'
import { connect, reader, started } from './asterisk-world.ts'

describe('calls', () => {
  test('SW-05, X-14: external and internal calls are told apart, in both directions', async () => {
    const { phones, until, legs } = await started()
    phones.start({
      extension: '1001',
      direction: 'outbound',
      to: '+4930555',
      party: 'external',
      answer: false,
    })
    await until(() => legs('1001') === 'call early outbound external', 'ringing outside')
    phones.answer('1001')
    await until(() => legs('1001') === 'call confirmed outbound external', 'talking outside')
    phones.hangup('1001')
    await until(() => legs('1001') === '', 'the end')
    phones.start({ extension: '1001', to: '1002', answer: false })
    await until(() => legs('1001') === 'call early outbound internal', 'the caller')
    await until(() => legs('1002') === 'call early inbound internal', 'the called')
    phones.answer('1002')
    phones.hold('1002', true)
    await until(() => legs('1002') === 'call held inbound internal', 'hold by the called')
    expect(legs('1001')).toBe('call confirmed outbound internal')
    phones.hangup('1002')
    await until(() => legs('1001') === '' && legs('1002') === '', 'both over')
  })

  test('calls that are up already are in the snapshot, with who holds', async () => {
    const { phones, instance, legs } = await connect()
    phones.start({ extension: '1001', to: '1002' })
    phones.hold('1001', true)
    await instance.start(['1001', '1002'])
    expect(legs('1001')).toBe('call held outbound internal')
    expect(legs('1002')).toBe('call confirmed inbound internal')
  })

  test('G-05: parallel legs are kept apart and end one by one', async () => {
    const { phones, until, legs } = await started()
    const first = phones.start({ extension: '1001', party: 'external' })
    phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await until(() => legs('1001').includes(' + '), 'two legs')
    phones.hangup('1001', first.id)
    await until(() => legs('1001') === 'call early inbound external', 'the second leg alone')
  })

  test('DND does not hide a call, nor a call DND, although both share one hint', async () => {
    const { phones, until, legs, recording } = await started()
    phones.setDnd('1001', true)
    phones.start({ extension: '1001', to: '+4930555', party: 'external' })
    await until(() => legs('1001') === 'call confirmed outbound external', 'the call')
    await until(() => recording.feeds.dnd('1001') === true, 'do not disturb')
    phones.hangup('1001')
    await until(() => legs('1001') === '', 'the end of the call')
    expect(recording.feeds.dnd('1001')).toBe(true)
  })

  test('a phone that leaves is not registered, and DND off does not make it look reachable', async () => {
    const { phones, until, recording } = await started()
    phones.setDnd('1001', true)
    phones.setRegistered('1001', false)
    await until(() => recording.feeds.registered('1001') === false, 'the phone to be gone')
    phones.setDnd('1001', false)
    await until(() => recording.feeds.dnd('1001') === false, 'do not disturb to be off')
    expect(recording.feeds.registered('1001')).toBe(false)
  })

  test('a phone in use without a channel is a lamp, after a moment, and never a call', async () => {
    const { ami, clock, until, legs } = await started()
    ami.sayEvent({
      name: 'DeviceStateChange',
      headers: [
        ['Device', 'PJSIP/1001'],
        ['State', 'INUSE'],
      ],
    })
    await until(() => {
      clock.advance(100)
      return legs('1001') !== ''
    }, 'the lamp')
    expect(legs('1001')).toBe('lamp confirmed unknown unknown')
    ami.sayEvent({
      name: 'DeviceStateChange',
      headers: [
        ['Device', 'PJSIP/1001'],
        ['State', 'NOT_INUSE'],
      ],
    })
    await until(() => legs('1001') === '', 'the lamp to go out')
  })
})

/** Ends one message and starts others, as a person's presence message could. */
const forged = [
  'lunch',
  '',
  'Event: DeviceStateChange\r\nPrivilege: call,all\r\nTimestamp: 1795230941.2\r\nDevice: Custom:DND1001\r\nState: BUSY',
  '',
  'Event: Newchannel\r\nPrivilege: call,all\r\nChannel: PJSIP/1001-00000999\r\nChannelState: 6\r\nExten: 1\r\nUniqueid: 9.9\r\nLinkedid: 9.9',
  '',
  'Response: Success\r\nActionID: 1\r\nMessage: Variable Set',
  '',
  'Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly',
].join('\r\n')

describe('what people write cannot become an event', () => {
  test.each(['filtered at the PBX', 'not filtered'])(
    'a presence message with CR LF in it, %s',
    async (how) => {
      const { ami, phones, until, legs, recording } = await started(
        {},
        how === 'not filtered' ? { ...reader, flavour: 'asterisk' } : {},
      )
      const before = recording.feeds.events.length
      ami.setPresence('1002', { status: 'away', subtype: '', message: forged })
      phones.start({ extension: '1002', to: '+4930555', party: 'external' })
      await until(() => legs('1002') === 'call confirmed outbound external', 'the real call, heard meanwhile')
      phones.setRegistered('1001', false)
      await until(() => recording.feeds.registered('1001') === false, 'a real event afterwards')
      expect(recording.health()?.state).toBe('up')
      for (const event of recording.feeds.events.slice(before)) {
        const said = JSON.stringify(event)
        expect(said).not.toContain('9.9')
        expect(said).not.toContain('"on":true')
      }
    },
  )
})

describe('the connection', () => {
  test('a PBX that says nothing more is lost within two heartbeats and read again afterwards', async () => {
    const { ami, clock, phones, recording, until, legs } = await started()
    ami.mute(true)
    await until(() => {
      clock.advance(1000)
      return recording.feeds.feeds.get('ami')?.lost
    }, 'the silence to be noticed')
    expect(recording.health()).toMatchObject({ state: 'degraded' })
    phones.start({ extension: '1001', party: 'external' })
    ami.mute(false)
    await until(() => {
      clock.advance(500)
      return recording.health()?.state === 'up'
    }, 'the connection to be back')
    expect(legs('1001')).toBe('call confirmed outbound external')
  })

  test('an answered heartbeat renews the lease', async () => {
    const { clock, recording, until } = await started()
    clock.advance(10_000)
    await until(() => recording.feeds.events.some((event) => event.type === 'renewed'), 'the renewal')
  })

  test('a shutdown of the PBX ends nothing', async () => {
    const { ami, phones, recording, until, legs } = await started()
    phones.start({ extension: '1001', party: 'external' })
    await until(() => legs('1001') !== '', 'the call')
    ami.shutdown()
    await until(() => recording.feeds.events.some((event) => event.type === 'lost'), 'the loss')
    expect(legs('1001')).not.toBe('')
    await until(() => recording.health()?.state === 'up', 'the way back')
  })

  test('an aborted context stops everything', async () => {
    const { ami, recording, until } = await started()
    recording.abort()
    await until(() => ami.connections() === 0, 'the connection to be closed')
    await until(() => recording.health()?.state === 'stopped', 'the stop')
  })

  test('a secret that stops being right is not tried again and again', async () => {
    const users = [
      { username: 'hookswitch', secret: 'lab-secret', read: ['call'], write: ['call', 'reporting'] },
    ]
    const { ami, clock, recording, until } = await started({ users })
    users[0]!.secret = 'changed'
    ami.dropConnections()
    await until(() => {
      clock.advance(200)
      return recording.health()?.state === 'down'
    }, 'the refusal')
    expect(recording.health()?.fix).toContain('manager.conf')
    const tried = ami.logins()
    clock.advance(5 * 60_000)
    await until(() => ami.connections() === 0, 'the refused connection to be closed')
    expect(ami.logins()).toBe(tried)
  })

  test('SW-04: TLS with the certificate of the PBX; without it, a fix is named', async () => {
    const { certificate, privateKey } = await makeCertificate()
    const tls = { certificate, privateKey }
    const right = await started({ tls }, { tls: true, ca: certificate })
    expect(right.recording.health()?.state).toBe('up')
    const wrong = await connect({ tls }, { tls: true })
    await expect(wrong.instance.start(['1001'])).rejects.toMatchObject({
      kind: 'misconfigured',
      fix: expect.stringContaining('ca'),
    })
    const plain = await connect({ tls })
    let refused: unknown
    void plain.instance.start(['1001']).catch((error: unknown) => {
      refused = error
    })
    await plain.until(() => {
      plain.clock.advance(100)
      return refused
    }, 'the refusal')
    expect(refused).toMatchObject({ kind: 'not-ready', fix: expect.stringContaining('tls: true') })
  })
})
