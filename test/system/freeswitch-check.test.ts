import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
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
