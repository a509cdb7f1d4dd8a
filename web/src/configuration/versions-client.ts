import type { ConfigPast, ConfigVersion } from '../../../src/core/config-port.ts'
import { ask } from '../live/http.ts'

/** The newest first; those alone that concern the caller's tenants. */
export async function readVersions(signal: AbortSignal): Promise<readonly ConfigVersion[]> {
  const { versions } = (await ask('/api/v1/config/versions', { signal })) as {
    readonly versions: readonly ConfigVersion[]
  }
  return versions
}

export async function readVersion(version: number, signal?: AbortSignal): Promise<ConfigPast> {
  return (await ask(`/api/v1/config/versions/${version}`, signal ? { signal } : {})) as ConfigPast
}

/** One tenant as it was then; without a tenant the whole configuration. */
export async function goBack(version: number, tenant: string | undefined): Promise<void> {
  const path = tenant === undefined ? '/rollback' : `/tenants/${encodeURIComponent(tenant)}/rollback`
  await ask(`/api/v1/config${path}`, { method: 'POST', body: { version } })
}
