// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written in the file
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { WriteSlot } from '../core/connector.ts'
import { DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../core/presence.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { loadConfig, parseConfig } from './load.ts'
import { ConfigError } from './problem.ts'

const slot: WriteSlot = {
  slot: 'session',
  states: [IN_A_CALL, DO_NOT_DISTURB],
  neutral: OFFLINE,
  contribution: 'ownSession',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'native', lifeMs: 600_000 },
  settleMs: 15_000,
}

const types: ConnectorTypes = {
  teams: {
    configSchema: {
      type: 'object',
      required: ['clientId'],
      properties: {
        entraTenantId: { type: 'string' },
        clientId: { type: 'string', description: 'The application id.' },
        clientSecret: { type: 'string', secret: true },
        graphUrl: { type: 'string', default: 'https://graph.microsoft.com' },
        loginUrl: { type: 'string' },
      },
    },
    writes: () => [slot],
  },
  asterisk: {
    configSchema: {
      type: 'object',
      required: ['host'],
      properties: {
        host: { type: 'string' },
        port: { type: 'integer', default: 5038 },
        tls: { type: 'boolean', default: false },
        username: { type: 'string' },
        secret: { type: 'string', secret: true },
        context: { type: 'string' },
      },
    },
    writes: () => [slot],
  },
  sip: {
    configSchema: {
      type: 'object',
      properties: {
        server: { type: 'string' },
        transport: { enum: ['udp', 'tcp', 'tls'] },
        domain: { type: 'string' },
        username: { type: 'string' },
        password: { type: 'string', secret: true },
      },
    },
    writes: () => [],
  },
}

const env = { TEAMS_SECRET: 'sesame-open-wide', PBX_SECRET: 'pbx-secret-value', PBX_PORT: '5039' }

function parse(text: string, more: Record<string, string> = {}) {
  return parseConfig(text, { file: '/etc/hookswitch/hookswitch.yaml', types, env: { ...env, ...more } })
}

function problemsOf(text: string): readonly string[] {
  try {
    parse(text)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n').map((line) => line.replace('/etc/hookswitch/hookswitch.yaml', ''))
  }
  return []
}

const complete = `
http: { host: 127.0.0.1, port: 8080 }
store: { kind: sqlite, path: ./data }
tenants:
  - id: contoso
    connectors:
      - { id: teams, type: teams, entraTenantId: t, clientId: c, clientSecret: "\${env:TEAMS_SECRET}", graphUrl: http://127.0.0.1:1, loginUrl: http://127.0.0.1:2 }
      - { id: pbx, type: asterisk, host: 127.0.0.1, port: 5038, username: u, secret: "\${env:PBX_SECRET}", context: users }
      - { id: lamps, type: sip, server: "127.0.0.1:5060", transport: tcp, domain: d, username: u, password: plainpass }
    people:
      - { upn: anna@contoso.example, addresses: { pbx: "1001" } }
      - { upn: ben@contoso.example, addresses: { pbx: ["1002", "1052"] } }
    links:
      - { from: pbx, to: teams }
      - { from: teams, to: pbx }
`

const withTenant = (tenant: string) => `tenants:\n  - id: contoso\n${tenant}`
const twoConnectors = `    connectors:
      - { id: teams, type: teams, clientId: c }
      - { id: pbx, type: asterisk, host: h }
`

