import { describe, expect, test } from 'vitest'
import { connect, reader, started } from './asterisk-world.ts'

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
    expect(textOf(findings, 'warning')).toContain('DBPut, DBDel: a script at the PBX cannot tell')
    expect(textOf(findings, 'warning')).toContain('read = call')
    expect(textOf(findings, 'warning')).toContain('Add system to "read"')
  })

  test.each(['freepbx', 'asterisk'] as const)(
    'exactly the rights that the README names are enough (%s)',
    async (flavour) => {
      const user = {
        username: 'hub',
        secret: 'lab-secret',
        read: ['call', 'system'],
        write: ['call', 'system', 'reporting'],
      }
      const { check } = await connect({ flavour, users: [user] }, { username: 'hub' })
      const findings = await check()
      expect([textOf(findings, 'error'), textOf(findings, 'warning')]).toEqual(['', ''])
    },
  )

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
