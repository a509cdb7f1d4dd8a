import { createAccountRoutes } from './account-routes.ts'
import { createAlertRoutes } from './alert-routes.ts'
import { createConsentRoutes } from './consent-routes.ts'
import { createDayRoutes } from './day-routes.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { createEventRoutes } from './event-routes.ts'
import type { EventStreams } from './event-stream.ts'
import { createFleetRoutes } from './fleet-routes.ts'
import { createHandoverRoutes } from './handover-routes.ts'
import { createHealthRoutes } from './health-routes.ts'
import { createHistoryRoutes } from './history-routes.ts'
import type { HttpOptions } from './http-options.ts'
import { createHubRoutes } from './hub-routes.ts'
import { createLatencyRoutes } from './latency-routes.ts'
import { createManagedRoutes } from './managed-routes.ts'
import { notePauses } from './noted-pauses.ts'
import { createOidcRoutes } from './oidc-routes.ts'
import { describeApi } from './openapi.ts'
import { createOwnConsentRoutes } from './own-consent-routes.ts'
import { createPasswordRoutes } from './password-routes.ts'
import { createPauseRoutes } from './pause-routes.ts'
import { createPeopleRoutes } from './people-routes.ts'
import { createProbeRoutes } from './probe-routes.ts'
import { createReachabilityRoutes } from './reachability-routes.ts'
import { createRosterRoutes } from './roster-routes.ts'
import type { Route } from './route.ts'
import type { seenPorts } from './seen-ports.ts'
import { createSelfRoutes } from './self-routes.ts'
import { createSessionRoutes } from './session-routes.ts'
import { createSignalRoutes } from './signal-routes.ts'
import { createTabRoutes } from './tab-routes.ts'
import { createTripRoutes } from './trip-routes.ts'
import type { Veil } from './veil.ts'
import { createWebhookRoutes } from './webhook-routes.ts'

/** What is wrong, how everything works, how long changes take. */
function listHealthRoutes(
  { alerts, health, latency }: ReturnType<typeof seenPorts>,
  veil: Veil,
): readonly Route[] {
  return [
    ...(alerts ? createAlertRoutes(alerts, veil) : []),
    ...(health ? createHealthRoutes(health, veil) : []),
    ...(latency ? createLatencyRoutes(latency) : []),
  ]
}

function listConsentRoutes(
  { consent, publicUrl }: HttpOptions,
  seen: ReturnType<typeof seenPorts>,
  { isSecure: secure }: Doorkeeper,
): readonly Route[] {
  if (!consent || !seen.consent) return []
  const own = { consentOf: seen.consent, hubOf: seen.hub, publicUrl, secure }
  return [
    ...createConsentRoutes(seen.consent, publicUrl),
    ...createOwnConsentRoutes(own),
    ...createTripRoutes({ consent, publicUrl, secure }),
    ...createHandoverRoutes({ consent, publicUrl, secure }),
  ]
}

/** What routes have in common, made once for a server. */
export interface RouteParts {
  readonly seen: ReturnType<typeof seenPorts>
  readonly veil: Veil
  readonly door: Doorkeeper
  readonly streams: EventStreams
}

/** Every route of the API and the probes; of what the hub does not have there are none. */
export function listRoutes(
  options: HttpOptions,
  { seen, veil, door, streams }: RouteParts,
): readonly Route[] {
  const { configuration, providers, publicUrl } = options
  const context = { hub: seen.hub, veil, history: seen.history, configuration: configuration?.source }
  const beside = providers && { providers, publicUrl }
  const routes: readonly Route[] = [
    ...createPeopleRoutes(context),
    ...createReachabilityRoutes(context),
    ...createSignalRoutes(context),
    ...createEventRoutes(streams),
    ...createHubRoutes(context),
    ...(seen.history ? createHistoryRoutes(seen.history) : []),
    ...(seen.history ? createDayRoutes(context, seen.history) : []),
    ...(seen.pauses ? notePauses(createPauseRoutes(seen.pauses), context) : []),
    ...createFleetRoutes({ ...seen }),
    ...listHealthRoutes(seen, veil),
    ...(seen.webhooks ? createWebhookRoutes(seen.webhooks) : []),
    ...createManagedRoutes(seen, { ...options, secure: door.isSecure }),
    ...listConsentRoutes(options, seen, door),
    ...(seen.self ? createSelfRoutes(context, seen.self) : []),
    ...(options.tab ? createTabRoutes(options.tab, publicUrl) : []),
    ...createSessionRoutes(options.access, door, beside),
    ...(beside ? createOidcRoutes({ ...beside, door }) : []),
    ...(seen.accounts ? createAccountRoutes(seen.accounts) : []),
    ...(options.accounts ? createPasswordRoutes(options.accounts, door) : []),
    ...(seen.roster ? createRosterRoutes(seen.roster, seen.history) : []),
    ...createProbeRoutes({
      hub: options.hub,
      metrics: options.metrics,
      identify: (header) => door.identifyProgram(header),
    }),
  ]
  const all: readonly Route[] = [
    ...routes,
    {
      method: 'GET',
      path: '/openapi.json',
      operationId: 'describeApi',
      summary: 'This description',
      scope: undefined,
      answers: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
      handle: () => description,
    },
  ]
  const description = describeApi(all, options.version)
  return all
}
