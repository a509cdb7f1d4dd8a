import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { CoverageKind, CoveragePage } from '../../../src/core/roster-port.ts'
import { ask } from '../live/http.ts'

export async function readPlan(tenant: string, signal: AbortSignal): Promise<LinkPlan> {
  const path = `/api/v1/config/tenants/${encodeURIComponent(tenant)}/links`
  return (await ask(path, { signal })) as LinkPlan
}

/** The first few of a kind, with the numbers of all kinds. */
export async function readCoverage(
  tenant: string,
  kind: CoverageKind | undefined,
  signal: AbortSignal,
): Promise<CoveragePage> {
  const query = new URLSearchParams({ tenant, offset: '0', limit: '5', ...(kind && { kind }) })
  return (await ask(`/api/v1/roster/people?${query}`, { signal })) as CoveragePage
}
