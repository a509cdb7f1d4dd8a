import { expect, test } from 'vitest'
import type { PersonConfig, TenantConfig } from '../../config/resolved.ts'
import type { DirectoryEntry, Manifest } from '../../core/connector.ts'
import type { System } from '../../engine/system.ts'
import { drawUpRoster } from './people.ts'
import type { Directories } from './roster/directory-people.ts'

const instance = { start: async () => {}, stop: async () => {}, follow: () => {}, resync: () => {} }

function system(id: string, change: Partial<Manifest> = {}): System {
  const manifest: Manifest = {
    ...{ id, title: id, docs: '', facets: [], states: [], transport: 'push', lineRank: 10 },
    ...{ kind: 'pbx', addressKind: 'extension' },
    ...change,
  }
  return { tenant: 'contoso', id, manifest, slots: [], instance, lines: id === 'teams' ? id : 'pbx' }
}

const lamps = system('lamps')
const pbx = system('pbx', { lineRank: 20 })
const teams = system('teams', { kind: 'collaboration', addressKind: 'entraObjectId' })

const person = (name: string, addresses: PersonConfig['addresses']): PersonConfig => ({
  upn: `${name}@contoso.example`,
  aliases: [],
  addresses,
  sync: true,
})

function tenant(change: Partial<TenantConfig>): TenantConfig {
  const connectors = [
    { id: 'lamps', type: 'sip', settings: {}, extensionsOf: 'pbx' },
    ...['pbx', 'teams'].map((id) => ({ id, type: id, settings: {} })),
  ]
  return { id: 'contoso', connectors, people: [], syncShared: false, links: [], ...change }
}

/** Where everyone is, as `connector address line`. */
function roster(of: TenantConfig, directories: Directories = new Map()) {
  const { people, problems } = drawUpRoster(of, [lamps, pbx, teams], directories)
  const places = people.map(({ upn, addresses }) => [
    upn.split('@')[0],
    ...addresses.map(({ connector, address, line }) => `${connector} ${address} ${line.replace('\n', ':')}`),
  ])
  return { places, problems: [...problems.values()].flat().map(({ who, reason }) => `${who} ${reason}`) }
}

test('a connector that takes the extensions of another one sees the same lines, also when it is written first', () => {
  const people = [person('anna', { pbx: ['1001'] }), person('ben', { pbx: ['1002', '1052'] })]
  expect(roster(tenant({ people })).places).toEqual([
    ['anna', 'pbx 1001 pbx:1001', 'lamps 1001 pbx:1001'],
    ['ben', ...['pbx 1002 pbx:1002', 'pbx 1052 pbx:1052', 'lamps 1002 pbx:1002', 'lamps 1052 pbx:1052']],
  ])
})

test('an address given by hand wins, whoever else would take it', () => {
  const people = [person('anna', { pbx: ['1001'] }), person('ben', { pbx: ['1002'], lamps: ['1001'] })]
  const { places, problems } = roster(tenant({ people }))
  expect(places).toEqual([
    ['anna', 'pbx 1001 pbx:1001'],
    ['ben', 'pbx 1002 pbx:1002', 'lamps 1001 pbx:1001'],
  ])
  expect(problems).toEqual(['anna@contoso.example lamps 1001 already belongs to ben@contoso.example'])
})

test('people of the directory are watched at the extensions that were found for them', () => {
  const entry = (address: string, mail: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
    ...{ address, mails: [mail], aliases: [] },
    ...more,
  })
  const anna = 'anna@contoso.example'
  const directories = new Map([
    ['pbx', [entry('1001', anna), entry('1090', 'lobby@contoso.example', { shared: true })]],
    [
      'teams',
      [
        entry('a', anna, { upn: anna }),
        entry('l', 'lobby@contoso.example', { upn: 'lobby@contoso.example' }),
      ],
    ],
  ])
  const { places } = roster(tenant({ directory: { except: [] } }), directories)
  expect(places).toEqual([
    ['anna', 'pbx 1001 pbx:1001', 'teams a teams:a', 'lamps 1001 pbx:1001'],
    ['lobby', 'teams l teams:l'],
  ])
})

test('a phone of several people is flagged, and kept in step only where it is asked for', () => {
  const entry = (address: string, mail: string, more: Partial<DirectoryEntry>): DirectoryEntry => ({
    ...{ address, mails: [mail], aliases: [] },
    ...more,
  })
  const phones = [
    entry('1001', 'anna@contoso.example', { hotDesk: true }),
    entry('1002', 'ben@contoso.example', { shared: true }),
  ]
  const flags = (change: Partial<TenantConfig>) => {
    const { people, sharedPhones } = drawUpRoster(tenant(change), [pbx], new Map([['pbx', phones]]))
    return [people.map(({ addresses }) => addresses.length), Object.fromEntries(sharedPhones)]
  }
  const [anna, ben] = [person('anna', {}), person('ben', {})]
  const flag = (address: string, kind: string, synced: boolean) => [
    { connector: 'pbx', address, kind, synced },
  ]
  const both = (synced: boolean) => ({
    'anna@contoso.example': flag('1001', 'hotDesk', synced),
    'ben@contoso.example': flag('1002', 'shared', synced),
  })
  expect(flags({ people: [anna, ben] })).toEqual([[0, 0], both(false)])
  expect(flags({ people: [anna, ben], syncShared: true })).toEqual([[1, 1], both(true)])
  expect(flags({ people: [person('anna', { pbx: ['1001'] }), person('ben', { pbx: ['1002'] })] })).toEqual([
    [1, 1],
    both(true),
  ])
})
