import type { JsonSchema } from '../core/connector.ts'
import type { ConnectorTypes } from './connector-types.ts'
import { listMarked } from './marked.ts'
import { type Path, readPath } from './problem.ts'
import type { ReferenceResult } from './reference.ts'

/** Shorter ones would black out half a log and protect nothing. */
const shortestSecret = 4
const soundsSecret = /secret|token|passw|passphrase|credential|key/i

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
  for (const { value } of listMarked(root, schema, context.types)) {
    if (typeof value === 'string') found.add(value)
  }
  for (const { path, name } of context.references.values()) {
    const value = readPath(root, path as Path)
    const field = path.filter((part) => typeof part === 'string').at(-1) ?? ''
    if (typeof value === 'string' && (soundsSecret.test(field) || soundsSecret.test(name))) found.add(value)
  }
  return [...found].filter((value) => value.length >= shortestSecret)
}
