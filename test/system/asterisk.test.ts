import { afterEach, describe, expect, test } from 'vitest'
import type { AsteriskConfig } from '../../src/connectors/asterisk/config.ts'
import { asterisk } from '../../src/connectors/asterisk/definition.ts'
import type { ConnectorInstance } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { AmiOptions } from '../../src/lab/asterisk/server.ts'
import { makeCertificate } from '../../src/lab/certificate.ts'
import { Faults } from '../../src/lab/faults.ts'
import { recordingContext } from '../contract/context.ts'
import { startPbx } from './asterisk-world.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The emulated PBX with the connector in front of it, following 1001 and 1002. */
async function connect(options: Partial<AmiOptions> = {}, change: Partial<AsteriskConfig> = {}) {
  const world = await startPbx(options)
  closers.push(() => world.ami.stop())
  const recording = recordingContext({ clock: world.clock })
  const config = { ...world.config, ...change }
  const instance: ConnectorInstance = asterisk.create(config, recording.context)
  closers.push(() => instance.stop())
  const until = async (condition: () => unknown, what: string) => {
    const deadline = performance.now() + 8000
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}\n${recording.said()}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  const legs = (extension: string) =>
    recording.feeds
      .dialogs(extension)
      .map((leg) => `${leg.evidence} ${leg.state} ${leg.direction} ${leg.party}`)
      .join(' + ')
  const check = () => asterisk.check(config, recording.context)
  return { ...world, recording, instance, until, legs, check, config }
}

async function started(options: Partial<AmiOptions> = {}, change: Partial<AsteriskConfig> = {}) {
  const world = await connect(options, change)
  await world.instance.start(['1001', '1002'])
  return world
}

const reader = { username: 'reader', secret: 'reader-secret' }

describe('calls', () => {
  test('SW-05 CT-17: external and internal calls are told apart, in both directions', async () => {
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

  test('a half-done write says what was done, names the missing right, and is finished later', async () => {
    const { ami, instance } = await started()
    ami.deny('call')
    expect(await instance.publish!(publication(true))).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('already written: DND/1001'),
      fix: expect.stringContaining('write = call'),
    })
    expect(ami.pbx.astdb.get('DND', '1001')).toBe('YES')
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

  test('custom presence is passed on only when asked for', async () => {
    const { ami, until, recording } = await started({}, { presence: true })
    ami.setPresence('1001', { status: 'dnd', subtype: '', message: 'In a meeting, back at "3"' })
    await until(() => recording.feeds.presence('1001') === DO_NOT_DISTURB, 'the choice')
  })
})

describe('people', () => {
  test('X-19: names and mail addresses come from FreePBX, the configuration has the last word', async () => {
    const { instance } = await started(
      {},
      { extensions: [{ extension: '1003', mail: 'chiara@contoso.example', shared: true }] },
    )
    const people = await instance.directory!()
    expect([...people].sort((a, b) => a.address.localeCompare(b.address))).toEqual([
      { address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'], aliases: [] },
      { address: '1002', displayName: 'Ben Ortiz', mails: ['ben@contoso.example'], aliases: [] },
      {
        address: '1003',
        displayName: 'Chiara Moretti',
        mails: ['chiara@contoso.example'],
        aliases: [],
        shared: true,
      },
    ])
  })
})

describe('check', () => {
  const textOf = (findings: readonly { level: string; text: string; fix?: string }[], level: string) =>
    findings.flatMap((each) => (each.level === level ? [`${each.text} ${each.fix ?? ''}`] : [])).join('\n')

  test('every missing right is named with what does not work without it', async () => {
    const { check } = await connect({ flavour: 'asterisk' }, reader)
    const findings = await check()
    expect(textOf(findings, 'error')).toContain(
      'Setvar: do not disturb cannot be set. Add call to "write" of section [reader]',
    )
    expect(textOf(findings, 'warning')).toContain('read = call')
    expect(textOf(findings, 'warning')).toContain('Add system to "read"')
  })

  test('FreePBX without write = system', async () => {
    const user = {
      username: 'hub',
      secret: 'lab-secret',
      read: ['call', 'system'],
      write: ['call', 'reporting'],
    }
    const { check } = await connect({ users: [user] }, { username: 'hub' })
    const findings = await check()
    expect(textOf(findings, 'error')).toContain('DBPut, DBDel: FreePBX does not divert calls')
    expect(textOf(findings, 'ok')).toContain('Live events arrive')
  })

  test('live events that do not arrive', async () => {
    const user = {
      username: 'hub',
      secret: 'lab-secret',
      read: ['system'],
      write: ['call', 'reporting', 'system'],
    }
    const { check, clock } = await connect({ users: [user] }, { username: 'hub' })
    let findings: Awaited<ReturnType<typeof check>> | undefined
    void check().then((found) => {
      findings = found
    })
    while (!findings) {
      clock.advance(100)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(textOf(findings, 'error')).toContain('Live events do not arrive')
  })

  test('a context without hints names those that have some', async () => {
    const { check } = await connect({ context: 'ext-local' }, { context: 'from-internal' })
    expect(textOf(await check(), 'error')).toContain('contexts with hints: ext-local')
  })

  test('it leaves nothing behind', async () => {
    const { check, ami, until } = await connect()
    const before = JSON.stringify(ami.pbx.astdb.tree('CustomDevstate'))
    expect(textOf(await check(), 'error')).toBe('')
    await until(() => ami.connections() === 0, 'the connection to be closed')
    expect(JSON.stringify(ami.pbx.astdb.tree('CustomDevstate'))).toBe(before)
  })
})
