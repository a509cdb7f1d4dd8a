import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { CstaConfig } from '../../src/connectors/csta/config.ts'
import { csta } from '../../src/connectors/csta/definition.ts'
import type { Finding } from '../../src/core/connector.ts'
import { labCstaUser } from '../../src/lab/csta/server.ts'
import { connect } from './csta-world.ts'

const extensions = [{ extension: '1001', mail: 'anna@contoso.example' }]

const said = (findings: readonly Finding[], level: Finding['level']) =>
  findings.filter((each) => each.level === level).map(({ text }) => text)

/** Every finding that asks for something says what to do. */
function expectFixes(findings: readonly Finding[]): void {
  for (const { level, fix, text } of findings) {
    if (level === 'error') expect(fix, text).toBeTruthy()
    expect(`${text} ${fix}`).not.toContain(labCstaUser.password)
  }
}

describe('a trial connection', () => {
  test('a healthy system has no warning, and nothing is left behind', async () => {
    const { check, system, until } = await connect({}, { extensions })
    const findings = await check()
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(said(findings, 'ok')).toEqual([
      expect.stringContaining('as "hookswitch"'),
      'The system lists 3 extensions.',
      '1 extensions have a mail address here.',
      'Extension 1001 can be monitored.',
    ])
    await until(() => system.connections() === 0, 'the connection to be closed')
  })

  test('without mail addresses nobody is matched, and it says so', async () => {
    const findings = await (await connect()).check()
    expect(said(findings, 'info')).toEqual([expect.stringContaining('mail address')])
  })

  test('what a system lacks is named with what is lost', async () => {
    const missing = ['SnapshotDevice', 'SnapshotCall', 'GetDoNotDisturb', 'GetSwitchingFunctionDevices']
    const { check } = await connect({ missing }, { extensions })
    const findings = await check()
    expect(said(findings, 'warning')).toEqual([
      expect.stringContaining('SnapshotDevice'),
      expect.stringContaining('GetDoNotDisturb'),
    ])
    expect(said(findings, 'info')).toEqual([expect.stringContaining('does not list its devices')])
    expectFixes(findings)
  })

  test('with no list and no extension nothing can be tried', async () => {
    const { check } = await connect({ missing: ['GetSwitchingFunctionDevices'] })
    expect(said(await check(), 'info').join()).toContain('Monitoring was not tried')
  })

  test.each<[string, Partial<CstaConfig>, Parameters<typeof connect>[0], RegExp]>([
    [
      'a wrong password',
      { password: 'wrong' },
      {},
      /refuses the application session.*invalidApplicationInfo/,
    ],
    [
      'numbers that another system writes so',
      {},
      { dialect: 'openscape' },
      /Extension 1001 cannot be monitored/,
    ],
    [
      'another version of the protocol',
      { profile: 'avaya-dmcc', switchName: 'LAB' },
      {},
      /requestedProtocolVersionNotSupported/,
    ],
    ['a licence with no monitor left', {}, { monitorLimit: 0 }, /objectMonitorLimitExceeded/],
    ['an extension that is not there', { probe: '7777' }, {}, /7777 cannot be monitored.*invalidDeviceID/],
    ['no user', { username: '' }, {}, /needs username/],
    ['no switch name', { profile: 'avaya-dmcc' }, {}, /needs switchName/],
    ['a closed port', { port: 1 }, {}, /127\.0\.0\.1:1 cannot be reached: ECONNREFUSED/],
  ])('%s is an error with a fix', async (_what, change, options, text) => {
    const profile = 'ecma-354'
    const findings = await (await connect(options, { profile, extensions, ...change })).check()
    const errors = said(findings, 'error')
    expect(errors.join('\n')).toMatch(text)
    expectFixes(findings)
  })

  test('something else at the port is told from CSTA', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('SSH-2.0-OpenSSH_9.2\r\n')
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { recording, config } = await connect()
    const findings = await csta.check({ ...config, port }, recording.context)
    server.close()
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      level: 'error',
      text: expect.stringContaining('no CSTA over TCP'),
      fix: expect.stringContaining('port'),
    })
  })
})

describe('the directory', () => {
  test('lists what people sit at, with mail addresses of the configuration', async () => {
    const shared = { extension: '1003', shared: true, displayName: 'Lobby' }
    const { instance } = await connect({}, { extensions: [...extensions, shared, { extension: '4711' }] })
    await expect(instance.directory!()).rejects.toMatchObject({ kind: 'not-ready' })
    await instance.start([])
    expect(await instance.directory!()).toEqual([
      { address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'], aliases: [] },
      { address: '1002', displayName: 'Ben Ortiz', mails: [], aliases: [] },
      { address: '1003', displayName: 'Lobby', mails: [], aliases: [], shared: true },
      { address: '4711', mails: [], aliases: [] },
    ])
  })

  test('of a system that lists nothing it is what is configured', async () => {
    const { instance } = await connect({ missing: ['GetSwitchingFunctionDevices'] }, { extensions })
    await instance.start([])
    expect((await instance.directory!()).map(({ address }) => address)).toEqual(['1001'])
  })
})
