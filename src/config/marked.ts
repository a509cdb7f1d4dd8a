import type { JsonSchema } from '../core/connector.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import { type Path, readPath } from './problem.ts'

/** A value whose field is marked `secret` in its schema. */
export interface Marked {
  readonly path: Path
  readonly value: unknown
}

/** Values of marked fields in a value of this schema, wherever they stand. */
export function* findMarked(schema: unknown, value: unknown, path: Path = []): Generator<Marked> {
  if (typeof schema !== 'object' || schema === null) return
  const { secret, properties, items } = schema as JsonSchema
  if (secret === true && (typeof value !== 'object' || value === null)) yield { path, value }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* findMarked(items, item, [...path, index])
  } else if (typeof value === 'object' && value !== null && typeof properties === 'object') {
    for (const [key, child] of Object.entries(value)) {
      yield* findMarked((properties as JsonSchema | null)?.[key], child, [...path, key])
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
      found.push(...findMarked(type?.configSchema, connector, ['tenants', t, 'connectors', c]))
    }
  }
  return found
}
