import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { agent } from '../../src/connectors/agent/definition.ts'
import { DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { openDoor } from './agent-door.ts'
import { until } from './support/child.ts'

const program = fileURLToPath(new URL('../../bin/hookswitch.js', import.meta.url))
const token = 'a-token-of-the-site-agent'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** `hookswitch agent` as a program of any language starts it. */
function startLines(url: string, given = token) {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-agent-lines-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'token'), `${given}\n`)
  const args = ['agent', '--url', url, '--name', 'site', '--token-file', join(folder, 'token')]
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [program, ...args])
  const ended = once(child, 'exit')
  closers.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const lines: Record<string, unknown>[] = []
  let errors = ''
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)))
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  return {
    lines,
    of: (type: string) => lines.filter((line) => line.type === type),
    say: (line: unknown) => child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`),
    hangUp: () => child.stdin.end(),
    ended: ended.then(([code]) => code as number | null),
    errors: () => errors,
  }
}

async function openHub() {
  const door = await openDoor()
  closers.push(() => door.close())
  const recording = recordingContext({ callbackUrl: door.url })
  const config = { agents: [{ id: 'site', token, addresses: ['*'] }] }
  const make = () => door.put(agent.create(config, recording.context))
  return { door, recording, make, feeds: recording.feeds }
}

test('hookswitch agent: lines in, publications out, what was said is said again after the hub was gone', async () => {
  const { door, make, feeds } = await openHub()
  const lines = startLines(door.url)
  const leg = { kind: 'dialog', leg: 'l1', state: 'confirmed', direction: 'inbound', party: 'external' }
  lines.say({
    ...{ type: 'snapshot', addresses: ['1001'] },
    observations: [{ address: '1001', facet: leg }],
  })
  lines.say({ type: 'directory', entries: [{ address: '1001', mails: ['anna@contoso.example'] }] })
  lines.say('{"type":"obser')
  lines.say({ type: 'hello' })
  await until(
    () => lines.of('error').length === 2,
    () => `two faults: ${lines.errors()}`,
  )
  expect(lines.of('error').map(({ message }) => message)).toEqual([
    'the line is not JSON',
    "hello: the frame must have required property 'protocol'",
  ])
  const first = make()
  void first.start(['1001'])
  await until(() => feeds.dialogs('1001').length === 1, 'the call')
  expect(await first.directory!()).toMatchObject([{ address: '1001', mails: ['anna@contoso.example'] }])
  const outcome = first.publish!({
    ...{ id: 'p-1', address: '1001', slot: 'dnd', act: 'assert', state: DO_NOT_DISTURB, refresh: false },
  })
  await until(() => lines.of('publish').length === 1, 'the publication')
  expect(lines.of('publish')[0]!.publication).toMatchObject({ id: 'p-1', state: 'doNotDisturb/doNotDisturb' })
  lines.say({ type: 'observed', observation: { address: '1001', facet: { kind: 'dnd', on: true } } })
  lines.say({ type: 'outcome', publication: 'p-1', kind: 'applied' })
  expect(await outcome).toMatchObject({ kind: 'applied' })
  await until(() => feeds.dnd('1001') === true, 'do not disturb')
  const notice = { address: '1001', kind: 'signedOut', text: 'You have signed out here.' } as const
  first.notify!(notice)
  await until(() => lines.of('notice').length === 1, 'the notice')
  expect(lines.of('notice')).toEqual([{ type: 'notice', ...notice }])

  lines.say({ type: 'observed', observation: { address: '1001', facet: { ...leg, state: 'terminated' } } })
  await until(() => feeds.dialogs('1001').length === 0, 'the end of the call')
  await first.stop()
  lines.say({ type: 'observed', observation: { address: '1001', facet: { kind: 'dnd', on: false } } })
  const second = make()
  closers.push(() => second.stop())
  void second.start(['1001'])
  await until(() => feeds.dnd('1001') === false, 'what became of it meanwhile')
  lines.hangUp()
  expect(await lines.ended).toBe(0)
  await until(() => feeds.feeds.size === 0, 'the goodbye')
})

test('hookswitch agent: a hub that refuses it ends it with a reason', async () => {
  const { door, make } = await openHub()
  const instance = make()
  closers.push(() => instance.stop())
  void instance.start([])
  const lines = startLines(door.url, 'another-token-of-nobody')
  expect(await lines.ended).toBe(77)
  expect(lines.errors()).toContain(
    'The hub refused the agent: the name or the token of the agent is not right.',
  )
  expect(lines.errors()).not.toContain('another-token-of-nobody')
})
