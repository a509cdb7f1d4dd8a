import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'

type Json = { [key: string]: unknown }

const folder = join(
  process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts'),
  'webex',
)

export interface Exchange {
  readonly method: string
  /** Path and query, without the root of the API. */
  readonly path: string
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

export interface Description {
  /** What Cisco's descriptions do not allow of an exchange. */
  problems(exchange: Exchange): string[]
}

const at = (node: unknown, ...path: string[]): Json =>
  path.reduce<Json>((found, key) => (found?.[key] ?? {}) as Json, node as Json)

/** `/people/{personId}` fits `/people/abc`, and `/people/me` more so. */
function templateOf(paths: Json, path: string): string | undefined {
  const fits = Object.keys(paths).filter((template) => {
    const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(path)
  })
  const literal = (template: string) => template.replace(/\{[^}]+\}/g, '').length
  return fits.sort((a, b) => literal(b) - literal(a))[0]
}

/** OpenAPI 3.0: examples and the like are no part of the schema. */
function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = node as Json
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, convert(value)]),
  ) as Json
  if (nullable && typeof converted.type === 'string') return { ...converted, type: [converted.type, 'null'] }
  return converted
}

class Validator implements Description {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #documents: ReadonlyMap<string, Json>
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor(documents: ReadonlyMap<string, Json>) {
    formats.default(this.#ajv)
    this.#documents = documents
    for (const [name, document] of documents) this.#ajv.addSchema(document, name)
  }

  problems({ method, path, body, status, answer }: Exchange): string[] {
    const [bare = '', query = ''] = path.split('?')
    for (const [name, document] of this.#documents) {
      const template = templateOf(at(document, 'paths'), bare)
      const operation =
        template && (at(document, 'paths', template)[method.toLowerCase()] as Json | undefined)
      if (!operation) continue
      const asked = at(operation, 'requestBody', 'content', 'application/json').schema
      const response = at(operation, 'responses')[String(status)]
      if (!response) return [`${method} ${template} does not answer ${status}`]
      const schema = at(response, 'content', 'application/json').schema
      return [
        ...this.#queryProblems(operation, query),
        ...(body === undefined ? [] : this.#validate(name, asked, body)),
        ...(schema === undefined ? [] : this.#validate(name, schema, answer)),
      ]
    }
    return [`${method} ${bare} is not described`]
  }

  #queryProblems(operation: Json, query: string): string[] {
    const known = ((operation.parameters ?? []) as Json[]).map(({ name }) => name)
    return [...new URLSearchParams(query).keys()]
      .filter((key) => !known.includes(key))
      .map((key) => `${key} is no parameter`)
  }

  /** Closed: a field that is not described is a problem. */
  #validate(name: string, schema: unknown, value: unknown): string[] {
    const key = name + JSON.stringify(schema)
    const own = JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${name}#/`)) as Json
    const check = this.#compiled.get(key) ?? this.#ajv.compile({ allOf: [own], unevaluatedProperties: false })
    this.#compiled.set(key, check)
    if (check(value)) return []
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** Undefined where Cisco's descriptions are not at hand. */
export function loadDescription(): Description {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yml'))
  const documents = names.map(
    (name) => [name, convert(parse(readFileSync(join(folder, name), 'utf8'))) as Json] as const,
  )
  return new Validator(new Map(documents))
}
