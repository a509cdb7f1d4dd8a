import { configText, type HubSettings } from '../e2e/config.ts'
import { passwordOf } from '../support/kamailio.ts'
import type { ClusterPerson } from './people.ts'

export const adminToken = 'of-the-whole-cluster-1'

/** What the lab prints when it has started. */
export interface Places {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  readonly ami: string
  readonly sip: string
}

export interface NodeText {
  readonly name: string
  readonly port: number
  readonly store: object
  readonly servers: readonly string[]
  readonly people: readonly ClusterPerson[]
  /** The tenants are in the store, none at first. */
  readonly isStored?: boolean | undefined
  /** The address of what stands before all hubs. */
  readonly publicUrl?: string | undefined
  /** More connectors of the first tenant. */
  readonly more: readonly object[]
  /** Where the phone system of the first tenant is. */
  readonly site: string | undefined
  /** A Kamailio, for people with an address `lamps`. */
  readonly kamailio?: { readonly port: number; readonly domain: string }
}

type Written = Record<string, unknown>

/** What one hub of several is started with; all have the same tenants. */
export function clusterText(places: Places, about: NodeText): string {
  const { name, port, store, servers, people, isStored, more, site } = about
  const tokens = [{ name: 'test', token: adminToken, scopes: ['admin'] }]
  const one = read(places, { data: './data', port, tokens, store: { kind: 'postgresql', ...store } })
  const tenants = [...new Set(people.map(({ tenant }) => tenant))].sort()
  const configuration = isStored ? 'stored' : 'file'
  return JSON.stringify({
    ...one,
    ...(about.publicUrl !== undefined && { http: { ...one.http, publicUrl: about.publicUrl } }),
    cluster: { node: name, configuration, nats: { servers } },
    tenants: isStored
      ? []
      : tenants.map((id, index) => {
          const { connectors, ...tenant } = tenantOf(places, id, about) as { connectors: object[] }
          if (index > 0) return { ...tenant, connectors }
          // By its name, which stays in the configuration of a hub that reaches other services elsewhere.
          const atSite = { site, host: 'localhost' }
          const placed = connectors.map((one) => ('host' in one && site ? { ...one, ...atSite } : one))
          return { ...tenant, connectors: [...placed, ...more] }
        }),
  })
}

/** A tenant as it is written in a configuration. */
export function tenantOf(
  places: Places,
  id: string,
  { people, kamailio }: Pick<NodeText, 'people' | 'kamailio'>,
): Written {
  const own = people.filter((person) => person.tenant === id)
  const lamps = kamailio && {
    ...{ server: `127.0.0.1:${kamailio.port}`, transport: 'tcp', domain: kamailio.domain },
    ...{ username: 'hub', password: passwordOf('hub') },
  }
  const isSip = lamps !== undefined && own.every(({ addresses }) => 'lamps' in addresses)
  const more = isSip ? { lamps, links: [{ from: 'lamps', to: 'teams' }] } : {}
  const [tenant] = read(places, { data: '', ...more }).tenants
  return { ...tenant, id, people: own.map(({ upn, addresses }) => ({ upn, addresses })) }
}

function read(
  places: Places,
  settings: Omit<HubSettings, 'people'>,
): { readonly http: Written; readonly tenants: readonly Written[] } {
  const addresses = { ami: places.ami, sip: places.sip }
  return JSON.parse(configText({ ...places, addresses }, { ...settings, people: [] }))
}

/** Every place of this machine that a configuration names. */
const place = /(127\.0\.0\.1:|"host":"127\.0\.0\.1","port":)(\d+)/g

/** Ports of the services that a configuration names, but the hub's own. */
export function portsIn(text: string, own: number): readonly number[] {
  const all = [...text.matchAll(place)].map(([, , port]) => Number(port))
  return [...new Set(all)].filter((port) => port !== own)
}

/** The same configuration where the services are found at other ports; undefined leaves one as it is. */
export function movePorts(text: string, at: (port: number) => number | undefined): string {
  return text.replace(place, (_, before, port) => `${before}${at(Number(port)) ?? port}`)
}
