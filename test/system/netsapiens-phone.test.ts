import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { closing, connect, domain, sipPassword, started, toDnd } from './netsapiens-world.ts'
import { findFreePort } from './support/free-port.ts'
import { passwordOf } from './support/kamailio.ts'
import { startSipp } from './support/sipp.ts'

/** Somebody receives datagrams at this port of the machine. */
const isBound = (port: number) =>
  readFileSync('/proc/net/udp', 'utf8').includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} `)

test('CT-03: the key of a phone (SIPp) at the emulated platform is heard by the hub, and what the hub sets is heard by the phone', async () => {
  const accounts = { '9000': sipPassword, '1001': passwordOf('1001') }
  const { platform, phones, recording, until, instance } = await started({ sip: { accounts } })
  const phone = await startSipp({ scenario: 'features', pbx: platform.sip!.port, extension: '1001', domain })
  closing(() => phone.stop())
  const dnd = (on: boolean) => () => {
    if (!phone.running() && recording.feeds.dnd('1001') !== on) throw new Error(phone.output())
    return recording.feeds.dnd('1001') === on && phones.phone('1001')!.dnd === on
  }
  await until(dnd(true), 'the key of the phone')
  expect((await instance.publish!(toDnd('withdraw', AVAILABLE))).kind).toBe('applied')
  expect([await phone.ended, phone.output()]).toEqual([0, expect.any(String)])
})

test('CT-03: another server (SIPp, with the bodies of OpenSIPS) is understood, and understands what the hub sends', async () => {
  const port = await findFreePort()
  // One run is the sign of life that the hub asks for, the other the subscription.
  const server = await startSipp({
    ...{ scenario: 'feature-server', pbx: 5, extension: '1001', domain, port, times: 2 },
  })
  closing(() => server.stop())
  const { create, recording, until } = await connect({ sip: {} })
  await until(() => isBound(port), 'the server to listen')
  const sip = { server: `127.0.0.1:${port}`, username: '9000', password: sipPassword, register: false }
  const instance = create({ sip })
  await instance.start(['1001'])
  await until(() => recording.feeds.dnd('1001') === false, 'the first state')
  expect((await instance.publish!(toDnd('assert', DO_NOT_DISTURB))).kind).toBe('applied')
  expect(recording.feeds.dnd('1001')).toBe(true)
  await instance.stop()
  expect([await server.ended, server.output()]).toEqual([0, expect.any(String)])
})
