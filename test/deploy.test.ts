import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { registry } from '../src/apps/registry.ts'
import { loadConfig } from '../src/config/load.ts'
import { type Kind, metricName } from '../src/observe/metric-names.ts'
import { presetIndex } from '../src/presets/catalog.ts'
import { dashboardPanels, monitoringQueries, seriesIn } from './support/monitoring.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const kinds: Readonly<Record<string, Kind>> = {
  count: 'counter',
  gauge: 'gauge',
  gauges: 'gauge',
  observe: 'histogram',
}

/** Every series that a hub can answer at /metrics, as the source names them. */
function exposed(): Set<string> {
  const defaults = new Registry()
  collectDefaultMetrics({ register: defaults })
  const names = new Set(['up', ...defaults.getMetricsAsArray().map(({ name }) => name)])
  for (const path of globSync('src/**/*.ts', { cwd: root }))
    for (const [, verb, said] of read(path).matchAll(/metrics\??\.(count|gauges?|observe)\(\s*'([^']+)'/g)) {
      const name = metricName(kinds[verb!]!, said!)
      names.add(name)
      if (verb === 'observe') for (const part of ['bucket', 'sum', 'count']) names.add(`${name}_${part}`)
    }
  return names
}

test('alerts and dashboard name only what a hub exposes', () => {
  const known = exposed()
  for (const query of monitoringQueries()) {
    expect(seriesIn(query), query).not.toEqual([])
    expect(seriesIn(query).filter((name) => !known.has(name))).toEqual([])
  }
  const ids = dashboardPanels().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('every alert is in the page that says what to do', () => {
  const page = read('docs/operations/failures.md')
  const alerts = read('deploy/prometheus/alerts.yaml').match(/(?<=alert: )\w+/g) ?? []
  expect(alerts.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('the compose file: what is named is there, and the hubs take its configuration', () => {
  const file = parse(read('deploy/compose/compose.yaml'), { merge: true }) as {
    services: Record<string, { secrets?: string[]; networks?: string[]; read_only?: boolean }>
    secrets: Record<string, unknown>
    networks: Record<string, unknown>
  }
  const services = Object.values(file.services)
  for (const { secrets = [], networks = [] } of services) {
    expect(secrets.filter((name) => !(name in file.secrets))).toEqual([])
    expect(networks.filter((name) => !(name in file.networks))).toEqual([])
  }
  expect(file.services['hub-1']?.read_only).toBe(true)
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-deploy-'))
  try {
    for (const name of Object.keys(file.secrets))
      writeFileSync(
        join(folder, name),
        name === 'store-url' ? 'postgresql://a:b@postgresql/presence' : 'x'.repeat(40),
      )
    const config = join(folder, 'hookswitch.yaml')
    writeFileSync(config, read('deploy/compose/hookswitch.yaml').replaceAll('/run/secrets', folder))
    const env = { HOOKSWITCH_NODE: 'hub-1' }
    const { cluster } = loadConfig({ file: config, types: registry, presets: presetIndex, env })
    const hosts = cluster?.nats.servers.map((server) => new URL(server).hostname) ?? []
    expect(hosts).toEqual(Object.keys(file.services).filter((name) => name.startsWith('nats')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
