import type { JsonSchema } from '../core/connector.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import { type Path, readPath } from './problem.ts'
import type { ReferenceResult } from './reference.ts'

/** Shorter ones would black out half a log and protect nothing. */
const shortestSecret = 4
const soundsSecret = /secret|token|passw|passphrase|credential|key/i

function collectMarked(schema: unknown, value: unknown, found: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return
  const { secret, properties, items } = schema as JsonSchema
  if (secret === true && typeof value === 'string') found.add(value)
  if (Array.isArray(value)) for (const item of value) collectMarked(items, item, found)
  else if (typeof value === 'object' && value !== null && typeof properties === 'object') {
    for (const [key, child] of Object.entries(value)) {
      collectMarked((properties as JsonSchema | null)?.[key], child, found)
    }
  }
}

/**
 * Every value that the log must hide: fields marked `secret`, and values that came from a reference where the field
 * or the reference has the name of a secret.
 */
export function collectSecrets(
  root: unknown,
  schema: JsonSchema,
  context: { types: ConnectorTypes; references: ReferenceResult['referenced'] },
): readonly string[] {
  const found = new Set<string>()
  collectMarked(schema, root, found)
  const tenants = readPath(root, ['tenants'])
  for (const tenant of Array.isArray(tenants) ? tenants : []) {
    const connectors = readPath(tenant, ['connectors'])
    for (const connector of Array.isArray(connectors) ? connectors : []) {
      collectMarked(findType(context.types, readPath(connector, ['type']))?.configSchema, connector, found)
    }
  }
  for (const { path, name } of context.references.values()) {
    const value = readPath(root, path as Path)
    const field = path.filter((part) => typeof part === 'string').at(-1) ?? ''
    if (typeof value === 'string' && (soundsSecret.test(field) || soundsSecret.test(name))) found.add(value)
  }
  return [...found].filter((value) => value.length >= shortestSecret)
}
