import { stringify } from 'yaml'
import { labAmiUser } from '../../lab/asterisk/server.ts'
import { sample, sampleTenant } from '../../lab/sample.ts'

/** Where the parts of a running lab are, as `hookswitch lab --json` prints it. */
export interface LabPlaces {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  /** host:port */
  readonly ami: string
  readonly sip: string
}

/** Accounts of the emulated systems. They protect nothing. */
export const labAccounts = {
  ami: { username: labAmiUser.username, secret: labAmiUser.secret, context: 'ext-local' },
  sip: { username: 'hookswitch', password: 'lab-password', domain: 'lab.example' },
} as const

/** A configuration for a hub beside the lab: Teams and the phones of a dozen people, linked both ways. */
export function labConfig(places: LabPlaces, hub: { readonly port: number; readonly data: string }): string {
  const [host, port] = places.ami.split(':')
  const { entraTenantId, clientId, clientSecret } = sample
  return stringify({
    http: { host: '127.0.0.1', port: hub.port },
    store: { kind: 'sqlite', path: hub.data },
    tenants: [
      {
        id: 'contoso',
        connectors: [
          {
            id: 'teams',
            type: 'teams',
            entraTenantId,
            clientId,
            clientSecret,
            graphUrl: places.graphUrl,
            loginUrl: places.loginUrl,
          },
          { id: 'pbx', type: 'asterisk', host, port: Number(port), ...labAccounts.ami },
        ],
        people: (sampleTenant().people ?? []).map(({ upn, displayName, extensions }) => ({
          upn,
          name: displayName,
          addresses: { pbx: extensions },
        })),
        links: [
          { from: 'pbx', to: 'teams' },
          { from: 'teams', to: 'pbx' },
        ],
      },
    ],
  })
}
