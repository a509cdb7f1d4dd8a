import { type ConnectorTypes, findType } from './connector-types.ts'
import { type Path, readChild } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { isSourceFor, standInSetting, standsInForNobody } from './stand-in.ts'
import { suggestFix } from './suggest.ts'

/** `extensionsOf` must name a phone system of the tenant whose addresses are of the same kind. */
export function checkStandIn(
  tenant: HookswitchConfig['tenants'][number],
  index: number,
  { at, types }: { readonly at: Path; readonly types: ConnectorTypes },
): readonly SchemaProblem[] {
  const own = placeOf(tenant.connectors[index])
  const named = readChild(tenant.connectors[index], standInSetting)
  if (!own || typeof named !== 'string' || named === standsInForNobody) return []
  // Of a type that is not known nothing can be said.
  const others = tenant.connectors.map(placeOf).filter((one) => one !== undefined)
  if (!findType(types, own.type)?.manifest) return []
  const known = others.filter((other) => isSourceFor(own, other, types)).map(({ id }) => id)
  if (known.includes(named)) return []
  return [
    {
      path: [...at, standInSetting],
      message: 'is not the id of another phone system of this tenant with the same kind of addresses',
      fix: suggestFix(named, [...known, standsInForNobody]),
    },
  ]
}

function placeOf(connector: unknown) {
  const [id, type] = [readChild(connector, 'id'), readChild(connector, 'type')]
  return typeof id === 'string' && typeof type === 'string' ? { id, type, settings: {} } : undefined
}
