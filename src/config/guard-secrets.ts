import { type ConnectorTypes, findType } from './connector-types.ts'
import { findMarked, type Mark, type Marked } from './marked.ts'
import { formatPath, type Path, type Problem, readChild, readPath } from './problem.ts'
import { configSchema } from './schema.ts'
import type { FreshSecret } from './seal-document.ts'

export interface GuardOptions {
  /** Id of the tenant that is looked at. */
  readonly tenant: string
  /** What is stored now, as data. */
  readonly former: unknown
  readonly types: ConnectorTypes
  /** Secrets that come with this change; they may go wherever it says. */
  readonly fresh: readonly FreshSecret[]
}

/** One item of a list of the tenant: a connector, a webhook. What it has of secrets is sent to its own addresses. */
interface Owner {
  readonly path: Path
  readonly value: unknown
  readonly schema: unknown
}

const references = /\$\{secret:([^}]+)\}/g

/**
 * Who looks after a tenant alone may use its stored secrets, but not learn them: a secret that is stored stays in a secret
 * field of the item that it was given for, and goes with that item's type and addresses (`address` in the schema); where
 * one of these changes, it has to come again. What is `local` stays as it is.
 */
export function guardSecrets(root: unknown, options: GuardOptions): readonly Problem[] {
  const owners = ownersOf(root, options)
  const former = new Map(ownersOf(options.former, options).map((owner) => [keyOf(owner), owner]))
  const isOld = (name: string) =>
    !options.fresh.some((one) => one.tenant === options.tenant && one.name === name)
  const problems: Problem[] = []
  for (const { path, names } of stringsOf(tenantPart(root, options.tenant))) {
    if (!names.some(isOld)) continue
    const owner = owners.find((one) => one.path.every((part, index) => part === path[index]))
    const problem = owner
      ? judge({ owner, had: former.get(keyOf(owner)), path, names })
      : 'refers to a secret, and this is no field for one'
    if (problem !== undefined) problems.push({ path: formatPath(path), message: problem, fix: sendAgain })
  }
  return [...problems, ...owners.flatMap((owner) => checkLocal(owner, former.get(keyOf(owner))))]
}

const sendAgain = 'Send the secret itself.'

interface Case {
  readonly owner: Owner
  readonly had: Owner | undefined
  readonly path: Path
  readonly names: readonly string[]
}

/** What is wrong with a stored secret where it stands now. */
function judge({ owner, had, path, names }: Case): string | undefined {
  const within = formatPath(path.slice(owner.path.length))
  if (!marked(owner, 'secret').some((one) => formatPath(one.path) === within)) {
    return 'refers to a secret, and this is no field for one'
  }
  const known = new Set(had ? marked(had, 'secret').flatMap(({ value }) => namesIn(value)) : [])
  if (!had || names.some((name) => !known.has(name))) return 'refers to a secret that was not given for this'
  if (readChild(owner.value, 'type') !== readChild(had.value, 'type')) {
    return 'has to come again, because the type is another one'
  }
  const other = differing(owner, had, 'address')
  return other === undefined ? undefined : `has to come again, because ${other} is another one`
}

/** The first field of this mark whose value is not the former one. */
function differing(owner: Owner, had: Owner, mark: Mark): string | undefined {
  const values = (of: Owner) => new Map(marked(of, mark).map(({ path, value }) => [formatPath(path), value]))
  const [now, before] = [values(owner), values(had)]
  return [...new Set([...now.keys(), ...before.keys()])].find((path) => now.get(path) !== before.get(path))
}

function checkLocal(owner: Owner, had: Owner | undefined): readonly Problem[] {
  const before = new Map(had ? marked(had, 'local').map((one) => [formatPath(one.path), one.value]) : [])
  return marked(owner, 'local').flatMap(({ path, value }) => {
    if (before.get(formatPath(path)) === value) return []
    const message = 'names a file of the machine that the hub runs on, which its operators do'
    return [{ path: formatPath([...owner.path, ...path]), message, fix: 'Ask an operator of the hub.' }]
  })
}

function marked({ schema, value }: Owner, mark: Mark): readonly Marked[] {
  return [...findMarked(schema, value, mark)]
}

function tenantPart(root: unknown, id: string): { readonly path: Path; readonly value: unknown } {
  const tenants = readPath(root, ['tenants'])
  const index = Array.isArray(tenants) ? tenants.findIndex((one) => readChild(one, 'id') === id) : -1
  return { path: ['tenants', index], value: readPath(root, ['tenants', index]) }
}

const listsWithSecrets = ['connectors', 'webhooks'] as const

function ownersOf(root: unknown, { tenant, types }: GuardOptions): readonly Owner[] {
  const part = tenantPart(root, tenant)
  return listsWithSecrets.flatMap((list) => {
    const items = readChild(part.value, list)
    return (Array.isArray(items) ? items : []).map((value: unknown, index): Owner => {
      const schema =
        list === 'connectors' ? findType(types, readChild(value, 'type'))?.configSchema : webhookSchema
      return { path: [...part.path, list, index], value, schema }
    })
  })
}

const webhookSchema = readPath(configSchema, [
  ...['properties', 'tenants', 'items', 'properties'],
  ...['webhooks', 'items'],
])

const keyOf = ({ path, value }: Owner) => `${String(path[2])}/${String(readChild(value, 'id'))}`

const namesIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [...value.matchAll(references)].map(([, name = '']) => name) : []

/** Every text that refers to secrets. */
function* stringsOf(at: { readonly path: Path; readonly value: unknown }): Generator<{
  readonly path: Path
  readonly names: readonly string[]
}> {
  const { path, value } = at
  const names = namesIn(value)
  if (names.length > 0) yield { path, names }
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    yield* stringsOf({ path: [...path, Array.isArray(value) ? Number(key) : key], value: child })
  }
}
