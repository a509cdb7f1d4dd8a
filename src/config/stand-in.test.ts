import { describe, expect, test } from 'vitest'
import type { Manifest } from '../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import { presetIndex } from '../presets/catalog.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { parseConfig } from './load.ts'
import type { ConfigError } from './problem.ts'
import { checkRouting } from './routing.ts'

const manifest = (id: string, change: Partial<Manifest> = {}): Manifest => ({
  id,
  title: id,
  kind: 'pbx',
  docs: 'docs/x.md',
  facets: ['dialog'],
  states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE],
  addressKind: 'extension',
  transport: 'push',
  lineRank: 0,
  ...change,
})

const slot = {
  slot: 'dnd',
  states: [DO_NOT_DISTURB, IN_A_CALL],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 2000,
} as const

const offers = { properties: { extensionsOf: { type: 'string' }, linesOf: { type: 'string' } } }
const types: ConnectorTypes = {
  teams: {
    configSchema: {},
    manifest: manifest('teams', { kind: 'collaboration', addressKind: 'entraObjectId' }),
    writes: () => [slot],
  },
  phones: { configSchema: {}, manifest: manifest('phones'), writes: () => [slot] },
  names: { configSchema: {}, manifest: manifest('names', { addressKind: 'name' }), writes: () => [slot] },
  sip: { configSchema: offers, manifest: manifest('sip'), writes: () => [] },
  silent: { configSchema: {}, manifest: manifest('silent'), writes: () => [] },
}

interface Written {
  readonly connectors: readonly Record<string, unknown>[]
  readonly people?: unknown
  readonly links?: readonly Record<string, unknown>[]
}

const teams = { id: 'teams', type: 'teams' }
const pbx = { id: 'pbx', type: 'phones' }
const lamps = { id: 'lamps', type: 'sip' }
const anna = { upn: 'anna@contoso.example', addresses: { pbx: '1001' } }
const bothWays = [
  { from: 'pbx', to: 'teams', grace: 0.5 },
  { from: 'teams', to: 'pbx' },
]

function load(written: Written) {
  const tenant = { id: 'contoso', people: [anna], links: bothWays, ...written }
  const options = { file: 'hookswitch.yaml', types, presets: presetIndex, env: {} }
  return parseConfig(JSON.stringify({ tenants: [tenant] }), options).tenants[0]!
}

/** Whose extensions each connector takes. */
const taken = (written: Written) =>
  load(written).connectors.flatMap(({ id, extensionsOf }) => (extensionsOf ? [`${id}: ${extensionsOf}`] : []))

const links = (written: Written) => load(written).links.map(({ from, to }) => `${from} to ${to}`)

describe('whose extensions a connector without addresses takes', () => {
  test('of the only other phone system, for listed people and for those of the directory', () => {
    expect(taken({ connectors: [teams, pbx, lamps] })).toEqual(['lamps: pbx'])
    expect(taken({ connectors: [lamps, teams, pbx], people: { from: 'directory' } })).toEqual(['lamps: pbx'])
  })

  test('of none where more than one could be meant, or the addresses are of another kind', () => {
    const second = { id: 'second', type: 'phones' }
    expect(taken({ connectors: [teams, pbx, second, lamps] })).toEqual([])
    expect(taken({ connectors: [teams, pbx, second, { ...lamps, extensionsOf: 'second' }] })).toEqual([
      'lamps: second',
    ])
    const named = { connectors: [teams, { id: 'pbx', type: 'names' }, lamps] }
    expect(taken(named)).toEqual([])
  })

  test('of none where addresses are given by hand, unless it is said', () => {
    const people = [anna, { upn: 'ben@contoso.example', addresses: { lamps: '1002' } }]
    expect(taken({ connectors: [teams, pbx, lamps], people })).toEqual([])
    expect(taken({ connectors: [teams, pbx, { ...lamps, linesOf: 'pbx' }], people })).toEqual(['lamps: pbx'])
    expect(taken({ connectors: [teams, pbx, { ...lamps, extensionsOf: 'pbx' }], people })).toEqual([
      'lamps: pbx',
    ])
  })

  test('of none with none, or of a type that does not offer it', () => {
    expect(taken({ connectors: [teams, pbx, { ...lamps, extensionsOf: 'none' }] })).toEqual([])
    expect(taken({ connectors: [teams, pbx, { id: 'lamps', type: 'silent' }] })).toEqual([])
  })

  test('a name that is no other phone system is refused with the nearest', () => {
    const wrong = (extensionsOf: string) => {
      try {
        load({ connectors: [teams, pbx, { ...lamps, extensionsOf }] })
      } catch (error) {
        return (error as ConfigError).message
      }
      return 'taken'
    }
    for (const name of ['pbxx', 'teams', 'lamps']) expect(wrong(name)).toContain('extensionsOf is not the id')
    expect(wrong('pbxx')).toContain('Did you mean "pbx"?')
  })
})

describe('the links of what stands in for a phone system', () => {
  test('are those of that system, settings included', () => {
    expect(links({ connectors: [teams, pbx, lamps] })).toEqual([
      'pbx to teams',
      'teams to pbx',
      'lamps to teams',
    ])
    expect(load({ connectors: [teams, pbx, lamps] }).links.map(({ grace }) => grace)).toEqual([
      ...[0.5, undefined, 0.5],
    ])
  })

  test('are its own where it has any', () => {
    const own = [...bothWays, { from: 'lamps', to: 'teams', grace: 0.7 }]
    expect(load({ connectors: [teams, pbx, lamps], links: own }).links).toHaveLength(3)
  })
})

test('check tells what was taken, and what could not be', () => {
  const said = (written: Written) => checkRouting(load(written), types)
  expect(said({ connectors: [teams, pbx, lamps] })).toContainEqual({
    level: 'ok',
    text: 'lamps watches the extensions of pbx, and speaks in its place while pbx cannot be heard; extensionsOf: none switches this off',
  })
  expect(said({ connectors: [teams, pbx, { ...pbx, id: 'second' }, lamps] })).toContainEqual({
    level: 'warning',
    text: 'lamps may see the phones of pbx or second: it is not told whose extensions to watch',
    fix: 'Set extensionsOf to one of pbx, second, or give people addresses: { lamps: ... }.',
  })
})
