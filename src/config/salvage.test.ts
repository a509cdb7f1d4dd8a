// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written in the file
import { expect, test } from 'vitest'
import type { ConnectorTypes } from './connector-types.ts'
import { ConfigError } from './problem.ts'
import { salvageConfig } from './salvage.ts'

const types: ConnectorTypes = {
  pbx: {
    configSchema: {
      type: 'object',
      required: ['host'],
      properties: {
        host: { type: 'string' },
        port: { type: 'integer', default: 5038 },
        secret: { type: 'string', secret: true },
      },
    },
  },
}

const salvage = (text: string, env: Record<string, string> = {}) =>
  salvageConfig(text, { file: '/etc/hub/hookswitch.yaml', types, env })

const connectors = (text: string) =>
  salvage(text).connectors.map(({ id, problems }) => [id, problems.map(({ path }) => path)])

const head = `store: { path: data }
tenants:
  - id: contoso
    connectors:
`

test('a connector is usable when its own part is right, whatever is wrong elsewhere', () => {
  const found = salvage(
    `${head}      - { id: a, type: pbx, host: one, secret: "\${env:A}" }
      - { id: b, type: pbx, host: two, secret: "\${env:B}" }
      - { id: c, type: pbx }
      - { id: d, type: nothing }
    people: [{ upn: 7, nonsense: true }]
    links: [{ from: a, to: nowhere, table: 5 }]
http: { port: many }
`,
    { A: 'a-secret' },
  )
  expect(found.store.path).toBe('/etc/hub/data')
  expect(found.connectors.map(({ id, problems }) => [id, problems.length])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 1],
    ['d', 1],
  ])
  expect(found.connectors[0]).toMatchObject({
    tenant: 'contoso',
    type: 'pbx',
    settings: { host: 'one', port: 5038, secret: 'a-secret' },
  })
  expect(found.secrets).toContain('a-secret')
  expect(found.connectors[1]!.problems[0]).toMatchObject({
    path: 'tenants[0].connectors[1].secret',
    line: 6,
    message: 'refers to the environment variable B, which is not set',
  })
  const elsewhere = found.problems.map(({ path }) => path)
  expect(elsewhere).toEqual(expect.arrayContaining(['http.port', 'tenants[0].people[0].upn']))
  expect(elsewhere.filter((path) => path.includes('connectors'))).toEqual([])
})

test('what stands before the first fault of syntax is relied on, what stands in it or behind is not', () => {
  const a = '      - { id: a, type: pbx, host: one }\n'
  const people = '    people:\n      - { upn: x@y, addresses: { a: "1" }\n      - { upn: z@y }\n'
  expect(connectors(head + a + people)).toEqual([['a', []]])
  expect(connectors(`${head}      - id: a\n        type: pbx\n        port 99\n        host: one\n`)).toEqual(
    [['a', expect.arrayContaining([''])]],
  )
  expect(connectors(`${head + a}      - { id: b, type: pbx, host: \${env:B} }\n`)[0]).toEqual(['a', []])
  expect(() => salvage(`http: {\n${head}${a}`)).toThrow(/store\.path is not sure/)
})

test('two connectors of one name are neither of them used', () => {
  const twins = ['one', 'two'].map((host) => `      - { id: a, type: pbx, host: ${host} }\n`).join('')
  expect(connectors(head + twins)).toEqual([
    ['a', ['tenants[0].connectors[0].id']],
    ['a', ['tenants[0].connectors[1].id']],
  ])
})

test('without a place of the data there is nothing to go by', () => {
  for (const text of ['store: { path: "${env:DATA}" }', 'store: { kind: other }', 'store: 5', '[]', '7']) {
    expect(() => salvage(text), text).toThrow(ConfigError)
  }
  expect(salvage('store: { surplus: 1 }').store.path).toBe('/etc/hub/data')
  expect(salvage('{}').connectors).toEqual([])
})
