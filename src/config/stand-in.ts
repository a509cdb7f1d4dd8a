import { type ConnectorType, type ConnectorTypes, findType } from './connector-types.ts'
import type { ConnectorConfig, TenantConfig } from './resolved.ts'

/** The setting by which a connector that only reads takes the extensions of another one; its schema offers it. */
export const standInSetting = 'extensionsOf'
/** Says that it takes those of none. */
export const standsInForNobody = 'none'

type Placed = Pick<ConnectorConfig, 'id' | 'type' | 'settings'>

/**
 * Connectors that take the extensions of another one see the same phones: they stand in for it while it cannot be
 * heard. For that they have its links too, unless they have links of their own.
 */
export function joinStandIns(tenant: TenantConfig, types: ConnectorTypes): TenantConfig {
  const connectors = tenant.connectors.map((connector): ConnectorConfig => {
    const extensionsOf = findStandInSource(connector, tenant, types)
    return extensionsOf === undefined ? connector : { ...connector, extensionsOf }
  })
  const added = connectors.flatMap(({ id, extensionsOf }) =>
    extensionsOf === undefined || tenant.links.some(({ from }) => from === id)
      ? []
      : tenant.links.filter(({ from }) => from === extensionsOf).map((link) => ({ ...link, from: id })),
  )
  return { ...tenant, connectors, links: [...tenant.links, ...added] }
}

/**
 * Whose extensions a connector takes for people without an address of their own there. As said by `extensionsOf`; else
 * those of the connector that sees the same phones (`linesOf`); else, where nobody has an address there by hand, those
 * of the only other phone system. Undefined where it takes none, or where more than one could be meant.
 */
function findStandInSource(
  connector: Placed,
  tenant: TenantConfig,
  types: ConnectorTypes,
): string | undefined {
  if (!mayStandIn(connector, types)) return undefined
  const { extensionsOf, linesOf } = connector.settings
  if (extensionsOf === standsInForNobody) return undefined
  const others = tenant.connectors.filter((other) => isSourceFor(connector, other, types))
  const named = extensionsOf ?? linesOf
  if (named !== undefined) return others.find(({ id }) => id === named)?.id
  const byHand = tenant.people.some(({ addresses }) => addresses[connector.id] !== undefined)
  return others.length === 1 && !byHand ? others[0]!.id : undefined
}

/** Whether it only reads, and its schema lets an administrator choose. */
export function mayStandIn({ type, settings }: Omit<Placed, 'id'>, types: ConnectorTypes): boolean {
  const found = findType(types, type)
  const properties = found?.configSchema.properties
  if (typeof properties !== 'object' || properties === null || !(standInSetting in properties)) return false
  return (found?.writes?.(settings) ?? []).length === 0
}

/** Whether the extensions of `other` mean the same phones to this connector. */
export function isSourceFor(connector: Placed, other: Placed, types: ConnectorTypes): boolean {
  if (other.id === connector.id) return false
  const [own, wanted]: (ConnectorType['manifest'] | undefined)[] = [
    findType(types, connector.type)?.manifest,
    findType(types, other.type)?.manifest,
  ]
  return wanted?.kind === 'pbx' && wanted.addressKind === own?.addressKind
}
