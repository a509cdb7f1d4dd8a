import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

type Json = { [key: string]: unknown }

const folder = process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../../shared/contracts')

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

/** What the documentation has a caller send where the description declares no body. */
const isEmpty = (body: unknown) =>
  body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)

export interface Contract {
  /** The described path that `path` (without query) is one of; undefined where the description has none, or not with this method. */
  template(method: string, path: string): string | undefined
  /** Problems of a request body. */
  request(method: string, template: string, body: unknown): string[]
  /** Problems of an answer. An empty 200 is fine where 204 is declared: documentation and description differ. */
  response(
    method: string,
    template: string,
    answer: { readonly status: number; readonly json: unknown },
  ): string[]
  /** Problems of the body of a refusal, which is the same for every path. */
  refusal(body: unknown): string[]
}

const patternOf = (template: string) =>
  new RegExp(`^${template.replaceAll('$', '\\$').replace(/\{[^}]+\}/g, '[^/]+')}$`)

/** `document`: OpenAPI 3.0, as far as Microsoft's description of presence uses it. */
export function readContract(document: Json): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const whole = convert(document) as {
    paths: Record<string, Record<string, Json>>
    components: { schemas: Record<string, unknown> }
  }
  for (const path of Object.values(whole.paths)) {
    for (const { requestBody } of Object.values(path)) {
      const { content } = (requestBody ?? {}) as { content?: Record<string, Json> }
      for (const described of Object.values(content ?? {})) described.schema = closed(described.schema)
    }
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
  const refusal = (body: unknown) => validate(['components', 'responses', 'error', ...media], body)
  const templates = Object.keys(whole.paths).map((template) => ({ template, pattern: patternOf(template) }))
  return {
    refusal,
    template: (method, path) =>
      templates.find(
        ({ template, pattern }) => pattern.test(path) && whole.paths[template]![method.toLowerCase()],
      )?.template,
    request(method, template, body) {
      const described = operation(method, template).requestBody as Json | undefined
      if (!described) return isEmpty(body) ? [] : ['has a body where none is declared']
      if (body === undefined || body === null) return described.required ? ['has no body'] : []
      return validate(['paths', template, method.toLowerCase(), 'requestBody', ...media], body)
    },
    response(method, template, { status, json }) {
      const responses = operation(method, template).responses as Json
      if (status >= 400) return refusal(json)
      if (status < 200 || status > 299) return ['has a status that is not declared']
      if (responses['204'] !== undefined)
        return json === undefined ? [] : ['has a body where none is declared']
      return validate(['paths', template, method.toLowerCase(), 'responses', '2XX', ...media], json)
    },
  }
}

/** The published description of Graph's presence API where it is at hand; undefined elsewhere. */
export function loadGraphContract(): Contract | undefined {
  const file = join(folder, 'msgraph-v1.0-presence.json')
  return existsSync(file) ? readContract(JSON.parse(readFileSync(file, 'utf8')) as Json) : undefined
}
