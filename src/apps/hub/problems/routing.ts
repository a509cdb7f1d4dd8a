import type { TenantConfig } from '../../../config/resolved.ts'
import { listRoutingWarnings } from '../../../config/routing-warnings.ts'
import type { Problem } from '../../../core/alert.ts'
import type { Clock, Log } from '../../../core/ports.ts'
import type { Registry } from '../../registry.ts'

/** More of one tenant are told as one: ten phone systems that share Teams leave out ninety links. */
const mostTold = 5

/**
 * What the links of a tenant leave out, as `hookswitch check` finds it. It stays so until the configuration changes:
 * `since` is when it was looked for first (wall clock, milliseconds).
 */
export function findRoutingProblems(
  tenant: TenantConfig,
  registry: Registry,
  since: number,
): readonly Problem[] {
  const found = listRoutingWarnings({ tenants: [tenant] }, registry)
  const rest = found.length - mostTold
  const told = rest > 1 ? found.slice(0, mostTold) : found
  const problems = told.map(({ text, fix }) => problemOf(tenant.id, { text, fix }, since))
  if (rest <= 1) return problems
  const more = { text: `${rest} more of this kind`, fix: 'Run "hookswitch check": it names each of them.' }
  return [...problems, problemOf(tenant.id, more, since)]
}

/** Those of every tenant; looked for once for each configuration, and logged then. */
export class RoutingProblems {
  readonly #parts: { readonly registry: Registry; readonly clock: Clock; readonly log: Log }
  readonly #found = new WeakMap<TenantConfig, readonly Problem[]>()

  constructor(parts: { readonly registry: Registry; readonly clock: Clock; readonly log: Log }) {
    this.#parts = parts
  }

  find(tenants: Iterable<{ readonly config: TenantConfig }>): readonly Problem[] {
    return [...tenants].flatMap(({ config }) => this.#of(config))
  }

  #of(config: TenantConfig): readonly Problem[] {
    const known = this.#found.get(config)
    if (known) return known
    const { registry, clock, log } = this.#parts
    const found = findRoutingProblems(config, registry, clock.wall())
    // Of a configuration each: what was told before it is not told again.
    for (const { title, fix } of found) log.warn(title, { fix })
    this.#found.set(config, found)
    return found
  }
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