describe('a configuration that is right', () => {
  test('the documented shape works as it stands', () => {
    const config = parse(complete)
    const tenant = config.tenants[0]!
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8080, tokens: [] })
    expect(config.store.path).toBe('/etc/hookswitch/data')
    expect(tenant.connectors.map(({ id, type }) => `${id}:${type}`)).toEqual([
      'teams:teams',
      'pbx:asterisk',
      'lamps:sip',
    ])
    expect(tenant.connectors[0]!.settings).toMatchObject({ clientSecret: 'sesame-open-wide' })
    expect(tenant.connectors[0]!.settings).not.toHaveProperty('id')
    expect(tenant.people.map(({ addresses }) => addresses.pbx)).toEqual([['1001'], ['1002', '1052']])
    expect(tenant.links[0]).toMatchObject({
      from: 'pbx',
      to: 'teams',
      dnd: 'follow',
    })
    expect(tenant.links[0]).not.toHaveProperty('grace')
  })

  test('defaults are filled in, those of a connector too', () => {
    const config = parse(withTenant(`${twoConnectors}    people: []\n`))
    expect(config.http.port).toBe(8080)
    expect(config.log.level).toBe('info')
    expect(config.tenants[0]!.connectors[1]!.settings).toEqual({ host: 'h', port: 5038, tls: false })
  })

  test('people may come from the directory', () => {
    const config = parse(withTenant(`${twoConnectors}    people:\n      from: directory\n`))
    expect(config.tenants[0]!.directory).toEqual({ except: [], addresses: {} })
    expect(config.tenants[0]!.people).toEqual([])
  })

  test('an unquoted extension keeps its leading zero', () => {
    const config = parse(
      withTenant(`${twoConnectors}    people:\n      - { upn: a@b.example, addresses: { pbx: 0123 } }\n`),
    )
    expect(config.tenants[0]!.people[0]!.addresses.pbx).toEqual(['0123'])
  })

  test('a reference may stand for a number', () => {
    const config = parse(
      withTenant('    connectors:\n      - { id: pbx, type: asterisk, host: h, port: "${env:PBX_PORT}" }\n'),
    )
    expect(config.tenants[0]!.connectors[0]!.settings.port).toBe(5039)
  })

  test('a table of own rows is read into states', () => {
    const config = parse(
      withTenant(`${twoConnectors}    links:
      - from: pbx
        to: teams
        table:
          - { when: { activity: inACall }, act: set, state: busy/inACall }
          - { act: release }
`),
    )
    expect(config.tenants[0]!.links[0]!.table).toEqual([
      { when: { activity: 'inACall' }, act: 'set', state: IN_A_CALL },
      { when: {}, act: 'release' },
    ])
  })

  test('secrets are known for redaction, ordinary settings are not', () => {
    expect([...parse(complete).secrets].sort()).toEqual(['pbx-secret-value', 'plainpass', 'sesame-open-wide'])
  })
})

describe('a configuration that is wrong', () => {
  test('every problem is listed at once, with path and line', () => {
    const found = problemsOf(`http: { prot: 1 }
tenants:
  - id: contoso
    connectors:
      - { id: teams, type: teem, clientId: c }
      - { id: pbx, type: asterisk, prot: 5038 }
    people:
      - { upn: anna@contoso.example, addresses: { pbx: "1001" } }
      - { upn: ANNA@contoso.example, addresses: { bpx: "1001", pbx: "1001" } }
    links:
      - { from: pbx, to: pbx }
      - { from: pbx, to: taems }
`)
    expect(found).toEqual([
      ':1: http.prot is not a known key. Did you mean "port"?',
      ':5: tenants[0].connectors[0].type is not a known type of connector. Did you mean "teams"?',
      ':6: tenants[0].connectors[1].host is missing.',
      ':6: tenants[0].connectors[1].prot is not a known key. Did you mean "port"?',
      ':9: tenants[0].people[1].upn names a person who is already at tenants[0].people[0].upn. Put all addresses of one person in one entry.',
      ':9: tenants[0].people[1].addresses.bpx is not the id of a connector of this tenant. Did you mean "pbx"?',
      ':9: tenants[0].people[1].addresses.pbx gives an address that already belongs to the person at tenants[0].people[0].addresses.pbx. An address can belong to one person; a shared phone to none.',
      ':11: tenants[0].links[0] goes from a connector to itself. Link two different connectors.',
      ':12: tenants[0].links[1].to is not the id of a connector of this tenant. Did you mean "teams"?',
    ])
  })

  test.each([
    [
      'a doubled link',
      '    links:\n      - {from: pbx, to: teams}\n      - {from: pbx, to: teams}\n',
      /repeats the link at tenants\[0\]\.links\[0\]/,
    ],
    [
      'a state no target has',
      '    links:\n      - {from: pbx, to: teams, table: [{act: set, state: away/away}]}\n',
      /cannot be set at the target/,
    ],
    [
      'a state that is none',
      '    links:\n      - {from: pbx, to: teams, table: [{act: set, state: speaking}]}\n',
      /is not a state/,
    ],
    [
      'set without a state',
      '    links:\n      - {from: pbx, to: teams, table: [{act: set}]}\n',
      /state is missing/,
    ],
    [
      'release with a state',
      '    links:\n      - {from: pbx, to: teams, table: [{act: release, state: busy/busy}]}\n',
      /no meaning with act: release/,
    ],
    ['a bad UPN', '    people:\n      - {upn: anna}\n', /upn does not have the right form/],
    ['people that are text', '    people: directory\n', /people must be a list or a group of keys/],
  ])('%s', (_, part, expected) => {
    expect(problemsOf(withTenant(twoConnectors + part)).join('\n')).toMatch(expected)
  })

  test('a link to a connector that only reads', () => {
    const found = problemsOf(
      withTenant(
        '    connectors:\n      - {id: a, type: sip}\n      - {id: b, type: asterisk, host: h}\n    links:\n      - {from: b, to: a}\n',
      ),
    )
    expect(found.join()).toMatch(/links\[0\]\.to is a connector that only reads/)
  })

  test('an address open to the network needs tokens', () => {
    const found = problemsOf(`http: { host: 0.0.0.0 }\n${withTenant(twoConnectors)}`)
    expect(found.join()).toMatch(/http\.host is not a loopback address, and no API token is configured/)
  })

  test('an empty file says what is missing', () => {
    expect(problemsOf('')).toEqual([
      ': tenants is missing. The organisations this hub serves; usually one..'.replace('..', '.'),
    ])
  })
})

