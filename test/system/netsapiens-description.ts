import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

type Json = { [key: string]: unknown }

const folder = process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts')

/** One request of the connector, and what the emulator answered. */
export interface Exchange {
  readonly method: string
  /** Path and query below `/ns-api/v2`. */
  readonly path: string
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

/**
 * Where the description contradicts itself or its own examples: a date-time is written `2026-11-21 09:30:00`; a
 * user without a mail address has an empty one; `/calls` and the rest are told apart from variants by `#1`.
 */
function convert(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(convert)
  if (typeof node !== 'object' || node === null) return node
  const { format: _, readOnly: _read, ...rest } = node as Json
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([key]) => !key.startsWith('x-apidog'))
      .map(([key, value]) => [key, convert(value)]),
  )
}

const at = (node: unknown, ...path: string[]): Json =>
  path.reduce<Json>((found, key) => (found?.[key] ?? {}) as Json, node as Json)

/** Of templates that fit, the one with the fewest placeholders. */
function operationsOf(paths: Json, { method, path }: Exchange): Json[] {
  const bare = path.split('?')[0]!
  const fits = Object.keys(paths).filter((template) => {
    const plain = template.replace(/#\d+$/, '')
    const pattern = plain.replace(/[.*+?^$()|[\]\\~]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(bare) && at(paths, template)[method.toLowerCase()] !== undefined
  })
  const fewest = Math.min(...fits.map((template) => template.split('{').length))
  return fits
    .filter((template) => template.split('{').length === fewest)
    .map((template) => at(paths, template)[method.toLowerCase()] as Json)
}

/** What the vendor's description (API v2, release 45.0) does not allow. */
export function loadDescription(): (exchange: Exchange) => string[] {
  const file = join(folder, 'netsapiens/netsapiens-api-v2-v45.0.json')
  const whole = convert(JSON.parse(readFileSync(file, 'utf8'))) as Json
  const byPassword = {
    content: { 'application/json': { schema: { $ref: '#/components/schemas/AuthRequest' } } },
  }
  // The export names refresh and second factor only; the schema of the first step is there, and is that of /jwt.
  const tokens = at(whole, 'paths', '/tokens', 'post')
  at(whole, 'paths')['/tokens#9'] = { post: { ...tokens, requestBody: byPassword } }
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ajv.addSchema(whole, 'api')
  const compiled = new Map<string, ValidateFunction>()
  const validate = (schema: Json, value: unknown): string[] => {
    const key = JSON.stringify(schema)
    const check = compiled.get(key) ?? ajv.compile(JSON.parse(key.replaceAll('"#/', '"api#/')) as Json)
    compiled.set(key, check)
    return check(value) ? [] : (check.errors ?? []).map((each) => `${each.instancePath} ${each.message}`)
  }
  const media = ['content', 'application/json', 'schema']
  const judge = (operation: Json, { method, body, status, answer, path }: Exchange): string[] => {
    const problems: string[] = []
    const asked = at(operation, 'requestBody', ...media)
    if (body !== undefined && method !== 'GET') problems.push(...validate(asked, body))
    const described = at(asked, 'properties')
    if (Object.keys(described).length > 0) {
      const strange = Object.keys((body ?? {}) as Json).filter((name) => !(name in described))
      problems.push(...strange.map((name) => `${name} is no member of the request`))
    }
    const known = ((operation.parameters ?? []) as Json[]).map(({ name }) => name)
    const query = [...new URL(path, 'http://api').searchParams.keys()]
    problems.push(...query.filter((name) => !known.includes(name)).map((name) => `no parameter ${name}`))
    const responses = at(operation, 'responses')
    const declared = responses[String(status)]
    const error = at(whole, 'components', 'schemas', 'ErrorResponse')
    // Refusals are described for some operations only; their form is the same everywhere.
    if (status >= 400) return [...problems, ...validate(error, answer)]
    if (!declared) return [...problems, `status ${status} is not described`]
    return [...problems, ...validate(at(declared, ...media), answer)]
  }
  return (exchange) => {
    const about = `${exchange.method} ${exchange.path}`
    const operations = operationsOf(at(whole, 'paths'), exchange)
    if (operations.length === 0) return [`${about} is not described`]
    const all = operations.map((operation) => judge(operation, exchange))
    return all.some((problems) => problems.length === 0)
      ? []
      : (all[0] ?? []).map((problem) => `${about}: ${problem}`)
  }
}
