import { configSchema } from '../../config/schema.ts'
import type { ConfigSchemas } from '../../core/config-port.ts'
import { listSlots } from '../connector-slots.ts'
import { onlyAtStart } from '../hub/reconfigure.ts'
import type { Registry } from '../registry.ts'

/** What forms are drawn from: the whole configuration, and the settings of each type of connector. */
export function describeSchemas(registry: Registry): ConfigSchemas {
  const connectors = Object.entries(registry).map(([type, definition]) => {
    const { title, kind, docs, facets, transport } = definition.manifest
    const signInGives = definition.browserSignIn?.gives
    const writes = listSlots(type, definition).some(({ usual }) => usual)
    return [
      type,
      {
        ...{ title, kind, schema: definition.configSchema, docs, reads: facets, writes, transport },
        ...(signInGives !== undefined && { signInGives }),
      },
    ] as const
  })
  return {
    config: { ...configSchema },
    connectors: Object.fromEntries(connectors),
    afterRestart: onlyAtStart,
  }
}
