import { registry } from '../../../src/apps/registry.ts'
import { parseConfig } from '../../../src/config/load.ts'
import type { ResolvedConfig } from '../../../src/config/resolved.ts'
import { labAmiUser } from '../../../src/lab/asterisk/server.ts'
import type { Lab } from '../../../src/lab/lab.ts'
import { sample } from '../../../src/lab/sample.ts'

type Written = Record<string, unknown>

export interface PersonAddresses {
  readonly upn: string
  readonly addresses: Readonly<Record<string, string | readonly string[]>>
}

/** The people of a configuration: a list, or whoever is in the directories. */
export type ConfiguredPeople = readonly PersonAddresses[] | { readonly from: 'directory' }

/** What a test changes in the configuration of a hub beside the lab. */
export interface HubSettings {
  readonly people: ConfiguredPeople
  readonly data: string
  /** More settings of the store. */
  readonly store?: Written
  readonly port?: number
  /** More settings of the connectors. */
  readonly teams?: Written
  readonly pbx?: Written
  /** A connector `lamps` at the lab's SIP server, which sees the same phones. */
  readonly lamps?: Written
  /** A connector `queues` at the queues of the lab's PBX. */
  readonly queues?: Written
  readonly links?: readonly Written[]
  /** Of the tenant. */
  readonly preset?: string
  /** What the tenant declares about ringing. */
  readonly ring?: Written
  readonly tokens?: readonly Written[]
  /** Who is told of changes. */
  readonly webhooks?: readonly Written[]
  /** Whom the hub may connect to. */
  readonly network?: Written
}

export const bothWays: readonly Written[] = [
  { from: 'pbx', to: 'teams' },
  { from: 'teams', to: 'pbx' },
]

/** The file's content as JSON, which is YAML as well. */
export function configText(lab: Pick<Lab, 'graphUrl' | 'loginUrl' | 'addresses'>, hub: HubSettings): string {
  const { entraTenantId, clientId, clientSecret } = sample
  const [host, port] = lab.addresses.ami!.split(':')
  const teams = {
    ...{ id: 'teams', type: 'teams', entraTenantId, clientId, clientSecret },
    ...{ graphUrl: lab.graphUrl, loginUrl: lab.loginUrl, ...hub.teams },
  }
  const { username, secret } = labAmiUser
  const pbx = {
    ...{ id: 'pbx', type: 'asterisk', host, port: Number(port), username, secret, context: 'ext-local' },
    ...hub.pbx,
  }
  const lamps = hub.lamps && {
    ...{ id: 'lamps', type: 'sip', server: lab.addresses.sip, transport: 'tcp', domain: 'lab.example' },
    ...{ username: 'hookswitch', password: 'lab-password', ...hub.lamps },
  }
  const queues = hub.queues && {
    ...{ id: 'queues', type: 'asterisk-queues', host, port: Number(port), username, secret },
    ...hub.queues,
  }
  return JSON.stringify({
    http: { host: '127.0.0.1', port: hub.port ?? 0, ...(hub.tokens && { tokens: hub.tokens }) },
    ...(hub.network && { network: hub.network }),
    store: { kind: 'sqlite', path: hub.data, ...hub.store },
    tenants: [
      {
        id: 'contoso',
        connectors: [teams, pbx, lamps, queues].filter((each) => each !== undefined),
        people: hub.people,
        links: hub.links ?? bothWays,
        ...(hub.preset && { preset: hub.preset }),
        ...(hub.ring && { ring: hub.ring }),
        ...(hub.webhooks && { webhooks: hub.webhooks }),
      },
    ],
  })
}

/** As the program itself reads it. */
export function loadText(text: string): ResolvedConfig {
  return parseConfig(text, { file: 'hookswitch.yaml', types: registry, env: {} })
}
