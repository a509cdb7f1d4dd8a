import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startHub } from '../../src/apps/hub.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import { startChild, until } from './support/child.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-agent-package-'))
const token = 'a-token-of-the-desk-of-anna'
const anna = 'anna@contoso.example'

const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const at = (...names: string[]) => join(folder, ...names)
const npm = (cwd: string, ...args: string[]) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, encoding: 'utf8', stdio: 'pipe' })

/** A desktop program as somebody else writes it: a phone in a call, whose do not disturb can be set. */
const program = `
import { AgentClient, type AgentSource } from '@hookswitch/agent-client'
import type { Observation, Outcome, Publication } from '@hookswitch/agent-client/wire'

const [, , url = '', token = ''] = process.argv
let dnd = false
// @ts-expect-error: its types are there.
export const wrong: Outcome = { kind: 'done' }
const told = (): Observation[] => [
  { address: '1001', facet: { kind: 'dnd', on: dnd } },
  { address: '1001', facet: { kind: 'dialog', leg: '7', state: 'confirmed', direction: 'inbound', party: 'external' } },
]
const source: AgentSource = {
  snapshot: (addresses) => (addresses.includes('1001') ? told() : []),
  directory: () => [{ address: '1001', displayName: 'Anna Keller', mails: ['anna@contoso.example'] }],
  publish({ slot, state }: Publication): Outcome {
    dnd = state === 'doNotDisturb/doNotDisturb'
    console.log(\`set \${slot} \${state}\`)
    return { kind: 'applied' }
  },
}
const client = new AgentClient({
  url, token, source, agent: 'desk', addresses: ['1001'],
  status: (status) => console.log(status.state),
  refused: (error) => console.log(error.message),
})
client.start()
process.once('SIGTERM', () => client.stop())
`

test('G-01: the client package as it is built and packed is installed elsewhere, has its types, and speaks with a hub', async () => {
  npm(root, 'run', 'agent-client:build', '--', at('built'))
  const [packed] = JSON.parse(npm(at('built'), 'pack', '--json', '--pack-destination', folder)) as {
    filename: string
    files: { path: string }[]
  }[]
  expect(packed!.files.map(({ path }) => path).toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'client.d.ts',
    'client.js',
    'package.json',
    'publications.d.ts',
    'publications.js',
    'wire.d.ts',
    'wire.js',
  ])
  mkdirSync(at('user'))
  writeFileSync(at('user', 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  npm(at('user'), 'install', '--offline', at(packed!.filename))
  writeFileSync(at('user', 'desk.ts'), program)
  const options = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', '--strict']
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  const compiler = [join(root, 'node_modules/typescript/bin/tsc'), ...options, ...types, 'desk.ts']
  execFileSync(process.execPath, compiler, { cwd: at('user'), encoding: 'utf8', stdio: 'pipe' })

  const config = loadText(
    JSON.stringify({
      http: { host: '127.0.0.1', port: 0 },
      store: { kind: 'sqlite', path: at('data') },
      tenants: [
        {
          id: 'contoso',
          connectors: [{ id: 'pbx', type: 'agent', agents: [{ id: 'desk', token, addresses: ['1001'] }] }],
          people: [{ upn: anna, addresses: { pbx: '1001' } }],
          links: [{ from: 'api', to: 'pbx' }],
        },
      ],
    }),
  )
  const hub = await startHub(config, { log: createLog({ level: 'error' }) })
  closers.push(() => hub.stop())
  const desk = startChild(process.execPath, ['desk.js', `${hub.url}/hooks/contoso/pbx`, token], {
    cwd: at('user'),
  })
  closers.push(() => desk.kill())
  const system = () => hub.port.person(anna)!.systems.find(({ connector }) => connector === 'pbx')!
  await until(
    () => system().native?.label === 'In a call',
    () => `the call of the desk; ${desk.output()}`,
  )
  await hub.port.putSignal({ key: anna, source: 'helpdesk' }, { state: 'doNotDisturb', ttl: 600 })
  await until(
    () => system().targets.some(({ slot, status }) => slot === 'dnd' && status === 'applied'),
    () => `the phone to be silenced; ${desk.output()}`,
  )
  expect(desk.output()).toBe('connected\nset dnd doNotDisturb/doNotDisturb\n')
  await desk.stop()
  await until(() => system().native?.label !== 'In a call', 'the goodbye of the desk')
  expect(readFileSync(at('user', 'node_modules/@hookswitch/agent-client/package.json'), 'utf8')).toContain(
    '"Apache-2.0"',
  )
})
