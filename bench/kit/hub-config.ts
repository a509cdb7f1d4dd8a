import type { ResolvedConfig, TenantConfig } from '../../src/config/resolved.ts'
import type { LabAddresses } from '../lab/stage.ts'
import { clientId, clientSecret, entraTenantId, somebody, type WorldSize } from './world.ts'

export interface HubPlan extends WorldSize {
  readonly addresses: LabAddresses
  /** Data directory. */
  readonly path: string
  /** Settings of the Teams connectors beside their addresses and credentials. */
  readonly teams?: Readonly<Record<string, unknown>>
}

/**
 * As a configuration file would give it: every person listed with the extension, found in Entra by UPN; calls and do
 * not disturb linked both ways, everything else at its default.
 */
export function hubConfig(plan: HubPlan): ResolvedConfig {
  return {
    http: { host: '127.0.0.1', port: 0, tokens: [] },
    store: { kind: 'sqlite', path: plan.path },
    log: { level: 'warn' },
    tenants: Array.from({ length: plan.tenants }, (_, tenant) => tenantConfig(plan, tenant)),
    secrets: [clientSecret],
  }
}

function tenantConfig(plan: HubPlan, tenant: number): TenantConfig {
  const { graphUrl, loginUrl, amiPorts } = plan.addresses
  const pbxs = amiPorts[tenant]!.map((port, index) => ({
    id: `pbx${index + 1}`,
    type: 'asterisk',
    settings: {
      host: '127.0.0.1',
      port,
      username: 'hookswitch',
      secret: 'lab-secret',
      context: 'ext-local',
      flavour: 'freepbx',
    },
  }))
  const teams = {
    id: 'teams',
    type: 'teams',
    settings: {
      entraTenantId: entraTenantId(tenant),
      clientId,
      clientSecret,
      graphUrl,
      loginUrl,
      ...plan.teams,
    },
  }
  return {
    id: `tenant${tenant + 1}`,
    connectors: [teams, ...pbxs],
    people: Array.from({ length: plan.peoplePerTenant }, (_, index) => {
      const { upn, pbx, extension } = somebody(plan, tenant, index)
      return { upn, aliases: [], addresses: { [`pbx${pbx + 1}`]: [extension] }, sync: true }
    }),
    syncShared: false,
    links: pbxs.flatMap(({ id }) => [link(id, 'teams'), link('teams', id)]),
  }
}

function link(from: string, to: string): TenantConfig['links'][number] {
  return {
    from,
    to,
    dnd: 'follow',
    parties: ['external', 'internal', 'unknown'],
    offHook: true,
    ringing: false,
    grace: 1,
    observeOnly: false,
  }
}
