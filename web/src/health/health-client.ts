import type { AlertView, ChannelView } from '../../../src/core/alert.ts'
import type { LinkLatency } from '../../../src/core/latency.ts'
import type { HealthDetails } from '../../../src/core/workings.ts'
import { ask } from '../live/http.ts'

export interface Alerts {
  readonly alerts: readonly AlertView[]
  readonly channels: readonly ChannelView[]
}

export async function readAlerts(signal: AbortSignal): Promise<Alerts> {
  return (await ask('/api/v1/alerts', { signal })) as Alerts
}

export async function readLatency(signal: AbortSignal): Promise<readonly LinkLatency[]> {
  return ((await ask('/api/v1/latency', { signal })) as { readonly links: readonly LinkLatency[] }).links
}

export async function readHealth(signal: AbortSignal): Promise<HealthDetails> {
  return (await ask('/api/v1/health', { signal })) as HealthDetails
}
