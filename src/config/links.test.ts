import { describe, expect, test } from 'vitest'
import type { Manifest, WriteSlot } from '../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, OFFLINE, PRESENTING } from '../core/presence.ts'
import { presetIndex } from '../presets/catalog.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { parseConfig } from './load.ts'
import { ConfigError } from './problem.ts'
import { checkRouting } from './routing.ts'

const slot = (states: WriteSlot['states']): WriteSlot => ({
  slot: 'session',
  states,
  neutral: OFFLINE,
  contribution: 'ownSession',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'native', lifeMs: 600_000 },
  settleMs: 15_000,
})

const manifest = (id: string, kind: Manifest['kind'], facets: Manifest['facets']): Manifest => ({
  id,
  title: id,
  kind,
  docs: 'docs/x.md',
  facets,
  states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE],
  addressKind: 'name',
  transport: 'push',
  lineRank: 0,
})

const schema = { type: 'object', properties: { linesOf: { type: 'string' } } }
const types: ConnectorTypes = {
  teams: {
    configSchema: schema,
    manifest: manifest('teams', 'collaboration', ['presence']),
    writes: () => [slot([IN_A_CALL, PRESENTING])],
  },
  phones: {
    configSchema: schema,
    manifest: manifest('phones', 'pbx', ['dialog', 'dnd']),
    writes: () => [slot([DO_NOT_DISTURB])],
  },
  lamps: {
    configSchema: schema,
    manifest: manifest('lamps', 'pbx', ['dialog']),
    writes: () => [],
  },
  crm: {
    configSchema: schema,
    manifest: manifest('crm', 'crm', ['presence']),
    writes: () => [{ ...slot([AVAILABLE, DO_NOT_DISTURB]), signsOut: true }],
  },
}

const people = [
  { upn: 'anna@contoso.example', groups: ['sales'] },
  { upn: 'ben@contoso.example', optedIn: true },
]

interface Written {
  readonly connectors?: readonly Record<string, unknown>[]
  readonly links?: readonly Record<string, unknown>[]
  readonly people?: unknown
  readonly preset?: string
}

const all = ['teams', 'phones', 'crm'].map((type) => ({ id: type, type }))

function load(written: Written) {
  const tenant = { id: 'contoso', connectors: all, people, ...written }
  const options = { file: 'hookswitch.yaml', types, presets: presetIndex, env: {} }
  return parseConfig(JSON.stringify({ tenants: [tenant] }), options).tenants[0]!
}

