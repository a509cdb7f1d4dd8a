import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Io } from '../../src/apps/cli/command.ts'
import { main } from '../../src/apps/cli/main.ts'
import type { PersonView } from '../../src/core/view.ts'
import { type Program, runProgram, startProgram } from './cli-processes.ts'
import { findFreePort } from './support/free-port.ts'

/** `check --live` as it is run: the lab in a process of its own, the hub in another where one runs. */

let folder: string
let lab: Program
let control: string
let port: number
let file: string
const running: Program[] = []

async function callLab<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${control}/lab/${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  expect(answer.ok, `${method} ${path}`).toBe(true)
  const text = await answer.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

interface LabState {
  readonly teams: { readonly shown: string }
  readonly phones: readonly { readonly dnd: boolean }[]
}

const stateOf = async (name: string) => {
  const { teams, phones } = await callLab<LabState>('GET', `people/${name}@contoso.example`)
  return [teams.shown, phones[0]!.dnd]
}
const free = ['Available/Available', false]

/** How often do not disturb was set at Chiara's phone by somebody else than her. */
async function phoneWrites(): Promise<number> {
  type Log = { requests: { method: string; path: string }[] }
  const { requests } = await callLab<Log>('GET', 'requests?target=ami')
  return requests.filter(({ method, path }) => method === 'DBPut' && path === 'DND/1003').length
}

const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 45_000, interval: 50 })
const args = (name: string, ...more: string[]) => [
  ...['check', '--config', file, '--live', `${name}@contoso.example`],
  ...['--recording', `${name}.jsonl`, ...more],
]
const check = (name: string, ...more: string[]) =>
  runProgram(args(name, '--consent', ...more), { cwd: folder })

/** The redacted recording, looked through for what must not be in it. */
function recordingOf(name: string): string {
  const text = readFileSync(join(folder, `${name}.jsonl`), 'utf8')
  const identifying = new RegExp(`.{0,40}(?:${name}|\\b100\\d\\b|lab-secret).{0,40}`, 'gi')
  for (const line of text.trim().split('\n')) expect(textsIn(JSON.parse(line)).match(identifying)).toBeNull()
  return text
}

/** Every name and text in it, without request ids: 1003 may be a time in milliseconds or a part of a random id. */
function textsIn(recorded: unknown): string {
  const texts: string[] = []
  JSON.stringify(recorded, (key, value: unknown) => {
    texts.push(key)
    if (typeof value === 'string')
      texts.push(value.replace(/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, ''))
    return value
  })
  return texts.join('\n')
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-live-'))
  lab = startProgram(['lab', '--write-config', 'hookswitch.yaml'], { cwd: folder })
  control = /http:\S+(?=\/lab\/state)/.exec(await lab.says('/lab/state'))![0]
  port = await findFreePort()
  file = join(folder, 'hookswitch.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('port: 8080', `port: ${port}`))
})

afterEach(async () => {
  await callLab('PATCH', 'switches', { readLagMs: 0 })
  for (const program of running.splice(0)) {
    program.child.kill('SIGTERM')
    await program.ended
  }
})

afterAll(async () => {
  lab.child.kill('SIGTERM')
  await lab.ended
  rmSync(folder, { recursive: true, force: true })
})

test('asks first, then writes, reads back, clears, answers every open point, and records nobody', async () => {
  const refused = await runProgram(args('chiara'), { cwd: folder })
  expect(refused.code).toBe(64)
  expect(refused.err).toContain('With the consent of the person, add --consent.')
  const { code, out } = await check('chiara')
  expect(out).toMatch(
    /session busy\/inACall: applied after \d+ ms, shown \d+ ms later; clear: applied, gone \d+ ms/,
  )
  expect(out).toMatch(/doNotDisturb\/doNotDisturb: applied after \d+ ms/)
  expect(out).toMatch(/a second clear: unchanged/)
  const table = out.slice(out.indexOf('Open points, contoso/teams'))
  for (const point of [1, 2, 3, 4, 5, 6, 7])
    expect(table).toMatch(new RegExp(`^  ${point}  .+\\?\\n     .+`, 'm'))
  expect(table).toMatch(/sequenceNumber to an application\?\n {5}yes/)
  expect(table).toMatch(/ 1 .*\n {5}not answered, because nobody sits at this terminal/)
  expect(code).toBe(0)
  expect(recordingOf('chiara').match(/"openPoint"/g)).toHaveLength(7)
  expect(await stateOf('chiara')).toEqual(free)
})

