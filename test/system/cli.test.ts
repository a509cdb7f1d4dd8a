import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { PersonView } from '../../src/core/view.ts'
import { type Program, runProgram, startProgram } from './cli-processes.ts'
import { findFreePort } from './support/free-port.ts'

/** The program as a user has it: real processes, the lab in one of its own. */

let folder: string
let lab: Program
let control: string
const running: Program[] = []

const start = (...args: string[]) => startIn({}, ...args)
function startIn(env: Record<string, string>, ...args: string[]): Program {
  const program = startProgram(args, { cwd: folder, env })
  running.push(program)
  return program
}

const run = (...args: string[]) => runProgram(args, { cwd: folder })

async function tellLab(method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${control}/lab/${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  expect(answer.ok, `${method} ${path}`).toBe(true)
}

interface LabPerson {
  readonly upn: string
  readonly teams: { readonly shown: string }
  readonly phones: readonly { readonly extension: string; readonly dnd: boolean }[]
}

async function labPerson(name: string): Promise<LabPerson> {
  const state = (await (await fetch(`${control}/lab/state`)).json()) as { people: LabPerson[] }
  return state.people.find(({ upn }) => upn === `${name}@contoso.example`)!
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 45_000, interval: 100 })

let url: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-cli-'))
  lab = startProgram(['lab', '--write-config', 'hookswitch.yaml'], { cwd: folder })
  const said = await lab.says('/lab/state')
  control = /http:\S+(?=\/lab\/state)/.exec(said)![0]
  const port = await findFreePort()
  url = `http://127.0.0.1:${port}`
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('port: 8080', `port: ${port}`))
})

afterEach(async () => {
  for (const program of running.splice(0)) {
    program.child.kill('SIGTERM')
    await program.ended
  }
})

afterAll(async () => {
  lab.child.kill('SIGTERM')
  expect(await lab.ended).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})

describe('check', () => {
  test('tries each connector and finds nothing wrong', async () => {
    const { code, out, err } = await run('check')
    expect(err).toBe('')
    expect(out).toContain('The configuration is valid.')
    expect(out).toMatch(/contoso\/teams\n {2}ok/)
    expect(out).toMatch(/contoso\/pbx\n {2}ok/)
    expect(code).toBe(0)
  })

  test('ends with 1 and names the fix when a secret is wrong, without printing it', async () => {
    const text = readFileSync(join(folder, 'hookswitch.yaml'), 'utf8')
    writeFileSync(
      join(folder, 'wrong.yaml'),
      text.replace('clientSecret: lab-secret', 'clientSecret: not-the-secret'),
    )
    const { code, out } = await run('check', '--config', 'wrong.yaml')
    expect(code).toBe(1)
    expect(out).toMatch(/contoso\/teams\n(.*\n)*? {2}error .*\n {10}-> /)
    expect(out).not.toContain('not-the-secret')
  })
})

