import type { ConfigWarning } from '../core/config-port.ts'
import type { Finding } from '../core/connector.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import type { ResolvedConfig, TenantConfig } from './resolved.ts'

interface Place {
  readonly tenant: string
  readonly connector: string
  readonly site: string | undefined
}

/** Connectors that sign in to one system as one client. */
interface SharedClient {
  readonly title: string
  readonly places: readonly Place[]
}

type Naming = 'clientsOf' | 'countedAs'

function findAll(tenants: readonly TenantConfig[], types: ConnectorTypes, by: Naming) {
  const byClient = new Map<string, { title: string; places: Place[] }>()
  for (const tenant of tenants) {
    for (const { id, type, settings, site } of tenant.connectors) {
      const found = findType(types, type)
      for (const client of found?.[by]?.(settings) ?? []) {
        const known = byClient.get(client) ?? { title: found?.manifest?.title ?? type, places: [] }
        known.places.push({ tenant: tenant.id, connector: id, site })
        byClient.set(client, known)
      }
    }
  }
  return byClient
}

function findShared(
  tenants: readonly TenantConfig[],
  types: ConnectorTypes,
  by: Naming = 'clientsOf',
): readonly SharedClient[] {
  return [...findAll(tenants, types, by).values()].filter(({ places }) => places.length > 1)
}

const tenantsOf = (places: readonly Place[]) => [...new Set(places.map(({ tenant }) => tenant))]

/**
 * Ids of tenants that are to be at one hub, since they sign in somewhere as one client: its token and its limits hold for them together.
 * What runs at a site shares with nobody here. A tenant may be in several lists.
 */
export function listTogether(
  tenants: readonly TenantConfig[],
  types: ConnectorTypes,
): readonly (readonly string[])[] {
  const shared = findShared(tenants, types)
  const here = shared.map(({ places }) => tenantsOf(places.filter(({ site }) => site === undefined)))
  return here.filter((ids) => ids.length > 1)
}

/** Ids of the tenants whose connectors are counted as one client, by its name: each hub that has some of them takes its part. */
export function listCounted(
  tenants: readonly TenantConfig[],
  types: ConnectorTypes,
): ReadonlyMap<string, readonly string[]> {
  const all = [...findAll(tenants, types, 'countedAs')]
  return new Map(all.map(([client, { places }]) => [client, tenantsOf(places)]))
}

/**
 * The same names of connectors that sign in with the operator's application: which organisation has consented is known where the tenant
 * runs, and is not in the configuration.
 */
export function listConsented(running: readonly TenantConfig[], types: ConnectorTypes): readonly string[] {
  const consented = running.map((tenant) => ({
    ...tenant,
    connectors: tenant.connectors.filter(({ application }) => application !== undefined),
  }))
  return [...listCounted(consented, types).keys()]
}

/** What follows from one client in several places, in words: nothing in one hub, unless some of them are at sites. */
export function findSharedClients(
  { tenants, cluster }: Pick<ResolvedConfig, 'tenants' | 'cluster'>,
  types: ConnectorTypes,
): readonly Finding[] {
  return findShared(tenants, types).flatMap(({ title, places }): readonly Finding[] => {
    const names = listNames(places.map(({ tenant, connector }) => `${tenant}/${connector}`))
    if (new Set(places.map(({ tenant, site }) => site && `${tenant} ${site}`)).size > 1) {
      return [
        {
          level: 'warning',
          text: `${names} sign in to ${title} as the same client, but do not run in the same place, so each gets a token of its own and counts requests for itself`,
          fix: `Give each place a client of its own at ${title}, or let all of them run in one.`,
        },
      ]
    }
    if (!cluster || tenantsOf(places).length < 2) return []
    return [
      {
        level: 'info',
        text: `${names} sign in to ${title} as the same client, so these tenants are always at the same hub`,
        fix: `Give each tenant a client of its own at ${title} where they are to be at different hubs.`,
      },
    ]
  })
}

/** The same where a configuration is taken, about the whole installation. */
export function listClientWarnings(
  config: Pick<ResolvedConfig, 'tenants' | 'cluster'>,
  types: ConnectorTypes,
): readonly ConfigWarning[] {
  return findSharedClients(config, types).map(({ text, fix }) => ({
    tenant: '',
    text,
    ...(fix !== undefined && { fix }),
  }))
}

const mostNamed = 6

/** Without a word of any language: a page puts the sentence around it into its reader's. */
function listNames(all: readonly string[]): string {
  return [...all.slice(0, mostNamed), ...(all.length > mostNamed ? ['…'] : [])].join(', ')
}