function faults(written: Written): string {
  try {
    load(written)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

describe('links are refused', () => {
  test.each([
    [
      'a preset there is not',
      { from: 'phones', to: 'teams', preset: 'swix' },
      /not the name of a preset\. Did you mean "swyx"/,
    ],
    [
      'X-21: a preset that has nothing to say of the direction, with what it has',
      { from: 'teams', to: 'phones', preset: 'connecttoteams' },
      /has no table for teams to phone\. It has: phone to teams/,
    ],
    [
      'X-06: a state that cannot be set there, with what can',
      { from: 'teams', to: 'phones', table: [{ act: 'set', state: 'away/away' }] },
      /table\[0\]\.state is away\/away, which cannot be set at the target\. Possible there: doNotDisturb\/doNotDisturb/,
    ],
    [
      'a condition that the source never shows, with what it shows',
      { from: 'phones', to: 'teams', table: [{ when: { availability: 'beRightBack' }, act: 'release' }] },
      /table\[0\]\.when asks for beRightBack, which phones never shows\. Possible there: .*busy\/inACall/,
    ],
    [
      'silence for something else than Teams',
      { from: 'teams', to: 'phones', silenceTeams: true },
      /silenceTeams has a meaning for links to Teams only/,
    ],
    [
      'two ways to show a call',
      { from: 'phones', to: 'teams', silenceTeams: true, callsAs: 'busy' },
      /exclude each other/,
    ],
    [
      'a group that nobody is in',
      { from: 'phones', to: 'teams', groups: ['sale'] },
      /groups\[0\] is a group that nobody belongs to\. Did you mean "sales"/,
    ],
    [
      'a person who is not there',
      { from: 'phones', to: 'teams', people: ['bea@contoso.example'] },
      /people\[0\] is not the UPN of a person/,
    ],
  ])('%s', (_, link, expected) => {
    expect(faults({ links: [link] })).toMatch(expected)
  })

  test('a preset of the tenant that does not exist', () => {
    expect(faults({ preset: 'vodja' })).toMatch(/preset is not the name of a preset\. Did you mean "vodia"/)
  })

  test('groups, and who opted in, of people from the directory', () => {
    const links = [{ from: 'phones', to: 'teams', groups: ['sales'], optedInOnly: true }]
    expect(faults({ people: { from: 'directory' }, links }).match(/cannot be told for people/g)).toHaveLength(
      2,
    )
  })

  test("UN-04, UN-19, UN-24: a link beside the vendor's own connector, in either direction", () => {
    const connectors = all.map((one) => (one.id === 'phones' ? { ...one, teamsSync: 'vendor' } : one))
    for (const link of [
      { from: 'phones', to: 'teams' },
      { from: 'teams', to: 'phones' },
    ]) {
      expect(faults({ connectors, links: [link] })).toMatch(
        /phones has teamsSync: vendor, so that two would write/,
      )
    }
    expect(faults({ connectors, links: [{ from: 'crm', to: 'teams' }] })).toBe('')
  })

  test('MM-23: long absence signs out only where a target has a logout or an Offline to be set', () => {
    const signOutAfter = 60
    expect(faults({ links: [{ from: 'teams', to: 'crm', signOutAfter }] })).toBe('')
    expect(faults({ links: [{ from: 'teams', to: 'phones', signOutAfter }] })).toMatch(
      /signOutAfter signs people out at phones, which has no logout .*Possible there: doNotDisturb/s,
    )
    const table = [{ when: {}, act: 'set', state: 'offline/offline' }]
    expect(faults({ links: [{ from: 'teams', to: 'crm', table }] })).toMatch(/cannot be set at the target/)
  })

  test('teamsSync at something that is no phone system', () => {
    const connectors = all.map((one) => (one.id === 'crm' ? { ...one, teamsSync: 'hub' } : one))
    expect(faults({ connectors })).toMatch(/teamsSync has a meaning for phone systems only/)
  })
})

const routing = (written: Written) =>
  checkRouting(load(written), types).map(({ level, text }) => `${level}: ${text}`)

describe('the routing matrix', () => {
  const chain = [
    { from: 'crm', to: 'teams' },
    { from: 'teams', to: 'phones' },
  ]

  test('says what each system reads', () => {
    const links = [{ from: 'phones', to: 'teams', groups: ['sales'], observeOnly: true }]
    expect(routing({ links })).toContain(
      'ok: teams shows what is said by: phones (observed only; groups sales), external signals',
    )
  })

  test('UN-36, X-10: names pairs that are joined by a path and have no link', () => {
    expect(routing({ links: chain })).toContain(
      'warning: phones does not show what crm says: there is a way by teams, but nothing is passed on from system to system',
    )
    expect(routing({ links: [...chain, { from: 'crm', to: 'phones' }] }).join()).not.toContain('warning')
  })

  test('asks for no link between two connectors that see the same phones', () => {
    const connectors = [...all, { id: 'lamps', type: 'lamps', linesOf: 'phones' }]
    const links = [
      { from: 'lamps', to: 'teams' },
      { from: 'teams', to: 'phones' },
    ]
    expect(routing({ connectors, links }).join()).not.toContain('warning')
  })

  test('UN-21, UN-29: says who keeps a phone system and Teams in step', () => {
    const connectors = all.map((one) => (one.id === 'phones' ? { ...one, teamsSync: 'vendor' } : one))
    expect(routing({ connectors, links: [{ from: 'crm', to: 'teams' }] }).join('\n')).toMatch(
      /kept in step by the vendor's own connector; Teams is read as carrying the calls of phones/,
    )
    expect(routing({ links: [{ from: 'phones', to: 'teams' }] }).join('\n')).toMatch(
      /a connector of the vendor between the two must be off/,
    )
  })

  test('SW-07, SW-08, SW-09, UN-02, UN-13, X-08: says that Teams rings beside a phone call, and what silencing it costs', () => {
    expect(routing({ links: [{ from: 'phones', to: 'teams' }] }).join('\n')).toMatch(
      /does not stop Teams calls from ringing/,
    )
    const silenced = routing({ links: [{ from: 'phones', to: 'teams', silenceTeams: true }] }).join('\n')
    expect(silenced).toMatch(/info: phones to teams: .*colleagues see Presenting\. Unverified/)
  })
})
