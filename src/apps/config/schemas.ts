import { configSchema } from '../../config/schema.ts'
import type { ConfigSchemas } from '../../core/config-port.ts'
import type { Registry } from '../registry.ts'

/** What forms are drawn from: the whole configuration, and the settings of each type of connector. */
export function describeSchemas(registry: Registry): ConfigSchemas {
  const connectors = Object.entries(registry).map(([type, { manifest, configSchema: schema }]) => {
    return [type, { title: manifest.title, kind: manifest.kind, schema }] as const
  })
  return { config: { ...configSchema }, connectors: Object.fromEntries(connectors) }
}