describe('references', () => {
  test('a missing variable is named, nothing else is said of the field', () => {
    const found = problemsOf(complete.replace('TEAMS_SECRET', 'NOT_SET'))
    expect(found).toEqual([
      ':7: tenants[0].connectors[0].clientSecret refers to the environment variable NOT_SET, which is not set. Set NOT_SET for the process that runs hookswitch.',
    ])
  })

  test('no problem prints a value', () => {
    const text = complete
      .replace('port: 5038', 'port: "${env:TEAMS_SECRET}"')
      .replace('type: sip', 'type: spi')
    const found = problemsOf(text).join('\n')
    expect(found).toMatch(/port must be a whole number, but is text/)
    expect(found).not.toContain('sesame')
    expect(found).not.toContain('plainpass')
  })

  test('an unquoted reference is explained', () => {
    expect(problemsOf('store: { path: ${env:X} }\n').join()).toMatch(/Write references in quotes/)
  })

  test('a doubled dollar stands for itself; an unknown kind is refused', () => {
    const text = (secret: string) =>
      withTenant(`    connectors:\n      - { id: pbx, type: asterisk, host: h, secret: "${secret}" }\n`)
    expect(parse(text('a$${b')).tenants[0]!.connectors[0]!.settings.secret).toBe('a$${b')
    expect(parse(text('a$${b}')).tenants[0]!.connectors[0]!.settings.secret).toBe('a${b}')
    expect(problemsOf(text('${PBX}')).join()).toMatch(/reference of a kind that is not known/)
  })

  describe('to files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-config-'))
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    test('are read from beside the configuration, without the last line break', () => {
      writeFileSync(join(folder, 'pbx.txt'), 'from a file\n')
      const text = withTenant(
        '    connectors:\n      - { id: pbx, type: asterisk, host: h, secret: "${file:pbx.txt}" }\n      - { id: two, type: asterisk, host: h, secret: "${file:gone.txt}" }\n',
      )
      const file = join(folder, 'hookswitch.yaml')
      writeFileSync(file, text)
      expect(() => loadConfig({ file, types, env })).toThrow(/gone\.txt, which does not exist/)
      writeFileSync(join(folder, 'gone.txt'), 'two')
      const connectors = loadConfig({ file, types, env }).tenants[0]!.connectors
      expect(connectors.map(({ settings }) => settings.secret)).toEqual(['from a file', 'two'])
    })
  })

  test('a missing configuration file says how to make one', () => {
    expect(() => loadConfig({ file: '/nowhere/hookswitch.yaml', types, env })).toThrow(
      /does not exist\. Make one with: hookswitch config sample.*--config FILE/,
    )
  })

  test('a folder in the place of the file is named as one', () => {
    expect(() => loadConfig({ file: tmpdir(), types, env })).toThrow(/is a folder\. Name the file in it/)
  })
})

