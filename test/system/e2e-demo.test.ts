import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import type { PersonView } from '../../src/core/view.ts'
import { openBrowser } from './board-browser.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const anna = 'anna@contoso.example'

interface Demo {
  readonly process: ChildProcess
  readonly url: string
  output(): string
}

let demo: Demo | undefined
let processes: readonly number[] = []
afterEach(() => {
  for (const pid of new Set([...processes, ...family(demo?.process.pid ?? 0)])) {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  }
})

async function start(command: string, args: readonly string[]): Promise<Demo> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
  }
  const url = await until(
    () => {
      if (child.exitCode !== null) throw new Error(`the demo ended at once:\n${text}`)
      return /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ''
    },
    () => `the demo to print its address:\n${text}`,
    90_000,
  )
  return { process: child, url, output: () => text }
}

/** A process and all that it started, by the kernel's own book. */
function family(pid: number): number[] {
  const folder = `/proc/${pid}/task/${pid}`
  if (!existsSync(folder)) return []
  const children = readFileSync(`${folder}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return [pid, ...children.flatMap(family)]
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    // It is gone, perhaps since it was looked for.
    return false
  }
}

interface LabState {
  readonly people: readonly {
    readonly upn: string
    readonly teams: { readonly shown: string }
    readonly phones: readonly { readonly extension: string; readonly dnd: boolean }[]
  }[]
}

function remote({ url }: Demo) {
  const ask = async (method: string, path: string, body?: unknown) => {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const reply = await fetch(url + path, { method, ...init })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return reply
  }
  const state = async () => {
    const { people } = (await (await ask('GET', '/lab/state')).json()) as LabState
    return people.find(({ upn }) => upn === anna)!
  }
  return {
    ask,
    label: async () =>
      ((await (await ask('GET', `/api/v1/people/${anna}`)).json()) as PersonView).state.label,
    shown: async () => (await state()).teams.shown,
    dnd: async () => (await state()).phones[0]!.dnd,
  }
}

test('Outcome: the demo prints one address; a call, do not disturb and its end on either side are followed; it ends without a trace', async () => {
  const port = await findFreePort()
  demo = await start('npm', ['start', '--', '--port', String(port)])
  expect(demo.output().match(/http:\/\/\S+/g)).toEqual([`http://127.0.0.1:${port}`])
  const { ask, label, shown, dnd } = remote(demo)
  const page = await ask('GET', '/')
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  expect(await page.text()).toContain('<title>')
  await until(async () => (await fetch(`${demo!.url}/readyz`)).ok, 'the hub to be ready')
  await until(async () => (await label()) === 'Available', 'Anna to be heard')

  await ask('POST', '/lab/phones/1001/call', { party: 'external' })
  await until(async () => (await label()) === 'In a call' && (await shown()) === 'Busy/InACall', 'In a call')
  await ask('POST', '/lab/phones/1001/hangup', {})
  await until(
    async () => (await label()) === 'Available' && (await shown()) === 'Available/Available',
    'the end',
  )

  await ask('PUT', `/lab/teams/${anna}/status`, { status: 'DoNotDisturb/DoNotDisturb' })
  await until(dnd, 'the phone to follow')
  await ask('PUT', '/lab/phones/1001/dnd', { on: false })
  await until(async () => (await shown()) === 'Available/Available', 'Teams to follow')

  processes = family(demo.process.pid!)
  expect(processes.length).toBeGreaterThanOrEqual(2)
  demo.process.kill('SIGTERM')
  await once(demo.process, 'exit')
  await until(
    () => !processes.some(isRunning),
    () => `no process to be left: ${processes.filter(isRunning)}`,
  )
  await expect(fetch(demo.url)).rejects.toThrow()
})

test('Outcome: clicked in a browser: a call, do not disturb in Teams, cleared at the phone, set at the phone, cleared in Teams', async () => {
  demo = await start('npm', ['start', '--', '--port', String(await findFreePort())])
  const { label, dnd, shown } = remote(demo)
  await until(async () => (await label()) === 'Available', 'Anna to be heard')
  const browser = await openBrowser()
  try {
    const { page, close } = await browser.open(demo.url)
    await page.getByText('Anna Keller').first().click()
    const teams = page.getByRole('region', { name: 'Teams', exact: true })
    const phone = page.getByRole('region', { name: 'Phone' })
    await page.getByRole('button', { name: 'Call out' }).click()
    await teams.getByText('In a call', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Hang up' }).click()
    await teams.getByText('Available', { exact: true }).first().waitFor()

    await page.getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Do not disturb' }).click()
    await phone.getByText('The key is lit').waitFor()
    await phone.getByRole('switch', { name: 'Do not disturb' }).click()
    await until(async () => !(await dnd()) && (await shown()) === 'Available/Available', 'Teams to follow')

    await phone.getByRole('switch', { name: 'Do not disturb' }).click()
    await teams.getByText('Do not disturb', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Reset status' }).click()
    await until(async () => !(await dnd()), 'the phone to follow')
    await close()
  } finally {
    await browser.close()
  }
  demo.process.kill('SIGTERM')
  await once(demo.process, 'exit')
})

test('Outcome: the lab ends with the demo, however the demo ends', async () => {
  demo = await start(process.execPath, ['bin/hookswitch.js', 'demo', '--port', '0'])
  processes = family(demo.process.pid!)
  expect(processes).toHaveLength(2)
  demo.process.kill('SIGKILL')
  await until(() => !processes.some(isRunning), 'the lab to end')
})
