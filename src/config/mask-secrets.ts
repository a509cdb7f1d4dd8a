import { parseDocument } from 'yaml'
import type { ConnectorTypes } from './connector-types.ts'
import { listMarked } from './marked.ts'
import { configSchema } from './schema.ts'
import { writeYaml } from './yaml-text.ts'

/** What stands in the place of a secret that is written in clear. */
const hiddenValue = '(hidden)'

/** The text of a configuration file for other eyes: secrets in clear are hidden, references stay. */
export function maskSecrets(text: string, types: ConnectorTypes): { yaml: string; config: unknown } {
  const document = parseDocument(text)
  for (const { path, value } of listMarked(document.toJS(), { ...configSchema }, types)) {
    const isReference = typeof value === 'string' && /^\$\{[^}]+\}$/.test(value)
    if (value !== null && !isReference) document.setIn(path, hiddenValue)
  }
  return { yaml: writeYaml(document), config: document.toJS() as unknown }
}