describe('hostile files', () => {
  test('aliases that multiply are refused', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let i = 1; i < 12; i++) {
      const [last, next] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)]
      bomb.push(`${next}: &${next} [${Array(9).fill(`*${last}`).join(',')}]`)
    }
    expect(problemsOf(bomb.join('\n')).join()).toMatch(/too many aliases/)
  })

  test('depth and size are bounded', () => {
    expect(problemsOf(`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`).join()).toMatch(/nested too deeply/)
    expect(problemsOf(`# ${'x'.repeat(33 * 1024 * 1024)}`).join()).toMatch(/larger than 32 MB/)
  })

  test('a self-reference and a prototype key do no harm', () => {
    expect(problemsOf('a: &a [*a]\n').length).toBeGreaterThan(0)
    expect(problemsOf('__proto__: { x: 1 }\nconstructor: 1\n').join()).toMatch(/not a known key/)
    expect(problemsOf(withTenant('    connectors:\n      - {id: x, type: constructor}\n')).join()).toMatch(
      /not a known type/,
    )
  })
})

describe('names that mean something', () => {
  test('api is a source without a connector, and no connector may take the name', () => {
    const links = '    links:\n      - { from: api, to: teams }\n'
    expect(parse(withTenant(twoConnectors + links)).tenants[0]!.links[0]!.from).toBe('api')
    expect(
      problemsOf(withTenant(`${twoConnectors}    links:\n      - { from: teams, to: api }\n`)),
    ).toHaveLength(1)
    expect(problemsOf(withTenant('    connectors:\n      - { id: api, type: sip }\n')).join()).toMatch(
      /name of the API/,
    )
  })

  test('lines of a connector that does not exist are named', () => {
    const own: ConnectorTypes = {
      sip: { configSchema: { type: 'object', properties: { linesOf: { type: 'string' } } } },
    }
    const text = withTenant('    connectors:\n      - { id: lamps, type: sip, linesOf: lamp }\n')
    expect(() => parseConfig(text, { file: 'h.yaml', types: own, env })).toThrow(
      'h.yaml:4: tenants[0].connectors[0].linesOf is not the id of a connector of this tenant. Did you mean "lamps"?',
    )
  })

  test('a word of a union of constants is suggested', () => {
    const own: ConnectorTypes = {
      sip: {
        configSchema: {
          type: 'object',
          properties: { cloud: { anyOf: [{ const: 'global' }, { const: 'dod' }] } },
        },
      },
    }
    const text = withTenant('    connectors:\n      - { id: lamps, type: sip, cloud: globl }\n')
    expect(() => parseConfig(text, { file: 'h.yaml', types: own, env })).toThrow(
      'cloud must be one of global, dod. Did you mean "global"?',
    )
  })
})

describe('any file at all', () => {
  const keys = [
    'http',
    'tenants',
    'id',
    'connectors',
    'people',
    'links',
    'from',
    'to',
    'addresses',
    'upn',
    'table',
  ]
  const data = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(
        'teams',
        'pbx',
        'asterisk',
        '${env:TEAMS_SECRET}',
        '${file:/}',
        '${',
        'a@b',
        null,
        true,
        -1,
        0.5,
      ),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('value'), { maxKeys: 6 }),
    ),
  })).value

  test('is read, or refused with problems, and never anything else', () => {
    fc.assert(
      fc.property(data, (value) => {
        const found = problemsOf(stringify({ tenants: [value] })).concat(problemsOf(stringify(value)))
        expect(found.every((line) => line.startsWith(':'))).toBe(true)
        expect(found.join()).not.toContain('sesame')
      }),
      { numRuns: 150 },
    )
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        problemsOf(text)
      }),
      { numRuns: 300 },
    )
  })
})
