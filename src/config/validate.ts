import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { JsonSchema } from '../core/connector.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import { sliceSchema } from './operator-settings.ts'
import { type Path, parsePointer, readPath, writePath } from './problem.ts'
import { configSchema, connectorSchema } from './schema.ts'
import { describeErrors, type SchemaProblem } from './schema-error.ts'
import { suggestFix } from './suggest.ts'

/** What is known of a value beside the value itself. */
export interface Origin {
  /** The scalar as written in the file. */
  sourceOf(path: Path): string | undefined
  /** Whether the value came from a reference, and so is text whatever it stands for. */
  isReference(path: Path): boolean
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, useDefaults: true, verbose: true, strict: false })
  for (const mark of ['secret', 'address', 'local']) ajv.addKeyword(mark)
  ajvFormats.default(ajv)
  return ajv
}

const ajv = createAjv()
const wholeSchema: JsonSchema = { ...configSchema }
/** Compiled once per schema: compiling takes longer than checking a file. */
const compiled = new WeakMap<object, ValidateFunction>()

function compile(schema: JsonSchema): ValidateFunction {
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(closeSchema(schema))
    compiled.set(schema, validate)
  }
  return validate
}

function wantsText(error: ErrorObject): boolean {
  return String(error.params.type).split(',').includes('string')
}

/**
 * Two things that YAML reads otherwise than meant: an unquoted 1001 where text is wanted, and a reference where a
 * number or a switch is wanted. Returns whether anything changed.
 */
function repairScalars(
  root: unknown,
  context: { errors: readonly ErrorObject[]; base: Path; origin: Origin },
) {
  let changed = false
  for (const error of context.errors) {
    if (error.keyword !== 'type') continue
    const local = parsePointer(error.instancePath, root)
    const path = [...context.base, ...local]
    const value = readPath(root, local)
    if (wantsText(error) && (typeof value === 'number' || typeof value === 'bigint')) {
      const source = context.origin.sourceOf(path)
      if (source === undefined) continue
      writePath(root, local, source)
      changed = true
    } else if (typeof value === 'string' && context.origin.isReference(path)) {
      const plain = /^(true|false|-?\d+(\.\d+)?)$/.test(value) ? JSON.parse(value) : value
      if (plain === value) continue
      writePath(root, local, plain)
      changed = true
    }
  }
  return changed
}

function run(
  validate: ValidateFunction,
  value: unknown,
  at: { base: Path; origin: Origin },
): readonly SchemaProblem[] {
  if (validate(value)) return []
  if (repairScalars(value, { errors: validate.errors ?? [], ...at }) && validate(value)) return []
  return describeErrors(validate.errors ?? [], at.base, value)
}

/** A connector's schema refuses keys it does not name, also where its author left that open. */
function closeSchema(schema: JsonSchema): JsonSchema {
  const open = !('additionalProperties' in schema) && !('unevaluatedProperties' in schema)
  return open && 'properties' in schema ? { ...schema, additionalProperties: false } : schema
}

interface WrittenConnector {
  readonly id?: unknown
  readonly type?: unknown
  readonly application?: unknown
}

function listConnectors(root: unknown): { path: Path; value: WrittenConnector }[] {
  const tenants = readPath(root, ['tenants'])
  if (!Array.isArray(tenants)) return []
  return tenants.flatMap((tenant, t) => {
    const connectors = readPath(tenant, ['connectors'])
    if (!Array.isArray(connectors)) return []
    return connectors.flatMap((value, c) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [{ path: ['tenants', t, 'connectors', c], value: value as WrittenConnector }]
        : [],
    )
  })
}

/**
 * Checks the whole file and each connector's slice, and fills in defaults in place. Every fault is returned.
 */
export function validateConfig(
  root: unknown,
  types: ConnectorTypes,
  origin: Origin,
): readonly SchemaProblem[] {
  const problems = [...run(compile(wholeSchema), root, { base: [], origin })]
  for (const { path, value } of listConnectors(root)) {
    const type = findType(types, value.type)
    if (typeof value.type !== 'string') continue
    if (!type) {
      problems.push({
        path: [...path, 'type'],
        message: 'is not a known type of connector',
        fix: suggestFix(value.type, Object.keys(types)),
      })
      continue
    }
    const settings: Record<string, unknown> = { ...value }
    for (const key of Object.keys(connectorSchema.properties)) delete settings[key]
    problems.push(...run(compile(sliceSchema(type, value.application)), settings, { base: path, origin }))
    Object.assign(value, settings)
  }
  return problems
}
