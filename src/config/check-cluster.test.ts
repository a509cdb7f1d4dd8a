import { expect, test } from 'vitest'
import { checkCluster } from './check-cluster.ts'
import type { HookswitchConfig } from './schema.ts'

const whole = {
  cluster: { node: 'one', nats: { servers: ['nats://one:4222'], prefix: 'hookswitch' } },
  store: { kind: 'postgresql' },
  http: { tokens: [{ name: 'one' }] },
} as unknown as HookswitchConfig
const check = (other: object) =>
  checkCluster({ ...whole, ...other } as HookswitchConfig, () => true).map(({ message }) => message)

test('a cluster wants a shared store, tokens, and an account with its password', () => {
  expect(check({})).toEqual([])
  expect(check({ cluster: undefined, store: { kind: 'sqlite' } })).toEqual([])
  expect(check({ store: { kind: 'sqlite' } })).toEqual([expect.stringContaining('several hubs can share')])
  expect(check({ http: { tokens: [] } })).toEqual([expect.stringContaining('API tokens')])
  expect(check({ signIn: { providers: [{}] } })).toEqual([])
  const stored = { cluster: { ...whole.cluster, configuration: 'stored' } }
  const frame = { tenants: [], applications: [], signIn: { providers: [] }, alerts: { webhooks: [] } }
  expect(check({ ...stored, ...frame })).toEqual([])
  const much = { tenants: [{}], applications: [{}], signIn: { providers: [{}] }, alerts: { mail: {} } }
  expect(check({ ...stored, ...much })).toHaveLength(4)
  const nats = (other: object) => ({ cluster: { node: 'one', nats: { servers: [], ...other } } })
  expect(check(nats({ user: 'hub' }))).toEqual([expect.stringContaining('without a password')])
  expect(check(nats({ user: 'hub', password: 'hub' }))).toEqual([])
})
