import { expect, test } from 'vitest'
import { registry } from '../apps/registry.ts'
import type { ConnectorConfig, TenantConfig } from './resolved.ts'
import {
  findSharedClients,
  listClientWarnings,
  listConsented,
  listCounted,
  listTogether,
} from './shared-clients.ts'

type Settings = ConnectorConfig['settings']
type Given = readonly [id: string, type: string, settings: Settings, site?: string]

function tenant(id: string, ...connectors: readonly Given[]): TenantConfig {
  return {
    ...{ id, people: [], syncShared: false, links: [] },
    connectors: connectors.map(([name, type, settings, site]) => ({
      ...{ id: name, type, settings },
      ...(site !== undefined && { site }),
    })),
  }
}

const secrets = {
  clientSecret: 'secret-1',
  apiKey: 'secret-2',
  password: 'secret-3',
  refreshToken: 'secret-4',
}
const { clientSecret, apiKey, password, refreshToken } = secrets
const threeCx = { url: 'https://pbx.contoso.example/', clientId: 'hookswitch', clientSecret }
const cluster = { node: 'a' } as never

/** One configuration of each type that shares something, and the same as another client. */
const clients: readonly (readonly [type: string, settings: Settings, other: Settings])[] = [
  ['3cx', threeCx, { clientId: 'other' }],
  ['3cx-queues', threeCx, { url: 'https://pbx.fabrikam.example' }],
  ['yeastar', { url: 'https://pbx.contoso.example', clientId: 'h', clientSecret }, { clientId: 'o' }],
  ['vodia', { url: 'https://pbx.contoso.example', domain: 'a', password }, { username: 'o' }],
  ['webex', { clientId: 'h', clientSecret, refreshToken }, { refreshToken: 'secret-5' }],
  ['webex-presence', { clientId: 'h', clientSecret, refreshToken }, { refreshToken: 'secret-5' }],
  [
    'netsapiens',
    { url: 'https://ns.example/ns-api/v2', domain: 'a', signIn: 'apiKey', apiKey },
    { apiKey: 'secret-5' },
  ],
  [
    'salesforce',
    { loginUrl: 'https://contoso.my.salesforce.com', clientId: 'h', clientSecret, refreshToken },
    { refreshToken: 'secret-5' },
  ],
]

test.each(clients)(
  '%s: tenants with one client are to be at one hub, others need not; its name tells no secret',
  (type, settings, other) => {
    const [one, two] = [tenant('one', ['x', type, settings]), tenant('two', ['y', type, settings])]
    const three = tenant('three', ['z', type, { ...settings, ...other }])
    expect(listTogether([one, two, three], registry)).toEqual([['one', 'two']])
    const names = registry[type]!.clientsOf!(settings).join()
    for (const secret of Object.values(secrets)) expect(names).not.toContain(secret)
  },
)

test('every connector that shares something between instances names what', () => {
  const silent = Object.entries(registry).filter(([, { clientsOf }]) => clientsOf === undefined)
  expect(silent.map(([type]) => type).toSorted()).toEqual([
    'agent',
    'asterisk',
    'asterisk-queues',
    'csta',
    'freeswitch',
    'sip',
    'teams',
    'webhook',
  ])
})

test('the phones and the queues of one 3CX are one client; what cannot be used is nobody', () => {
  const shared = listTogether(
    [tenant('one', ['phones', '3cx', threeCx]), tenant('two', ['queues', '3cx-queues', threeCx])],
    registry,
  )
  expect(shared).toEqual([['one', 'two']])
  expect(registry['3cx']!.clientsOf!({})).toEqual([])
})

test('said where several hubs have to keep tenants together, without the client', () => {
  const tenants = [tenant('one', ['pbx', '3cx', threeCx]), tenant('two', ['cx', '3cx', threeCx])]
  expect(findSharedClients({ tenants }, registry)).toEqual([])
  expect(listClientWarnings({ tenants, cluster }, registry)).toEqual([
    {
      tenant: '',
      text: 'one/pbx, two/cx sign in to 3CX as the same client, so these tenants are always at the same hub',
      fix: 'Give each tenant a client of its own at 3CX where they are to be at different hubs.',
    },
  ])
})

test('a client in two places is a fault, in one hub too: nobody could share its token', () => {
  const tenants = [
    tenant('one', ['pbx', '3cx', threeCx, 'cellar'], ['queues', '3cx-queues', threeCx]),
    tenant('two', ['pbx', '3cx', { ...threeCx, clientId: 'own' }, 'cellar']),
  ]
  const [finding, ...rest] = findSharedClients({ tenants }, registry)
  expect(finding).toMatchObject({ level: 'warning', text: expect.stringContaining('one/pbx, one/queues') })
  expect(rest).toEqual([])
  expect(listTogether(tenants, registry)).toEqual([])
})

test('tenants with one application in one organisation may be at several hubs, which know of each other', () => {
  const teams = (entraTenantId: string) =>
    ['teams', 'teams', { entraTenantId, clientId: 'H', clientSecret }] as const
  const tenants = [
    tenant('one', teams('contoso.example')),
    tenant('two', teams('Contoso.example')),
    tenant('three', teams('fabrikam.example')),
  ]
  expect(listTogether(tenants, registry)).toEqual([])
  expect([...listCounted(tenants, registry).values()]).toEqual([['one', 'two'], ['three']])
  expect([...listCounted(tenants, registry).keys()].join()).not.toContain(clientSecret)
})

test('where the operator’s application was consented to, its hub tells; the configuration of others does not', () => {
  const operated = { clientId: 'o', clientSecret, entraTenantId: 'contoso.example' }
  const one = tenant('one', ['teams', 'teams', operated])
  const two = tenant('two', [
    'teams',
    'teams',
    { clientId: 'own', clientSecret, entraTenantId: 'contoso.example' },
  ])
  const asOperator = {
    ...one,
    connectors: one.connectors.map((each) => ({ ...each, application: 'operator' as const })),
  }
  expect(listConsented([asOperator, two], registry)).toEqual([...listCounted([one], registry).keys()])
  const before = {
    ...asOperator,
    connectors: asOperator.connectors.map((each) => ({ ...each, settings: {} })),
  }
  expect(listConsented([before], registry)).toEqual([])
})
