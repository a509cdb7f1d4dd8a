import type { TenantConfig } from '../../../config/resolved.ts'
import { checkRouting } from '../../../config/routing.ts'
import type { Problem } from '../../../core/alert.ts'
import type { Registry } from '../../registry.ts'

/** More of one tenant are told as one: ten phone systems that share Teams leave out ninety links. */
const mostTold = 5

/**
 * What the links of a tenant leave out, as `hookswitch check` finds it. It stays so until the configuration changes:
 * `since` is the start of the hub (wall clock, milliseconds).
 */
export function findRoutingProblems(
  tenant: TenantConfig,
  registry: Registry,
  since: number,
): readonly Problem[] {
  const found = checkRouting(tenant, registry).filter(({ level }) => level === 'warning' || level === 'error')
  const rest = found.length - mostTold
  const told = rest > 1 ? found.slice(0, mostTold) : found
  const problems = told.map(({ text, fix }) => problemOf(tenant.id, { text, fix }, since))
  if (rest <= 1) return problems
  const more = { text: `${rest} more of this kind`, fix: 'Run "hookswitch check": it names each of them.' }
  return [...problems, problemOf(tenant.id, more, since)]
}

function problemOf(
  tenant: string,
  { text, fix }: { readonly text: string; readonly fix?: string | undefined },
  since: number,
): Problem {
  return {
    key: `routing ${tenant} ${text}`,
    kind: 'routing',
    title: `Links of ${tenant}: ${text}`,
    text: 'The configuration may say so, but it is seldom meant. "hookswitch check" shows the whole routing.',
    ...(fix !== undefined && { fix }),
    since,
    tenant,
  }
}
