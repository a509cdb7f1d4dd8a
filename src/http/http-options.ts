import type { AccessPort } from '../core/access.ts'
import type { AccountsPort } from '../core/accounts-port.ts'
import type { AlertPort } from '../core/alert.ts'
import type { ConfigPort } from '../core/config-port.ts'
import type { ProgramSocket } from '../core/connector.ts'
import type { ConsentPort } from '../core/consent-port.ts'
import type { Elsewhere } from '../core/elsewhere.ts'
import type { HistoryPort } from '../core/history-port.ts'
import type { LinkLatency } from '../core/latency.ts'
import type { PausePort } from '../core/pause.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { ProviderPort } from '../core/provider-port.ts'
import type { RosterPort } from '../core/roster-port.ts'
import type { SelfPort } from '../core/self-port.ts'
import type { SitePort } from '../core/site-port.ts'
import type { TabPort } from '../core/tab-port.ts'
import type { TokenPort } from '../core/token-port.ts'
import type { HubPort, PersonView } from '../core/view.ts'
import type { WebhookPort } from '../core/webhook-port.ts'
import type { ApiToken } from './authorize.ts'
import type { DeliveryPort } from './hook-routes.ts'
import type { GroupsOf } from './reach.ts'
import type { HealthOf } from './within-duties.ts'

export interface HttpOptions {
  readonly hub: HubPort
  /** History, versions of the rules, audit log; without it their routes are missing. */
  readonly history?: HistoryPort
  /** Whether a person is hidden from a group of viewers; nobody is where it is left out. */
  readonly isHidden?: (
    person: { readonly tenant: string; readonly id: string },
    viewer: string | undefined,
  ) => boolean
  /** The groups of a person; nobody has any where it is left out. */
  readonly groupsOf?: GroupsOf
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly tokens: readonly ApiToken[]
  /** Of the command line that can read the data directory. */
  readonly commandToken?: string
  /** People who sign in; without it there are only tokens. */
  readonly access?: AccessPort
  /** Those with a password; without it the API does not look after them. */
  readonly accounts?: AccountsPort
  /** Providers where they may sign in. */
  readonly providers?: ProviderPort
  /** How browsers reach the hub through a proxy: `https://hub.contoso.example`. */
  readonly publicUrl?: string
  /** What to say, without secrets, of an error that the same request may not meet later; undefined for any other. */
  readonly whyUnavailable?: (error: unknown) => string | undefined
  readonly clock: Clock
  readonly log: Log
  /** Of the hub, for the API description. */
  readonly version: string
  /** The built board; without it / answers 404. */
  readonly staticDir?: string
  /** What connected systems deliver; without it nothing is taken. */
  readonly deliveries?: DeliveryPort
  /** The lab's control address, in the demo only. */
  readonly labUrl?: string
  readonly alerts?: AlertPort
  readonly pauses?: PausePort<PersonView>
  readonly webhooks?: WebhookPort
  readonly configuration?: ConfigPort
  /** Tokens that are made while the hub runs; without it there are those of the configuration alone. */
  readonly issued?: TokenPort
  /** Whether what others have revoked is known here; where it is not, sessions and made tokens are not taken. */
  readonly isSure?: () => boolean
  readonly consent?: ConsentPort
  /** Programs near phone systems that run connectors for this hub. */
  readonly sites?: { readonly port: SitePort; readonly accept: (socket: ProgramSocket) => void }
  readonly roster?: RosterPort
  readonly self?: SelfPort
  readonly tab?: TabPort
  /** Of one tenant, or of all. */
  readonly latency?: (tenant: string | undefined) => readonly LinkLatency[]
  /** How the hub and each system work just now. */
  readonly health?: HealthOf
  /** Of several hubs: which have the tenants that this one has not. */
  readonly elsewhere?: Elsewhere
  /** Prometheus text. */
  readonly metrics?: () => Promise<string>
  /** How often an idle event stream gets a comment, milliseconds. */
  readonly heartbeatMs?: number
}
