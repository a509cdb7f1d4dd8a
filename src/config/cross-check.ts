import { isLoopbackHost } from '../core/loopback.ts'
import { checkAlerts } from './check-alerts.ts'
import { checkCluster } from './check-cluster.ts'
import { checkHidden } from './check-hidden.ts'
import { checkLinks, type LinkContext } from './check-links.ts'
import { checkNetwork } from './check-network.ts'
import { checkPeople, createRegister, listConnectorIds } from './check-people.ts'
import { checkPresetId } from './check-preset.ts'
import { checkRing } from './check-ring.ts'
import { checkSignIn } from './check-sign-in.ts'
import { checkSites } from './check-sites.ts'
import { checkStandIn } from './check-stand-in.ts'
import { checkStore } from './check-store.ts'
import { checkTeamsSync } from './check-sync.ts'
import { checkTokenTenants } from './check-tokens.ts'
import { checkWebhooks } from './check-webhooks.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { checkApplications } from './operator-settings.ts'
import { type Path, readChild } from './problem.ts'
import { externalSource, type HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

function checkHttp(http: HookswitchConfig['http'], sound: Sound): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const names = createRegister((problem) => problems.push(problem))
  if (sound(['http']) && http.tokens.length === 0 && !isLoopbackHost(http.host)) {
    problems.push({
      path: ['http', 'host'],
      message: 'is not a loopback address, and no API token is configured',
      fix: 'Add http.tokens, or listen on 127.0.0.1.',
    })
  }
  for (const [index, token] of soundItems(http.tokens, ['http', 'tokens'], sound)) {
    names(token.name, ['http', 'tokens', index, 'name'], {
      message: 'repeats the name at',
      fix: 'Give each token a name of its own, so that the log tells them apart.',
    })
  }
  return problems
}

const repeats = (owner: string) => ({
  message: 'repeats the id at',
  fix: `Give each ${owner} an id of its own.`,
})

function checkConnectors(
  tenant: HookswitchConfig['tenants'][number],
  base: Path,
  types: ConnectorTypes,
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const known = listConnectorIds(tenant)
  const ids = createRegister((problem) => problems.push(problem))
  for (const [index, connector] of (Array.isArray(tenant.connectors) ? tenant.connectors : []).entries()) {
    const at = [...base, 'connectors', index]
    const id = readChild(connector, 'id')
    if (id === externalSource) {
      const fix = 'Choose another id.'
      problems.push({ path: [...at, 'id'], message: 'is the name of the API as a source', fix })
    } else if (typeof id === 'string') ids(id, [...at, 'id'], repeats('connector of a tenant'))
    // Two connectors that see the same phones name each other, so that a call is not counted twice.
    const lines = readChild(connector, 'linesOf')
    if (typeof lines === 'string' && !known.includes(lines)) {
      problems.push({
        path: [...at, 'linesOf'],
        message: 'is not the id of a connector of this tenant',
        fix: suggestFix(lines, known),
      })
    }
    problems.push(...checkStandIn(tenant, index, { at, types }))
  }
  return problems
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * What no schema can see: things that must fit each other. Parts that failed the schema are passed over, so that
 * both kinds of fault are found in one run.
 */
export function crossCheck(config: HookswitchConfig, context: LinkContext): readonly SchemaProblem[] {
  if (!isGroup(config)) return []
  const problems: SchemaProblem[] = isGroup(config.http) ? [...checkHttp(config.http, context.sound)] : []
  const ids = createRegister((problem) => problems.push(problem))
  if (isGroup(config.store)) problems.push(...checkStore(config.store, context.sound))

  problems.push(...checkAlerts(config), ...checkSignIn(config, context.sound))
  problems.push(...checkCluster(config, context.sound))
  problems.push(...checkTokenTenants(config, context.sound), ...checkNetwork(config.network, context.sound))
  problems.push(...checkApplications(config, context.sound))
  const viewers = soundItems(config.http?.tokens, ['http', 'tokens'], context.sound).flatMap(
    ([, { viewer }]) => viewer ?? [],
  )
  for (const [index, tenant] of (Array.isArray(config.tenants) ? config.tenants : []).entries()) {
    if (!isGroup(tenant)) continue
    const base: Path = ['tenants', index]
    if (typeof tenant.id === 'string') ids(tenant.id, [...base, 'id'], repeats('tenant'))
    problems.push(...checkConnectors(tenant, base, context.types))
    problems.push(
      ...checkPeople(tenant, base, context.sound),
      ...checkPresetId(tenant.preset, [...base, 'preset'], context.presets),
      ...checkLinks(tenant, base, context),
      ...checkTeamsSync(tenant, base, context),
      ...checkSites(tenant, base, context),
      ...checkRing(tenant, base, context.sound),
      ...checkWebhooks(tenant, base, context.sound),
      ...checkHidden(tenant, { base, sound: context.sound, viewers }),
    )
  }
  return problems
}
