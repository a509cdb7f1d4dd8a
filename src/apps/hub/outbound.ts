import type { NetworkConfig } from '../../config/network-schema.ts'
import type { Network } from '../../core/network.ts'
import { readRules } from '../../network/address-rules.ts'
import type { Checkpoint } from '../../network/guarded-agent.ts'
import { createFetch } from '../../network/guarded-fetch.ts'
import { createNetwork, type Resolve } from '../../network/network.ts'

/** The one way out, for whatever a configuration names: every connection is checked when it is made. */
export interface Outbound {
  readonly network: Network
  readonly fetch: typeof fetch
  /** Ends what is kept open. */
  close(): Promise<void>
}

/** No I/O. Without settings, as on site. */
export function openOutbound(settings?: NetworkConfig, resolve?: Resolve, checkpoint?: Checkpoint): Outbound {
  const network = createNetwork(readRules(settings?.mode ?? 'onSite', settings?.allow ?? []), resolve)
  return { network, ...createFetch(network, { ...(checkpoint && { checkpoint }) }) }
}