describe('serve', () => {
  async function serve(): Promise<Program> {
    const hub = start('serve')
    await hub.says(`listens at ${url}`)
    await until(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200))
    return hub
  }

  test('SW-06: runs the hub; explain tells why; release takes back; SIGTERM ends it in order', async () => {
    const hub = await serve()
    await tellLab('POST', 'phones/1001/call', { party: 'external' })
    await until(async () => expect((await labPerson('anna')).teams.shown).toBe('Busy/InACall'))
    const person = (await (await fetch(`${url}/api/v1/people/anna@contoso.example`)).json()) as PersonView
    expect(person.displayName).toBe('Anna Keller')
    const explained = await run('explain', 'anna@contoso.example', '--config', 'hookswitch.yaml')
    expect(explained.err).toBe('')
    expect(explained.out).toContain('Anna Keller <anna@contoso.example>')
    expect(explained.out).toMatch(/teams.*busy\/inACall/)
    expect((await run('explain', 'nobody', '--url', url)).code).toBe(66)
    const released = await run('release', 'anna@contoso.example', '--url', url)
    expect(released.out).toMatch(/teams .* session: applied\n1 taken back, 0 remaining\./)
    hub.child.kill('SIGTERM')
    expect(await hub.ended).toBe(0)
    await tellLab('POST', 'phones/1001/hangup')
  })

  test('is one process that has started itself anew with the settings of its memory, without a word', async () => {
    const hub = await serve()
    const place = `/proc/${hub.child.pid}/environ`
    if (existsSync(place)) expect(readFileSync(place, 'utf8')).toContain('MALLOC_ARENA_MAX=1')
    expect(hub.err()).not.toContain('Warning')
    hub.child.kill('SIGTERM')
    expect(await hub.ended).toBe(0)
  })

  test('release works from the ledger alone when the hub was killed', async () => {
    const hub = await serve()
    const locked = await run('release', '--all', '--config', 'hookswitch.yaml')
    expect(locked.code).toBe(0)
    await tellLab('PUT', 'teams/ben%40contoso.example/status', { status: 'DoNotDisturb/DoNotDisturb' })
    await until(async () => expect((await labPerson('ben')).phones.every(({ dnd }) => dnd)).toBe(true))
    hub.child.kill('SIGKILL')
    await hub.ended
    const released = await run('release', '--all', '--config', 'hookswitch.yaml')
    expect(released.err).toContain('No hub is running: releasing from the ledger.')
    expect(released.out).toMatch(/pbx 1002 dnd: applied/)
    expect(released.code).toBe(0)
    expect((await labPerson('ben')).phones.some(({ dnd }) => dnd)).toBe(false)
    await tellLab('PUT', 'teams/ben%40contoso.example/status', { status: null })
  })

  test('the lab writes its configuration over no other', async () => {
    const before = readFileSync(join(folder, 'hookswitch.yaml'), 'utf8')
    const { code, err } = await run('lab', '--write-config', 'hookswitch.yaml')
    expect([code, err]).toEqual([73, expect.stringMatching(/hookswitch\.yaml: exists already\. Remove it/)])
    expect(readFileSync(join(folder, 'hookswitch.yaml'), 'utf8')).toBe(before)
  })

  test('a second hub on the same data is refused with one sentence', async () => {
    await serve()
    const text = readFileSync(join(folder, 'hookswitch.yaml'), 'utf8')
    writeFileSync(join(folder, 'second.yaml'), text.replace(/port: \d+/, `port: ${await findFreePort()}`))
    const { code, err } = await run('serve', '--config', 'second.yaml')
    expect(code).toBe(73)
    expect(err).toMatch(/^hookswitch: .*$/m)
  })
})

test('config sample is a file that check understands', async () => {
  const { out } = await run('config', 'sample')
  writeFileSync(join(folder, 'sample.yaml'), out)
  const { code, err } = await run('check', '--config', 'sample.yaml')
  expect(code).toBe(78)
  expect(err).toMatch(/refers to the environment variable \w+, which is not set/)
  expect(
    err
      .trim()
      .split('\n')
      .every((line) => line.includes('which is not set')),
  ).toBe(true)
})

test('demo prints one address, shows people, and leaves nothing behind', async () => {
  const own = join(folder, 'temporary')
  mkdirSync(own)
  const demo = startIn({ TMPDIR: own }, 'demo', '--port', '0')
  const said = await demo.says(/http:\/\/127\.0\.0\.1:\d+/, 110_000)
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0]
  await until(async () => {
    const { total } = (await (await fetch(`${address}/api/v1/people`)).json()) as { total: number }
    expect(total).toBe(12)
  })
  expect((await fetch(`${address}/lab/state`)).status).toBe(200)
  demo.child.kill('SIGINT')
  expect(await demo.ended).toBe(0)
  expect(readdirSync(own).filter((name) => name.startsWith('hookswitch-demo-'))).toEqual([])
})
