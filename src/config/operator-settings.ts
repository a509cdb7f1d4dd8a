import type { JsonSchema } from '../core/connector.ts'
import type { ConnectorType } from './connector-types.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'

const without = new WeakMap<object, JsonSchema>()

/** The slice of a connector that signs in with the operator's application: what comes from there may not be given. */
export function sliceSchema({ configSchema, fromOperator }: ConnectorType, application: unknown): JsonSchema {
  if (application !== 'operator' || !fromOperator) return configSchema
  const known = without.get(configSchema)
  if (known) return known
  const properties = Object.entries(configSchema.properties as object)
  const required = (configSchema.required ?? []) as readonly string[]
  const made = {
    ...configSchema,
    properties: Object.fromEntries(properties.filter(([key]) => !fromOperator.includes(key))),
    required: required.filter((key) => !fromOperator.includes(key)),
  }
  without.set(configSchema, made)
  return made
}

/** Connectors that want an application which the operator has not got. */
export function checkApplications(config: HookswitchConfig, sound: Sound): readonly SchemaProblem[] {
  const types = Array.isArray(config.applications) ? config.applications.map((one) => one?.type) : []
  const problems: SchemaProblem[] = []
  for (const [index, tenant] of soundItems(config.tenants, ['tenants'], sound)) {
    const base: Path = ['tenants', index, 'connectors']
    for (const [position, connector] of soundItems(tenant.connectors, base, sound)) {
      if (connector.application !== 'operator' || types.includes(connector.type)) continue
      problems.push({
        path: [...base, position, 'application'],
        message: 'asks for an application of the operator, but there is none of this type',
        fix: 'Add one to applications, or give the connector its own application id and secret.',
      })
    }
  }
  return problems
}
