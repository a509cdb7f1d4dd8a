import type { FleetRow } from '../../../src/core/fleet.ts'
import { ask } from '../live/http.ts'

/** Every customer, those with problems first. */
export async function readFleet(signal: AbortSignal): Promise<readonly FleetRow[]> {
  return ((await ask('/api/v1/fleet', { signal })) as { readonly tenants: readonly FleetRow[] }).tenants
}
