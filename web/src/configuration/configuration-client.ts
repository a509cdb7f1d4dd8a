import type { ConfigChecked, ConfigSaved, ConfigSchemas } from '../../../src/core/config-port.ts'
import type { Finding } from '../../../src/core/connector.ts'
import { ask, HubError } from '../live/http.ts'

/** One item as the configuration has it: ids, settings, references in the place of secrets. */
export type Item = Readonly<Record<string, unknown>>

export interface ConnectorItem extends Item {
  readonly id: string
  readonly type: string
}

export interface LinkItem extends Item {
  readonly from: string
  readonly to: string
}

export interface TenantItem extends Item {
  readonly id: string
  readonly connectors?: readonly ConnectorItem[]
  readonly links?: readonly LinkItem[]
}

export interface Configuration {
  readonly source: 'file' | 'stored'
  /** Path of the file, where it is one. */
  readonly file?: string
  /** Of what is stored. */
  readonly version?: number
  readonly tenants: readonly TenantItem[]
  /** What belongs to the hub itself, by its part: `alerts`. Nothing for whoever looks after tenants alone. */
  readonly hub: Item
}

const root = '/api/v1/config'
const part = encodeURIComponent
const tenantPath = (tenant: string) => `${root}/tenants/${part(tenant)}`
const connectorPath = (tenant: string, id: string) => `${tenantPath(tenant)}/connectors/${part(id)}`

export async function readConfiguration(signal: AbortSignal): Promise<Configuration> {
  const view = (await ask(root, { signal })) as Omit<Configuration, 'tenants'> & {
    readonly config: (Item & { readonly tenants?: readonly TenantItem[] | null }) | null
  }
  const { tenants, ...hub } = view.config ?? {}
  return { ...view, tenants: tenants ?? [], hub }
}

export async function readSchemas(signal: AbortSignal): Promise<ConfigSchemas> {
  return (await ask(`${root}/schema`, { signal })) as ConfigSchemas
}

export interface Place {
  readonly tenant: string
  readonly id: string
}

/** What would be wrong if the connector were put there. */
export async function checkConnector(
  { tenant, id }: Place,
  settings: Item,
  signal: AbortSignal,
): Promise<ConfigChecked> {
  const path = `${connectorPath(tenant, id)}/problems`
  return (await ask(path, { method: 'POST', body: settings, signal })) as ConfigChecked
}

/** Throws HubError, with problems where the settings are not right. */
export async function tryConnector({ tenant, id }: Place, settings: Item): Promise<readonly Finding[]> {
  const path = `${connectorPath(tenant, id)}/check`
  const { findings } = (await ask(path, { method: 'POST', body: settings })) as {
    readonly findings: readonly Finding[]
  }
  return findings
}

async function put(path: string, body: Item, version: number | undefined): Promise<ConfigSaved> {
  const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` }
  return (await ask(path, { method: 'PUT', body, headers })) as ConfigSaved
}

/** `former` is the connector as it was read: somebody else's change of it meanwhile is not overwritten. */
export async function saveConnector(
  { tenant, id }: Place,
  settings: Item,
  read: { readonly version: number | undefined; readonly former: Item | undefined },
): Promise<ConfigSaved> {
  const path = connectorPath(tenant, id)
  try {
    return await put(path, settings, read.version)
  } catch (error) {
    if (!(error instanceof HubError) || error.status !== 412) throw error
    const now = await readConfiguration(new AbortController().signal)
    const current = now.tenants
      .find((one) => one.id === tenant)
      ?.connectors?.find((connector) => connector.id === id)
    if (JSON.stringify(current) !== JSON.stringify(read.former)) throw error
    return put(path, settings, now.version)
  }
}

export function saveTenant(tenant: TenantItem, version?: number): Promise<ConfigSaved> {
  return put(tenantPath(tenant.id), tenant, version)
}

/** Takes a tenant out. Throws HubError, 412 where somebody has saved since `version`. */
export async function removeTenant(id: string, version: number | undefined): Promise<ConfigSaved> {
  const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` }
  return (await ask(tenantPath(id), { method: 'DELETE', headers })) as ConfigSaved
}

/** People are listed, or come from the directories with addresses by hand, by UPN. */
function freePeople(people: unknown, free: (person: Item) => Item): unknown {
  if (Array.isArray(people)) return (people as readonly Item[]).map(free)
  const { addresses, ...rest } = people as { readonly addresses?: Readonly<Record<string, Item>> }
  if (!addresses) return people
  const freed = Object.entries(addresses).flatMap(([upn, own]) => {
    const { addresses: left } = free({ addresses: own }) as { readonly addresses: Item }
    return Object.keys(left).length > 0 ? [[upn, left] as const] : []
  })
  return { ...rest, addresses: Object.fromEntries(freed) }
}

/** The tenant without a connector, its links, and the addresses that people have there. */
export function withoutConnector(tenant: TenantItem, id: string): TenantItem {
  const { connectors = [], links = [], people } = tenant
  const free = (person: Item): Item => {
    const { addresses, ...rest } = person as { readonly addresses?: Item }
    if (!addresses || !(id in addresses)) return person
    const { [id]: _, ...others } = addresses
    return { ...rest, addresses: others }
  }
  return {
    ...tenant,
    connectors: connectors.filter((one) => one.id !== id),
    links: links.filter(({ from, to }) => from !== id && to !== id),
    ...(people !== undefined && { people: freePeople(people, free) }),
  }
}
