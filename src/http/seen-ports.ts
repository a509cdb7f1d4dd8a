import type { AccountsPort } from '../core/accounts-port.ts'
import type { AlertPort } from '../core/alert.ts'
import type { ConfigPort } from '../core/config-port.ts'
import type { ConsentPort } from '../core/consent-port.ts'
import type { HistoryPort } from '../core/history-port.ts'
import type { PausePort } from '../core/pause.ts'
import type { RosterPort } from '../core/roster-port.ts'
import type { SelfPort } from '../core/self-port.ts'
import type { SitePort } from '../core/site-port.ts'
import type { TokenPort } from '../core/token-port.ts'
import type { HubPort, PersonView } from '../core/view.ts'
import type { WebhookPort } from '../core/webhook-port.ts'
import { HttpProblem } from './problem.ts'
import type { Reach } from './reach.ts'
import type { Seen } from './route.ts'
import { accountsWithin, type OthersAccounts } from './within-accounts.ts'
import { configWithin } from './within-config.ts'
import { consentWithin, type SeenConsent } from './within-consent.ts'
import {
  alertsWithin,
  type HealthOf,
  healthWithin,
  type LatencyOf,
  latencyWithin,
  pausesWithin,
  webhooksWithin,
} from './within-duties.ts'
import { historyWithin } from './within-history.ts'
import { hubWithin } from './within-hub.ts'
import { rosterWithin } from './within-roster.ts'
import { selfWithin } from './within-self.ts'
import { sitesWithin } from './within-sites.ts'
import { type TokensSeen, tokensWithin } from './within-tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom and what the caller may concern with this request; undefined where nobody was asked who they are. */
    reach: Reach | undefined
  }
}

/** What the hub has for the API; parts that a hub has not are missing. */
export interface WholePorts {
  readonly hub: HubPort
  readonly history?: HistoryPort
  readonly alerts?: AlertPort
  readonly pauses?: PausePort<PersonView>
  readonly webhooks?: WebhookPort
  readonly latency?: LatencyOf
  readonly health?: HealthOf
  readonly accounts?: AccountsPort
  readonly consent?: ConsentPort
  readonly self?: SelfPort
  readonly configuration?: ConfigPort
  readonly issued?: TokenPort
  readonly roster?: RosterPort
  readonly sites?: SitePort | undefined
}

/** A port as it is for the reach of each request. */
function seenAs<Port>(port: Port, within: (port: Port, reach: Reach) => Port): Seen<Port> {
  return (request) => {
    if (request.reach) return within(port, request.reach)
    throw new HttpProblem(401, 'Sign in, or send a token with the header Authorization: Bearer ....')
  }
}

/** Routes get their ports from here alone, so that none can answer with more than its caller reaches. */
export function seenPorts(ports: WholePorts) {
  const { hub, history, alerts, pauses, webhooks, latency, health } = ports
  const { accounts, consent, configuration, roster, self, sites } = ports
  const within = (reach: Reach) => ({ hub: hubWithin(hub, reach), reach })
  return {
    hub: seenAs(hub, hubWithin),
    history: history && seenAs(history, (port, reach) => historyWithin(port, within(reach))),
    alerts: alerts && seenAs(alerts, alertsWithin),
    pauses: pauses && seenAs(pauses, (port, reach) => pausesWithin(port, within(reach))),
    webhooks: webhooks && seenAs(webhooks, webhooksWithin),
    latency: latency && seenAs(latency, latencyWithin),
    health: health && seenAs(health, healthWithin),
    tokens: ports.issued && seenAs<TokensSeen>(ports.issued, tokensWithin),
    configuration: configuration && seenAs(configuration, configWithin),
    accounts: accounts && seenAs<OthersAccounts>(accounts, accountsWithin),
    sites: sites && seenAs(sites, sitesWithin),
    roster: roster && seenAs(roster, rosterWithin),
    self: self && seenAs(self, (port, reach) => selfWithin(port, within(reach))),
    consent: consent && seenAs<SeenConsent>(consent, (port, reach) => consentWithin(port, within(reach))),
  }
}
