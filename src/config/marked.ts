import type { JsonSchema } from '../core/connector.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import { type Path, readPath } from './problem.ts'

/**
 * What a schema says of a field: `secret` is sealed; `address` says where the secrets beside it are sent, and who is
 * trusted to get them; `local` names something on the hub's machine.
 */
export type Mark = 'secret' | 'address' | 'local'

/** A value whose field is marked in its schema. */
export interface Marked {
  readonly path: Path
  readonly value: unknown
}

/** Values of marked fields in a value of this schema, wherever they stand. */
export function* findMarked(schema: unknown, value: unknown, mark: Mark = 'secret'): Generator<Marked> {
  yield* walk({ schema, value, path: [] }, mark)
}

function* walk(
  at: { readonly schema: unknown; readonly value: unknown; readonly path: Path },
  mark: Mark,
): Generator<Marked> {
  const { schema, value, path } = at
  if (typeof schema !== 'object' || schema === null) return
  const { [mark]: isMarked, properties, items } = schema as JsonSchema
  if (isMarked === true && (typeof value !== 'object' || value === null)) yield { path, value }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* walk({ schema: items, value: item, path: [...path, index] }, mark)
    }
  } else if (typeof value === 'object' && value !== null && typeof properties === 'object') {
    for (const [key, child] of Object.entries(value)) {
      const below = (properties as JsonSchema | null)?.[key]
      yield* walk({ schema: below, value: child, path: [...path, key] }, mark)
    }
  }
}

/** Marked values of a whole configuration, those of connectors by the schemas of their types. */
export function listMarked(root: unknown, schema: JsonSchema, types: ConnectorTypes): readonly Marked[] {
  const found = [...findMarked(schema, root)]
  const tenants = readPath(root, ['tenants'])
  for (const [t, tenant] of (Array.isArray(tenants) ? tenants : []).entries()) {
    const connectors = readPath(tenant, ['connectors'])
    for (const [c, connector] of (Array.isArray(connectors) ? connectors : []).entries()) {
      const type = findType(types, readPath(connector, ['type']))
      for (const { path, value } of findMarked(type?.configSchema, connector)) {
        found.push({ path: ['tenants', t, 'connectors', c, ...path], value })
      }
    }
  }
  return found
}
