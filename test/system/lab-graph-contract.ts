import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

type Json = { [key: string]: unknown }

const folder = process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts')

/** Schemas that others extend; an unknown property can be refused only in those that extend them. */
const extended = new Set(['microsoft.graph.entity', 'BaseCollectionPaginationCountResponse'])

/**
 * Makes JSON Schema of OpenAPI 3.0. Microsoft's description marks `@odata.type` as required, which the service does
 * not send; `nullable` becomes a type; discriminators say nothing that a validator needs.
 */
function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, discriminator: _, required, ...rest } = node as Json
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, convert(value)]),
  ) as Json
  if (Array.isArray(required)) converted.required = required.filter((name) => name !== '@odata.type')
  else if (required !== undefined) converted.required = required
  if (nullable && typeof converted.type === 'string') converted.type = [converted.type, 'null']
  return converted
}

function closed(schema: unknown): Json {
  return { allOf: [schema], patternProperties: { '^@odata\\.': true }, unevaluatedProperties: false }
}

export interface Contract {
  /** Problems of a request body; none when the description has no body for it. */
  request(method: string, template: string, body: unknown): string[]
  /** Problems of an answer. An empty 200 is fine where 204 is declared: documentation and description differ. */
  response(
    method: string,
    template: string,
    answer: { readonly status: number; readonly json: unknown },
  ): string[]
}

function load(document: Json): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const whole = convert(document) as {
    paths: Record<string, Record<string, Json>>
    components: { schemas: Record<string, unknown> }
  }
  for (const [name, schema] of Object.entries(whole.components.schemas)) {
    if (!extended.has(name) && (schema as Json).enum === undefined)
      whole.components.schemas[name] = closed(schema)
  }
  ajv.addSchema(whole, 'contract')
  const compiled = new Map<string, ValidateFunction>()
  const validate = (pointer: readonly string[], body: unknown): string[] => {
    const fragment = pointer
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
    const reference = `contract#/${fragment.join('/')}`
    const check = compiled.get(reference) ?? ajv.compile({ $ref: reference })
    compiled.set(reference, check)
    return check(body)
      ? []
      : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
  const operation = (method: string, template: string): Json => {
    const found = whole.paths[template]?.[method.toLowerCase()]
    if (!found) throw new Error(`The contract has no ${method} ${template}.`)
    return found
  }
  const media = ['content', 'application/json', 'schema']
  return {
    request(method, template, body) {
      if (operation(method, template).requestBody === undefined) return []
      return validate(['paths', template, method.toLowerCase(), 'requestBody', ...media], body)
    },
    response(method, template, { status, json }) {
      const responses = operation(method, template).responses as Json
      if (status >= 400) return validate(['components', 'responses', 'error', ...media], json)
      if (responses['204'] !== undefined)
        return json === undefined ? [] : ['has a body where none is declared']
      return validate(['paths', template, method.toLowerCase(), 'responses', '2XX', ...media], json)
    },
  }
}

/** The published description of Graph's presence API where it is at hand; undefined elsewhere. */
export function loadGraphContract(): Contract | undefined {
  const file = join(folder, 'msgraph-v1.0-presence.json')
  return existsSync(file) ? load(JSON.parse(readFileSync(file, 'utf8')) as Json) : undefined
}
