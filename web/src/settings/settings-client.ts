import type { ConfigChecked, ConfigSaved, KeyReport } from '../../../src/core/config-port.ts'
import type { IssuedToken, TokenWish } from '../../../src/core/token-port.ts'
import type { Delivery, FailedEvent, WebhookTrial, WebhookView } from '../../../src/core/webhook-port.ts'
import { ask, HubError } from '../live/http.ts'

const root = '/api/v1'

/** Undefined where the hub makes none. */
export async function readTokens(signal: AbortSignal): Promise<readonly IssuedToken[] | undefined> {
  try {
    return ((await ask(`${root}/tokens`, { signal })) as { readonly tokens: readonly IssuedToken[] }).tokens
  } catch (error) {
    if (error instanceof HubError && error.status === 404) return undefined
    throw error
  }
}

export async function issueToken(wish: TokenWish) {
  const made = await ask(`${root}/tokens`, { method: 'POST', body: wish })
  return made as { readonly token: IssuedToken; readonly secret: string }
}

export async function revokeToken(id: string): Promise<void> {
  await ask(`${root}/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export interface Webhooks {
  readonly webhooks: readonly WebhookView[]
  readonly events: readonly FailedEvent[]
}

export async function readWebhooks(tenant: string, signal: AbortSignal): Promise<Webhooks> {
  const query = new URLSearchParams({ tenant })
  const [list, failed] = await Promise.all([
    ask(`${root}/webhooks?${query}`, { signal }),
    ask(`${root}/webhooks/failed?${query}`, { signal }),
  ])
  return { ...(list as Pick<Webhooks, 'webhooks'>), ...(failed as Pick<Webhooks, 'events'>) }
}

/** The page shows so many; the API has all that are kept. */
const mostDeliveriesShown = 200

/** Newest first; those that failed alone, or all. */
export async function readDeliveries(
  { tenant, failedOnly }: { readonly tenant: string; readonly failedOnly: boolean },
  signal: AbortSignal,
): Promise<readonly Delivery[]> {
  const query = new URLSearchParams({
    ...{ tenant, limit: String(mostDeliveriesShown) },
    ...(failedOnly && { outcome: 'failed' }),
  })
  const answer = await ask(`${root}/webhooks/deliveries?${query}`, { signal })
  return (answer as { readonly deliveries: readonly Delivery[] }).deliveries
}

export async function testWebhook(tenant: string, webhook: string): Promise<WebhookTrial> {
  return (await ask(`${root}/webhooks/test`, { method: 'POST', body: { tenant, webhook } })) as WebhookTrial
}

/** Of how many people. */
export async function tellAgain(tenant: string, webhook: string): Promise<number> {
  const answer = await ask(`${root}/webhooks/tell`, { method: 'POST', body: { tenant, webhook } })
  return (answer as { readonly people: number }).people
}

/** Of one event, or all that were given up; how many are on their way. */
export async function replayEvents(tenant: string, webhook: string, id?: string): Promise<number> {
  const body = { tenant, webhook, ...(id !== undefined && { id }) }
  const answer = await ask(`${root}/webhooks/replay`, { method: 'POST', body })
  return (answer as { readonly replayed: number }).replayed
}

export async function readYaml(signal: AbortSignal): Promise<string> {
  return ((await ask(`${root}/config`, { signal })) as { readonly yaml: string }).yaml
}

export async function checkYaml(yaml: string): Promise<ConfigChecked> {
  return (await ask(`${root}/config/check`, { method: 'POST', body: { yaml } })) as ConfigChecked
}

/** `version` is the one that was read: another one in force meanwhile is not overwritten. */
export async function saveYaml(
  yaml: string,
  { version, comment }: { readonly version: number; readonly comment: string },
): Promise<ConfigSaved> {
  const headers = { 'if-match': `"${version}"` }
  return (await ask(`${root}/config`, { method: 'PUT', body: { yaml, comment }, headers })) as ConfigSaved
}

export async function rotateKeys(): Promise<KeyReport> {
  return (await ask(`${root}/config/keys/rotate`, { method: 'POST' })) as KeyReport
}
