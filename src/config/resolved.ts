import { dirname, resolve as resolvePath } from 'node:path'
import type { Row } from '../core/policy.ts'
import { parsePresence } from '../core/presence.ts'
import type { HookswitchConfig } from './schema.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]
type WrittenLink = WrittenTenant['links'][number]

export interface ConnectorConfig {
  readonly id: string
  readonly type: string
  /** The connector's own slice, as its `configSchema` describes it: without `id` and `type`, secrets resolved. */
  readonly settings: Readonly<Record<string, unknown>>
}

export interface PersonConfig {
  readonly upn: string
  readonly name?: string
  readonly mail?: string
  readonly aliases: readonly string[]
  /** Per connector id. */
  readonly addresses: Readonly<Record<string, readonly string[]>>
  readonly sync: boolean
}

export type LinkConfig = Readonly<Omit<WrittenLink, 'table'>> & {
  /** Own rows in the place of the preset's. */
  readonly table?: readonly Row[]
}

export interface TenantConfig {
  readonly id: string
  readonly connectors: readonly ConnectorConfig[]
  /** The people listed; empty with `directory`. */
  readonly people: readonly PersonConfig[]
  /** Present with `people: { from: directory }`: who is never synchronised, by UPN. */
  readonly directory?: { readonly except: readonly string[] }
  readonly syncShared: boolean
  readonly links: readonly LinkConfig[]
}

/** A configuration that can be run: valid, complete, every secret at hand. Not for printing. */
export interface ResolvedConfig {
  readonly http: HookswitchConfig['http']
  /** `path` is absolute. */
  readonly store: HookswitchConfig['store']
  readonly log: HookswitchConfig['log']
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
  if (!Array.isArray(people)) return { people: [], directory: { except: people.except } }
  return {
    people: people.map((person) => ({
      ...person,
      addresses: Object.fromEntries(
        Object.entries(person.addresses).map(([connector, one]) => [connector, [one].flat()]),
      ),
    })),
  }
}

function resolveTenant(tenant: WrittenTenant): TenantConfig {
  return {
    id: tenant.id,
    connectors: tenant.connectors.map(({ id, type, ...settings }) => ({ id, type, settings })),
    ...resolvePeople(tenant.people),
    syncShared: tenant.syncShared,
    links: tenant.links.map(resolveLink),
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
    store: { ...written.store, path: resolvePath(dirname(file), written.store.path) },
    log: written.log,
    tenants: written.tenants.map(resolveTenant),
    secrets,
  }
}
