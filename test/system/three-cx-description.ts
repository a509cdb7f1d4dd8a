import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'

type Json = { [key: string]: unknown }

const folder = process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts')

export interface Exchange {
  readonly method: string
  /** Path and query, without the service's root. */
  readonly path: string
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

export interface Description {
  /** What the published description does not allow of an exchange. */
  problems(exchange: Exchange): string[]
}

/**
 * JSON Schema of OpenAPI 3.0: `nullable` becomes a type. OData's time of day has no zone, which JSON Schema's format
 * demands; its pattern says what it is.
 */
function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = node as Json
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, convert(value)]),
  ) as Json
  if (converted.format === 'time') delete converted.format
  if (!nullable) return converted
  if (typeof converted.type === 'string') return { ...converted, type: [converted.type, 'null'] }
  return converted.allOf ? { anyOf: [converted, { type: 'null' }] } : converted
}

const at = (node: unknown, ...path: string[]): Json =>
  path.reduce<Json>((found, key) => (found?.[key] ?? {}) as Json, node as Json)

/** `/Users({Id})` fits `/Users(100)`; the longest template that fits is meant. */
function templateOf(paths: Json, path: string): string | undefined {
  const fits = Object.keys(paths).filter((template) => {
    const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/)]+')
    return new RegExp(`^${pattern}$`).test(path)
  })
  // A literal key (Number=) says more than any key.
  return fits.sort((a, b) => b.replace(/\{[^}]+\}/g, '').length - a.replace(/\{[^}]+\}/g, '').length)[0]
}

class Validator implements Description {
  readonly #whole: Json
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor(whole: Json) {
    formats.default(this.#ajv)
    this.#whole = whole
    this.#ajv.addSchema(whole, 'xapi')
  }

  problems({ method, path, body, status, answer }: Exchange): string[] {
    const [bare = '', query = ''] = path.split('?')
    const template = templateOf(at(this.#whole, 'paths'), decodeURIComponent(bare))
    const operation = template && at(this.#whole, 'paths', template)[method.toLowerCase()]
    if (!operation) return [`${method} ${bare} is not described`]
    const problems: string[] = []
    if (body !== undefined) {
      const asked = at(operation, 'requestBody', 'content', 'application/json', 'schema')
      problems.push(...this.#validate(asked, body))
    }
    if (status === 204) return answer === undefined ? problems : [...problems, '204 with a body']
    const declared = at(operation, 'responses')[String(status)] ?? at(operation, 'responses').default
    const schema = at(this.#resolve(declared), 'content', 'application/json', 'schema')
    if (Array.isArray((answer as Json)?.value)) {
      const item = at(this.#itemOf(schema))
      for (const each of (answer as { value: unknown[] }).value) problems.push(...this.#validate(item, each))
      problems.push(...this.#selectProblems(item, query))
      return problems
    }
    problems.push(...this.#validate(schema, answer))
    return status < 400 ? [...problems, ...this.#selectProblems(schema, query)] : problems
  }

  #resolve(node: unknown): Json {
    const reference = (node as Json | undefined)?.$ref
    return typeof reference === 'string'
      ? this.#resolve(at(this.#whole, ...reference.slice(2).split('/')))
      : ((node ?? {}) as Json)
  }

  /** The schema of one entity of a collection. */
  #itemOf(schema: Json): unknown {
    const parts = (this.#resolve(schema).allOf ?? []) as Json[]
    return parts.map((part) => at(part, 'properties', 'value').items).find((items) => items)
  }

  /** Closed: a property that is not described is a problem. */
  #validate(schema: Json, value: unknown): string[] {
    const key = JSON.stringify(schema)
    const own = JSON.parse(key.replaceAll('"#/', '"xapi#/')) as Json
    const check =
      this.#compiled.get(key) ??
      this.#ajv.compile({
        allOf: [own],
        patternProperties: { '^@odata\\.': true },
        unevaluatedProperties: false,
      })
    this.#compiled.set(key, check)
    if (check(value)) return []
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }

  #selectProblems(schema: Json, query: string): string[] {
    const selected = new URLSearchParams(query).get('$select')?.split(',') ?? []
    const known = this.#propertiesOf(schema)
    return selected.filter((name) => !known.has(name)).map((name) => `$select of ${name}`)
  }

  #propertiesOf(schema: unknown): Set<string> {
    const resolved = this.#resolve(schema)
    const parts = (resolved.allOf ?? []) as unknown[]
    return new Set([
      ...Object.keys((resolved.properties ?? {}) as Json),
      ...parts.flatMap((part) => [...this.#propertiesOf(part)]),
    ])
  }
}

/** The published description of the configuration API (version 20.0.10) where it is at hand; undefined elsewhere. */
export function loadDescription(): Description {
  const file = join(folder, '3cx/xapi-v1-swagger.yaml')
  return new Validator(convert(parse(readFileSync(file, 'utf8'))) as Json)
}
