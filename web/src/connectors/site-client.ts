import type { SiteCode, SiteView } from '../../../src/core/site-port.ts'
import { ask, HubError } from '../live/http.ts'

const root = '/api/v1/sites'

/** None where the hub has none, or the caller may not see them. */
export async function readSites(signal: AbortSignal): Promise<readonly SiteView[]> {
  try {
    return ((await ask(root, { signal })) as { readonly sites: readonly SiteView[] }).sites
  } catch (error) {
    if (error instanceof HubError && (error.status === 404 || error.status === 403)) return []
    throw error
  }
}

/** For all connectors that the configuration has there. */
export async function makeSiteCode({ tenant, name, configured }: SiteView): Promise<SiteCode> {
  const body = { tenant, name, connectors: configured }
  return (await ask(`${root}/codes`, { method: 'POST', body })) as SiteCode
}

export async function revokeSite({ tenant, name }: SiteView): Promise<void> {
  const query = new URLSearchParams({ tenant })
  await ask(`${root}/${encodeURIComponent(name)}?${query}`, { method: 'DELETE' })
}
