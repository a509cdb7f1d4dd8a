import type { ConfigWarning } from '../core/config-port.ts'
import type { ConnectorTypes } from './connector-types.ts'
import type { ResolvedConfig } from './resolved.ts'
import { checkRouting } from './routing.ts'

/** What the links of every tenant leave out: allowed, but seldom meant. Told wherever a configuration is taken. */
export function listRoutingWarnings(
  { tenants }: Pick<ResolvedConfig, 'tenants'>,
  types: ConnectorTypes,
): readonly ConfigWarning[] {
  return tenants.flatMap((tenant) =>
    checkRouting(tenant, types).flatMap(({ level, text, fix }): ConfigWarning[] =>
      level === 'warning' || level === 'error'
        ? [{ tenant: tenant.id, text, ...(fix !== undefined && { fix }) }]
        : [],
    ),
  )
}

/** As the command line prints them, a line each; empty where there are none. */
export function formatWarnings(warnings: readonly ConfigWarning[]): string {
  return warnings
    .map(
      ({ tenant, text, fix }) =>
        `${tenant === '' ? '' : `Links of ${tenant}: `}${text}.${fix === undefined ? '' : ` ${fix}`}\n`,
    )
    .join('')
}
