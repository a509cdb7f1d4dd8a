import { describe, expect, test } from 'vitest'
import type { Manifest, WriteSlot } from '../core/connector.ts'
import { DO_NOT_DISTURB, OFFLINE } from '../core/presence.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { configDocs } from './docs.ts'
import { parseConfig } from './load.ts'
import { sampleConfig } from './sample.ts'

const manifest = (kind: Manifest['kind'], addressKind: Manifest['addressKind']): Manifest => ({
  id: kind,
  title: `A ${kind} system`,
  kind,
  docs: `docs/connectors/${kind}.md`,
  facets: [],
  states: [],
  addressKind,
  transport: 'push',
  lineRank: 0,
})

const slot: WriteSlot = {
  slot: 'dnd',
  states: [DO_NOT_DISTURB],
  neutral: OFFLINE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 0,
}

const types: ConnectorTypes = {
  office: {
    manifest: manifest('collaboration', 'entraObjectId'),
    configSchema: {
      type: 'object',
      required: ['clientId', 'clientSecret'],
      properties: {
        clientId: { type: 'string', title: 'Client id', description: 'From the portal.' },
        clientSecret: { type: 'string', title: 'Secret', description: 'Keep it.', secret: true },
        thumbprint: { type: 'string', title: 'Thumbprint', description: 'Optional | rare.' },
      },
    },
    writes: () => [slot],
  },
  phones: {
    manifest: manifest('pbx', 'extension'),
    configSchema: {
      type: 'object',
      required: ['host'],
      properties: {
        host: { type: 'string', examples: ['10.0.0.5'], title: 'Host', description: 'Where it is.' },
        port: { type: 'integer', default: 5038, minimum: 1, title: 'Port', description: 'TCP port.' },
      },
    },
    writes: () => [slot],
  },
}

describe('the sample', () => {
  const sample = sampleConfig(types)

  test('is a valid configuration', () => {
    const config = parseConfig(sample, {
      file: '/x/h.yaml',
      types,
      env: { OFFICE_CLIENT_SECRET: 'sesame-12345' },
    })
    const tenant = config.tenants[0]!
    expect(tenant.connectors.map(({ settings }) => settings)).toEqual([
      { clientId: 'example', clientSecret: 'sesame-12345' },
      { host: '10.0.0.5', port: 5038 },
    ])
    expect(tenant.links.map(({ from, to }) => `${from} ${to}`)).toEqual(['phones office', 'office phones'])
    expect(tenant.people[1]!.addresses).toEqual({ phones: ['1002', '1052'] })
  })

  test('has a remark for each field, and what is optional commented out', () => {
    expect(sample).toContain('# Port. TCP port.\n        port: 5038')
    expect(sample).toContain('# thumbprint: example')
    expect(sample).toContain('# tokens:')
  })
})

describe('the documentation', () => {
  const docs = configDocs(types)

  test('has every field with type, default and meaning', () => {
    expect(docs).toContain('| `port` | whole number, at least 1 | `5038` | Port. TCP port. |')
    expect(docs).toContain('| `clientSecret` | secret | **required** |')
    expect(docs).toContain('Optional \\| rare.')
    expect(docs).toContain('## `tenants[].links[].table[].when`')
  })
})
