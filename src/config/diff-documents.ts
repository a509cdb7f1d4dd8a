import type { ConfigDifference } from '../core/config-port.ts'
import { readChild } from './problem.ts'

/** What differs between two configurations, tenants by id and their items by what identifies them. */
export function diffDocuments(was: unknown, is: unknown): readonly ConfigDifference[] {
  const [before, now] = [tenantsOf(was), tenantsOf(is)]
  const of = (tenant: string, pair: readonly [unknown, unknown]) =>
    [...compare(pair[0], pair[1], '')].map((difference) => ({ tenant, ...difference }))
  return [
    ...of('', [withoutTenants(was), withoutTenants(is)]),
    ...[...new Set([...before.keys(), ...now.keys()])].flatMap((id) => of(id, [before.get(id), now.get(id)])),
  ]
}

function tenantsOf(root: unknown): ReadonlyMap<string, unknown> {
  const tenants = readChild(root, 'tenants')
  return new Map((Array.isArray(tenants) ? tenants : []).map((one) => [String(readChild(one, 'id')), one]))
}

function withoutTenants(root: unknown): object {
  const { tenants: _, ...rest } = (root ?? {}) as { readonly tenants?: unknown }
  return rest
}

function* compare(was: unknown, is: unknown, path: string): Generator<Omit<ConfigDifference, 'tenant'>> {
  const [left, right] = [childrenOf(was), childrenOf(is)]
  if (left && right) {
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      yield* compare(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`)
    }
    return
  }
  const [a, b] = [write(was), write(is)]
  if (a !== b) yield { path, ...(a !== undefined && { was: a }), ...(b !== undefined && { is: b }) }
}

/** Members that are compared one by one; lists of items without a name are compared whole. */
function childrenOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const names = value.map(nameOf)
  if (names.length === 0 || names.includes(undefined) || new Set(names).size < names.length) return undefined
  return new Map(value.map((one, index) => [names[index]!, one]))
}

function nameOf(item: unknown): string | undefined {
  const [id, upn, name] = ['id', 'upn', 'name'].map((key) => readChild(item, key))
  const [from, to] = ['from', 'to'].map((key) => readChild(item, key))
  if (typeof from === 'string' && typeof to === 'string') return `${from} to ${to}`
  const named = id ?? upn ?? name
  return typeof named === 'string' ? named : undefined
}

function write(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