test('leaves a person alone who is on do not disturb', async () => {
  await callLab('PUT', 'phones/1005/dnd', { on: true })
  const { out } = await check('elif')
  expect(out).toContain('left out: 1005: the person is on do not disturb')
  expect((await stateOf('elif'))[1]).toBe(true)
  await callLab('PUT', 'phones/1005/dnd', { on: false })
})

test('at a terminal asks what only a person can see, and believes the answer', async () => {
  const said: string[] = []
  const questions: string[] = []
  const io: Io = {
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    env: {},
    cwd: folder,
    interactive: true,
    interrupted: () => new Promise(() => {}),
    async ask(question) {
      questions.push(question)
      if (questions.length === 1) return 'yes'
      expect((await stateOf('ben'))[0]).toBe('DoNotDisturb/Presenting')
      const { outcome } = await callLab<{ outcome: string }>('POST', 'teams/ben@contoso.example/call', {
        incoming: true,
      })
      return outcome === 'voicemail' ? 'no' : 'yes'
    },
  }
  expect(await main(args('ben', '--unlicensed', 'lobby@contoso.example'), io)).toBe(0)
  expect(questions[0]).toContain('agree')
  expect(said.join('')).toMatch(/ 1 .*\n {5}yes, calls do not ring/)
  expect(said.join('')).toMatch(/ 7 .*\n {5}not answered, because the account named .* was not found/)
  expect(recordingOf('ben')).not.toContain('lobby')
  expect(await stateOf('ben')).toEqual(free)
})

test('Ctrl+C takes back what is set at that moment, and the recording is saved', async () => {
  await callLab('PATCH', 'switches', { readLagMs: 60_000 })
  const program = startProgram(args('farid', '--consent'), { cwd: folder })
  running.push(program)
  await until(async () => expect((await stateOf('farid'))[0]).toBe('Busy/InACall'))
  program.child.kill('SIGINT')
  expect(await program.ended).toBe(1)
  expect(program.err()).toContain('Stopping: what was set is taken back first.')
  expect(program.out()).toMatch(/ 6 .*\n {5}not answered, because the check was interrupted/)
  recordingOf('farid')
  expect(await stateOf('farid')).toEqual(free)
})

test('a hub that runs pauses the person meanwhile, carries nothing on, and keeps them in step again', async () => {
  const hub = startProgram(['serve', '--config', file], { cwd: folder })
  running.push(hub)
  const url = `http://127.0.0.1:${port}`
  await hub.says(`listens at ${url}`)
  await until(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200))
  const person = `${url}/api/v1/people/chiara@contoso.example`
  const view = async () => (await (await fetch(person)).json()) as PersonView
  await until(async () => expect((await view()).systems.every(({ synced }) => synced)).toBe(true))

  const pause = (method: string, body?: object) =>
    fetch(`${person}/pause`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
  expect((await pause('PUT', { link: 'pbx to teams', minutes: 500 })).status).toBe(200)
  const before = await phoneWrites()
  const { code, out } = await check('chiara')
  expect(out).toContain('The hub that runs pauses chiara@contoso.example during the check.')
  expect(out).toContain('The hub keeps chiara@contoso.example in step again.')
  expect(code).toBe(0)
  expect(await stateOf('chiara')).toEqual(free)
  // The check itself set do not disturb once at the phone; the hub, which saw it in Teams, not at all.
  expect((await phoneWrites()) - before).toBe(1)
  // What somebody had paused before stays paused.
  expect((await view()).paused).toMatchObject([{ link: 'pbx to teams' }])

  await pause('DELETE')
  await callLab('POST', 'phones/1003/call', { party: 'external' })
  await until(async () => expect((await stateOf('chiara'))[0]).toBe('Busy/InACall'))
  await callLab('POST', 'phones/1003/hangup')
  await until(async () => expect(await stateOf('chiara')).toEqual(free))
})
