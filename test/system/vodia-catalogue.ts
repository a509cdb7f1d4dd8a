import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { LoggedRequest } from '../../src/lab/request-log.ts'

interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody: { readonly schema: object; readonly example: unknown } | null
  readonly responses: Readonly<Record<string, unknown>>
}

const folder = process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts')

/** Of paths that fit, the one with the fewest placeholders: `/status` is no `{domain}`. */
function findOperation(
  operations: readonly Operation[],
  { method, path }: LoggedRequest,
): Operation | undefined {
  const plain = path.split('?')[0]!
  const fits = operations.filter((operation) => {
    const pattern = operation.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')
    return operation.method === method && new RegExp(`^${pattern}$`).test(plain)
  })
  return fits.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]
}

function bodyProblems({ requestBody }: Operation, body: unknown): string[] {
  if (!requestBody) return body === undefined ? [] : ['has a body where none is described']
  const check = new Ajv2020({ strict: false, allErrors: true }).compile(requestBody.schema)
  const problems = check(body) ? [] : (check.errors ?? []).map(({ message }) => String(message))
  const { example } = requestBody
  if (typeof example !== 'object' || example === null || typeof body !== 'object' || body === null)
    return problems
  const strange = Object.keys(body).filter((key) => !(key in example))
  return [...problems, ...strange.map((key) => `${key} is not in the example`)]
}

/** What is wrong with an exchange by the vendor's API catalogue. */
export function loadVodiaCatalogue(): (request: LoggedRequest) => string[] {
  const file = join(folder, 'vodia/vodia-rest-api-70.3.api-catalog.json')
  const { operations } = JSON.parse(readFileSync(file, 'utf8')) as { operations: Operation[] }
  return (request) => {
    const about = `${request.method} ${request.path}`
    const operation = findOperation(operations, request)
    if (!operation) return [`${about}: no such operation`]
    const query = [...new URL(request.path, 'http://pbx').searchParams.keys()]
    const known = operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name)
    return [
      ...bodyProblems(operation, request.body),
      ...query.filter((name) => !known.includes(name)).map((name) => `no parameter ${name}`),
      ...(String(request.status) in operation.responses ? [] : [`status ${request.status} is not described`]),
    ].map((problem) => `${about}: ${problem}`)
  }
}
