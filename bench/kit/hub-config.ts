import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabAddresses } from '../lab/stage.ts'
import { storeSchema } from './store-url.ts'
import {
  agentId,
  agentToken,
  clientId,
  clientSecret,
  entraTenantId,
  tenantId,
  type WorldSize,
} from './world.ts'

export interface HubPlan extends WorldSize {
  readonly addresses: LabAddresses
  /** Directory of its own, for the configuration and the data. */
  readonly path: string
  /** Settings of the Teams connectors beside their addresses and credentials. */
  readonly teams?: Readonly<Record<string, unknown>>
  /** The store is the PostgreSQL of HOOKSWITCH_BENCH_STORE_URL instead of SQLite. */
  readonly postgresql?: boolean
  /** One agent for each tenant tells the calls, in the place of PBXs. */
  readonly agents?: boolean
  /** One of several hubs. */
  readonly cluster?: { readonly node: string; readonly nats: string }
}

/**
 * Writes the configuration as an administrator would: everybody from the directories, matched by mail; calls and do
 * not disturb linked both ways; everything else at its default. JSON is YAML as well. Returns the file.
 */
export function writeHubConfig(plan: HubPlan): string {
  const config = {
    http: { host: '127.0.0.1', port: 0, ...(plan.cluster && { tokens }) },
    store: storeOf(plan),
    log: { level: 'warn' },
    ...(plan.cluster && { cluster: { node: plan.cluster.node, nats: { servers: [plan.cluster.nats] } } }),
    tenants: Array.from({ length: plan.tenants }, (_, tenant) => tenantConfig(plan, tenant)),
  }
  mkdirSync(plan.path, { recursive: true })
  const file = join(plan.path, 'hookswitch.yaml')
  writeFileSync(file, JSON.stringify(config, null, 2))
  return file
}

/** Several hubs want one; nobody asks with it. */
const tokens = [{ name: 'bench', token: 'bench-not-a-real-token', scopes: ['admin'] }]

function storeOf({ postgresql }: HubPlan): Readonly<Record<string, unknown>> {
  if (!postgresql) return { kind: 'sqlite', path: './data' }
  const url = `\${env:HOOKSWITCH_BENCH_STORE_URL}`
  return { kind: 'postgresql', path: './data', url, schema: storeSchema, tls: 'off' }
}

function tenantConfig(plan: HubPlan, tenant: number): Readonly<Record<string, unknown>> {
  const { graphUrl, loginUrl, amiPorts } = plan.addresses
  const agents = [{ id: agentId, token: agentToken, addresses: ['*'] }]
  const site = { id: 'pbx1', type: 'agent', writes: 'nothing', agents }
  const pbxs = amiPorts[tenant]!.map((port, index) => ({
    id: `pbx${index + 1}`,
    type: 'asterisk',
    host: '127.0.0.1',
    port,
    username: 'hookswitch',
    secret: 'lab-secret',
    context: 'ext-local',
    flavour: 'freepbx',
  }))
  const entra = { entraTenantId: entraTenantId(tenant), clientId, clientSecret }
  const teams = { id: 'teams', type: 'teams', ...entra, graphUrl, loginUrl, ...plan.teams }
  return {
    id: tenantId(tenant),
    connectors: [teams, ...(plan.agents ? [site] : pbxs)],
    people: { from: 'directory' },
    links: pbxs.flatMap(({ id }) => [
      { from: id, to: 'teams' },
      ...(plan.agents ? [] : [{ from: 'teams', to: id }]),
    ]),
  }
}
