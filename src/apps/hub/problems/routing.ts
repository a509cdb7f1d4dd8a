import type { TenantConfig } from '../../../config/resolved.ts'
import { checkRouting } from '../../../config/routing.ts'
import type { Problem } from '../../../core/alert.ts'
import type { Registry } from '../../registry.ts'

/**
 * What the links of a tenant leave out, as `hookswitch check` finds it. It stays so until the configuration changes:
 * `since` is the start of the hub (wall clock, milliseconds).
 */
export function findRoutingProblems(
  tenant: TenantConfig,
  registry: Registry,
  since: number,
): readonly Problem[] {
  return checkRouting(tenant, registry)
    .filter(({ level }) => level === 'warning' || level === 'error')
    .map(({ text, fix }) => ({
      key: `routing ${tenant.id} ${text}`,
      kind: 'routing',
      title: `Links of ${tenant.id}: ${text}`,
      text: 'The configuration may say so, but it is seldom meant. "hookswitch check" shows the whole routing.',
      ...(fix !== undefined && { fix }),
      since,
      tenant: tenant.id,
    }))
}
