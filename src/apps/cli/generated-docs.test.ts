import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { configDocs } from '../../config/docs.ts'
import { parseConfig } from '../../config/load.ts'
import { sampleConfig } from '../../config/sample.ts'
import { connectorDocs } from '../connector-page.ts'
import { registry } from '../registry.ts'
import { exitCodeDocs } from './exit-codes.ts'

const read = (page: string) => readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8')

test('docs/config.md is what the schema says (else: npx hookswitch config docs > docs/config.md)', () => {
  expect(read('config.md')).toBe(configDocs(registry))
})

test('docs/connectors/README.md is what the manifests say (else: npx hookswitch connectors docs > docs/connectors/README.md)', () => {
  expect(read('connectors/README.md')).toBe(connectorDocs(registry))
})

test.each(Object.entries(registry))(
  'the manifest of %s tells how sure and how fast it is',
  (_, { manifest }) => {
    const { facets, maturity } = manifest
    expect(Object.keys(maturity?.latencyMs ?? {}).toSorted()).toEqual(facets.toSorted())
    expect([maturity?.evidence.length, maturity?.testedAgainst.length]).not.toContain(0)
  },
)

test('docs/exit-codes.md is what the program does', () => {
  expect(read('exit-codes.md')).toBe(exitCodeDocs())
})

test('the sample configuration is valid for the connectors there are', () => {
  const env = new Proxy({}, { get: () => 'a-secret-of-some-length' })
  const config = parseConfig(sampleConfig(registry), { file: 'hookswitch.yaml', types: registry, env })
  expect(config.tenants[0]!.connectors.map(({ type }) => type)).toEqual(Object.keys(registry))
  expect(config.tenants[0]!.links.length).toBeGreaterThan(1)
})
