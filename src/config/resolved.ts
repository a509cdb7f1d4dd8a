import { dirname, resolve as resolvePath } from 'node:path'
import type { Row } from '../core/policy.ts'
import { parsePresence } from '../core/presence.ts'
import type { HiddenConfig } from './hidden-schema.ts'
import type { HistoryConfig } from './history-schema.ts'
import type { WrittenAddresses } from './person-schema.ts'
import type { RingConfig } from './ring-schema.ts'
import type { HookswitchConfig } from './schema.ts'
import type { WebhooksConfig } from './webhook-schema.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]
type WrittenLink = WrittenTenant['links'][number]

export interface ConnectorConfig {
  readonly id: string
  readonly type: string
  /** The connector's own slice, as its `configSchema` describes it: without `id` and `type`, secrets resolved. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Who keeps this phone system and Teams in step; the hub where it is left out. */
  readonly teamsSync?: 'hub' | 'vendor'
  /** Id of the phone system whose extensions it takes for people without an address here: both see the same phones. */
  readonly extensionsOf?: string
  /** Nothing is written there. */
  readonly readOnly?: true
  /** Name of the site where it runs; here where it is left out. */
  readonly site?: string
  /** How long what was written stays at the site without the hub; the usual time where it is left out. */
  readonly siteHoldMinutes?: number
  /** It signs in with the operator's application; what comes from there is added when it is known. */
  readonly application?: 'operator'
}

export interface PersonConfig {
  readonly upn: string
  readonly name?: string
  readonly mail?: string
  readonly aliases: readonly string[]
  /** Per connector id. */
  readonly addresses: Readonly<Record<string, readonly string[]>>
  readonly groups?: readonly string[]
  readonly optedIn?: boolean
  readonly sync: boolean
}

/** A link as written; what is left out is taken from its preset. */
export type LinkConfig = Readonly<Pick<WrittenLink, 'from' | 'to'>> &
  Readonly<Partial<Omit<WrittenLink, 'from' | 'to' | 'table'>>> & {
    /** Own rows in the place of the preset's. */
    readonly table?: readonly Row[]
  }

export interface TenantConfig {
  readonly id: string
  readonly connectors: readonly ConnectorConfig[]
  /** The people listed; empty with `directory`. */
  readonly people: readonly PersonConfig[]
  /** Present with `people: { from: directory }`: who is never synchronised, and addresses given by hand, by UPN. */
  readonly directory?: {
    readonly except: readonly string[]
    readonly addresses?: Readonly<Record<string, PersonConfig['addresses']>>
  }
  readonly syncShared: boolean
  /** For whom the hub acts at the system that asks for consent; everyone where left out. */
  readonly consent?: 'everyone' | 'optIn' | 'paired'
  /** IANA name; that of the machine where left out. A pause until the end of the day ends there. */
  readonly timeZone?: string
  /** The rules of links that name none. */
  readonly preset?: string
  /** Kept nothing where it is left out. */
  readonly history?: HistoryConfig
  /** What people may choose for themselves; nothing where it is left out. */
  readonly selfService?: WrittenTenant['selfService']
  /** Nobody is hidden where it is left out. */
  readonly hidden?: HiddenConfig
  readonly links: readonly LinkConfig[]
  /** What is declared about ringing; the defaults where it is left out. */
  readonly ring?: RingConfig
  /** Nobody is told of changes where it is left out. */
  readonly webhooks?: WebhooksConfig
}

/** A configuration that can be run: valid, complete, every secret at hand. Not for printing. */
export interface ResolvedConfig {
  readonly http: HookswitchConfig['http']
  /** As `onSite` where it is left out. */
  readonly network?: HookswitchConfig['network']
  /** There are only passwords and tokens where it is left out. */
  readonly signIn?: HookswitchConfig['signIn']
  /** `path` is absolute. */
  readonly store: HookswitchConfig['store']
  /** One of several hubs; the only one where it is left out. */
  readonly cluster?: HookswitchConfig['cluster']
  readonly log: HookswitchConfig['log']
  /** Nobody is told where it is left out. */
  readonly alerts?: HookswitchConfig['alerts']
  /** Of the operator, secrets resolved. */
  readonly applications: HookswitchConfig['applications']
  readonly tenants: readonly TenantConfig[]
  /** Every secret value, for the log to redact. */
  readonly secrets: readonly string[]
}

function resolveLink({ table, ...link }: WrittenLink): LinkConfig {
  if (table === undefined) return link
  const rows = table.map(({ when, act, state }): Row => {
    const shown = state === undefined ? undefined : parsePresence(state)
    return shown === undefined ? { when, act } : { when, act, state: shown }
  })
  return { ...link, table: rows }
}

function resolvePeople(people: WrittenTenant['people']): Pick<TenantConfig, 'people' | 'directory'> {
  if (!Array.isArray(people)) {
    const addresses = Object.fromEntries(
      Object.entries(people.addresses).map(([upn, written]) => [upn, resolveAddresses(written)]),
    )
    return { people: [], directory: { except: people.except, addresses } }
  }
  return {
    people: people.map((person) => ({ ...person, addresses: resolveAddresses(person.addresses) })),
  }
}

function resolveAddresses(written: WrittenAddresses): PersonConfig['addresses'] {
  return Object.fromEntries(Object.entries(written).map(([connector, one]) => [connector, [one].flat()]))
}

function resolveTenant(tenant: WrittenTenant): TenantConfig {
  return {
    id: tenant.id,
    connectors: tenant.connectors.map(
      ({ id, type, teamsSync, readOnly, application, site, siteHoldMinutes, ...settings }) => ({
        id,
        type,
        settings,
        ...(teamsSync && { teamsSync }),
        ...(readOnly && { readOnly }),
        ...(application && { application }),
        ...(site !== undefined && { site }),
        ...(siteHoldMinutes !== undefined && { siteHoldMinutes }),
      }),
    ),
    ...resolvePeople(tenant.people),
    syncShared: tenant.syncShared,
    consent: tenant.consent,
    ...(tenant.timeZone !== undefined && { timeZone: tenant.timeZone }),
    preset: tenant.preset,
    history: tenant.history,
    hidden: tenant.hidden,
    selfService: tenant.selfService,
    links: tenant.links.map(resolveLink),
    ring: tenant.ring,
    webhooks: tenant.webhooks,
  }
}

/** From the file as written to what the hub runs on. `file` is where it was read: relative paths count from there. */
export function resolveConfig(
  written: HookswitchConfig,
  file: string,
  secrets: readonly string[],
): ResolvedConfig {
  return {
    http: written.http,
    network: written.network,
    signIn: written.signIn,
    store: { ...written.store, path: resolvePath(dirname(file), written.store.path) },
    cluster: written.cluster,
    log: written.log,
    alerts: written.alerts,
    applications: written.applications,
    tenants: written.tenants.map(resolveTenant),
    secrets,
  }
}
