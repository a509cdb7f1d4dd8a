import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, expect, test } from 'vitest'
import type { Io } from './command.ts'
import { main } from './main.ts'

const clientId = '2b9d6f10-8c3e-4f7a-b1d2-5e6f7a8b9c0d'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function sit() {
  const cwd = mkdtempSync(join(tmpdir(), 'hookswitch-teams-app-'))
  folders.push(cwd)
  const said: string[] = []
  const io: Io = {
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    ...{ env: {}, cwd, interactive: false },
    ask: async () => '',
    interrupted: () => new Promise(() => {}),
  }
  const as = (...args: string[]) => main(args, io)
  const run = Object.assign((...args: string[]) => as('teams-app', ...args), { as })
  return { cwd, said: () => said.join(''), run }
}

const settings = { entraTenantId: '7e0c3c5a-1f5b-4a55-9c1e-6d1f0a2b3c4d', clientId, clientSecret: 'a-secret' }
const config = (publicUrl: string) =>
  JSON.stringify({
    http: { publicUrl },
    tenants: [{ id: 'contoso', connectors: [{ id: 'teams', type: 'teams', ...settings }], people: [] }],
  })

/** Width and height of a PNG. */
const sizeOf = (bytes: Uint8Array) =>
  [16, 20].map((at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at))

test('CT-11: the package is made from the configuration, the host everywhere the same', async () => {
  const { cwd, run, said } = sit()
  writeFileSync(join(cwd, 'hookswitch.yaml'), config('https://Hub.Contoso.example:8443/'))
  expect(await run('--out', 'app.zip')).toBe(0)
  const files = unzipSync(new Uint8Array(readFileSync(join(cwd, 'app.zip'))))
  expect(Object.keys(files).sort()).toEqual(['color.png', 'de.json', 'manifest.json', 'outline.png'])
  const manifest = JSON.parse(strFromU8(files['manifest.json']!))
  expect(manifest).toMatchObject({
    id: clientId,
    staticTabs: [{ contentUrl: 'https://hub.contoso.example:8443/tab', scopes: ['personal'] }],
    validDomains: ['hub.contoso.example:8443'],
    webApplicationInfo: { id: clientId, resource: `api://hub.contoso.example:8443/${clientId}` },
  })
  expect(said()).toContain(`api://hub.contoso.example:8443/${clientId}`)
  expect([sizeOf(files['color.png']!), sizeOf(files['outline.png']!)]).toEqual([
    [192, 192],
    [32, 32],
  ])
  // Limits of Microsoft's schema, which is not at hand everywhere.
  for (const words of [manifest, JSON.parse(strFromU8(files['de.json']!))]) {
    const read = (key: string) => words[key] ?? key.split('.').reduce((at, part) => at?.[part], words)
    expect(read('name.short').length).toBeLessThanOrEqual(30)
    expect(read('description.short').length).toBeLessThanOrEqual(80)
  }
})

test('without https, or with a client id that is none, it says what to do', async () => {
  const { cwd, run, said } = sit()
  writeFileSync(join(cwd, 'hookswitch.yaml'), config('http://127.0.0.1:8080'))
  expect(await run()).not.toBe(0)
  expect(said()).toContain('http.publicUrl')
  expect(await run('--url', 'https://hub.example', '--client-id', 'x')).not.toBe(0)
  expect(said()).toContain('--client-id')
})

test('CT-11: the stored configuration of a hub that is stopped does as well, also with the operator\u2019s application', async () => {
  const { cwd, run, said } = sit()
  const stored = (publicUrl: string, text: string) => {
    const written = { ...JSON.parse(text), http: { publicUrl } }
    writeFileSync(join(cwd, 'import.yaml'), JSON.stringify(written))
    return run.as('config', 'import', 'import.yaml', '--data', 'data')
  }
  mkdirSync(join(cwd, 'data'))
  expect(await run('--data', 'data', '--out', 'none.zip')).not.toBe(0)
  expect(said()).toContain('There is no tenant yet')
  expect(await stored('https://one.example', config('')), said()).toBe(0)
  expect(await run('--data', 'data'), said()).toBe(0)
  expect(said()).toContain(`api://one.example/${clientId}`)
  const operators = {
    applications: [{ type: 'teams', clientId: clientId.replace('2b', '3c'), clientSecret: 'another-secret' }],
    tenants: [{ id: 'fabrikam', people: [], connectors: [] as object[] }],
  }
  operators.tenants[0]!.connectors.push({ id: 'teams', type: 'teams', application: 'operator' })
  expect(await stored('https://two.example', JSON.stringify(operators)), said()).toBe(0)
  expect(await run('--data', 'data'), said()).toBe(0)
  expect(said()).toContain(`api://two.example/${clientId.replace('2b', '3c')}`)
  expect(await run('--data', 'nowhere')).not.toBe(0)
  expect(said()).toContain('There is no data directory')
})

test('a schema that it is given is asked, and what does not fit is said', async () => {
  const { cwd, run, said } = sit()
  const schema = {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties: { manifestVersion: { const: '0.1' }, id: { type: 'string' } },
  }
  writeFileSync(join(cwd, 'schema.json'), JSON.stringify(schema))
  const given = ['--url', 'https://hub.example', '--client-id', clientId, '--schema', 'schema.json']
  expect(await run(...given)).not.toBe(0)
  expect(said()).toContain('/manifestVersion must be equal to constant')
  writeFileSync(join(cwd, 'schema.json'), JSON.stringify({ ...schema, properties: {} }))
  expect(await run(...given)).toBe(0)
})
