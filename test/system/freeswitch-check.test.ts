import { type AddressInfo, connect as connectTo, createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { expect, test } from 'vitest'
import { tlsFinding } from '../../src/connectors/freeswitch/check.ts'
import { makeCertificate } from '../../src/lab/certificate.ts'
import { connect } from './freeswitch-world.ts'

const levels = (findings: readonly { readonly level: string; readonly text: string }[]) =>
  findings.filter(({ level }) => level !== 'ok').map(({ level, text }) => `${level}: ${text}`)

test('a healthy FreeSWITCH: version, people, calls, where do not disturb is kept, lamps; nothing is left behind', async () => {
  const { check, system, until } = await connect({ lamps: true })
  const findings = await check()
  expect(findings.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Signed in at 127\.0\.0\.1:\d+: FreeSWITCH 1\.10\.12\.$/),
    '3 extensions of lab.example, 2 of them with a mail address.',
    '0 channels, 3 registered phones; events can be heard.',
    expect.stringContaining('kept at db dnd'),
    expect.stringContaining('SIP profile internal'),
  ])
  expect(levels(findings)).toEqual([expect.stringContaining('info: Do not disturb is kept')])
  await until(() => system.connections() === 0, 'no connection to be left')
})

test.each([
  [{ domain: 'elsewhere.example' }, 'error: The directory has no domain elsewhere.example.'],
  [{ lamps: true, sipProfile: 'none' }, 'error: There is no SIP profile "none": lamps would stay dark.'],
])('what is set wrong: %o', async (change, text) => {
  const { check } = await connect(change)
  expect(levels(await check())).toContain(text)
})

test('an old version, a missing module, and the password of the delivery are told with their fix', async () => {
  const { check, system, config } = await connect()
  system.settings.version = '1.4.26'
  system.settings.missing = ['db']
  const findings = await check()
  expect(levels(findings)).toEqual([
    'error: FreeSWITCH 1.4.26 is too old.',
    expect.stringContaining('error: Do not disturb cannot be read'),
  ])
  expect(findings.filter(({ level, fix }) => level !== 'ok' && !fix)).toEqual([])
  system.settings.password = 'ClueCon'
  const delivered = await connect({ ...config, password: 'ClueCon' })
  expect(levels(await delivered.check())).toContain(
    'warning: The event socket still has the password that FreeSWITCH is delivered with.',
  )
})

test('an address that is not admitted, and a port where something else answers', async () => {
  const { check, instance, system } = await connect()
  system.settings.admitted = false
  expect(await check()).toEqual([
    {
      level: 'error',
      text: 'FreeSWITCH does not admit the address of this machine.',
      fix: expect.stringContaining('apply-inbound-acl'),
    },
  ])
  await expect(instance.start(['1001'])).rejects.toMatchObject({ kind: 'misconfigured' })
  const mail = createServer((socket) => socket.end('220 mail.example ESMTP\n\n'))
  await new Promise<void>((resolve) => void mail.listen(0, '127.0.0.1', resolve))
  try {
    const other = await connect({ port: (mail.address() as AddressInfo).port })
    await expect(other.instance.start(['1001'])).rejects.toMatchObject({
      kind: 'misconfigured',
      message: 'What answers at this port is not the event socket of FreeSWITCH.',
    })
  } finally {
    mail.close()
  }
})

test('a password with a line break is refused before anything is sent', async () => {
  const { check, requests } = await connect({ password: 'a\n\napi shutdown' })
  expect(levels(await check())).toEqual(['error: The password has a line break in it.'])
  expect(requests.last).toBe(0)
})

test('SW-04: TLS to a proxy before the event socket; without its certificate a fix is named', async () => {
  const { certificate, privateKey } = await makeCertificate()
  const { system, config } = await connect()
  const proxy = createTlsServer({ cert: certificate, key: privateKey }, (client) => {
    const inner = connectTo({ host: config.host, port: config.port! })
    for (const each of [client, inner]) each.on('error', () => {})
    client.pipe(inner).pipe(client)
  })
  proxy.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = proxy.address() as AddressInfo
    const right = await connect({ ...config, port, tls: true, ca: certificate })
    await right.instance.start(['1001'])
    expect([right.recording.health()?.state, system.connections()]).toEqual(['up', 1])
    const strange = await connect({ ...config, port, tls: true })
    await expect(strange.instance.start(['1001'])).rejects.toMatchObject({
      kind: 'misconfigured',
      fix: expect.stringContaining('"ca"'),
    })
    await right.instance.stop()
  } finally {
    proxy.close()
  }
})

test('SW-04: a connection that others can listen to is told', () => {
  expect(tlsFinding({ host: '192.0.2.1', tls: false })[0]?.text).toContain('not encrypted')
  expect([...tlsFinding({ host: '127.0.0.1', tls: false }), ...tlsFinding({ host: 'x', tls: true })]).toEqual(
    [],
  )
})
