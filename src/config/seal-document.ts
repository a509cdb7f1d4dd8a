import { type Document, parseDocument, visit } from 'yaml'
import { type ConnectorTypes, findType } from './connector-types.ts'
import { readDocument } from './document.ts'
import { findMarked, listMarked } from './marked.ts'
import { formatPath, type Path, type Problem, readPath } from './problem.ts'
import { configSchema } from './schema.ts'
import { writeYaml } from './yaml-text.ts'

/** A secret that came in clear. `tenant` is empty for what belongs to the hub; the name is unique within it. */
export interface FreshSecret {
  readonly tenant: string
  readonly name: string
  readonly value: string
}

/** A document in which every secret field holds a reference, and what the references stand for. */
export interface SealedDocument {
  readonly text: string
  readonly fresh: readonly FreshSecret[]
  /** The text as data. */
  readonly root: unknown
}

export interface SealOptions {
  readonly types: ConnectorTypes
  /** What is stored now, as data: secret fields that are left out stay as they are there. */
  readonly former: unknown
  /** Number of the version that this is to become; ends the name of each secret that comes with it. */
  readonly version: number
}

const reference = /^\$\{secret:([^}]+)\}$/

/** The names of the secrets that a sealed document refers to, by tenant. */
export function listReferences(root: unknown): readonly { readonly tenant: string; readonly name: string }[] {
  const found: { tenant: string; name: string }[] = []
  const walk = (value: unknown, path: Path): void => {
    if (typeof value === 'string') {
      for (const [, name = ''] of value.matchAll(/\$?\$\{secret:([^}]+)\}/g))
        found.push({ tenant: tenantAt(root, path), name })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value))
        walk(child, [...path, Array.isArray(value) ? Number(key) : key])
    }
  }
  walk(root, [])
  return found
}

/** Id of the tenant whose part the path leads into; empty for what belongs to the hub. */
export function tenantAt(root: unknown, path: Path): string {
  const id = path[0] === 'tenants' ? readPath(root, [...path.slice(0, 2), 'id']) : ''
  return typeof id === 'string' ? id : String(id ?? '')
}

/** Takes clear secrets out of a document and puts references in their places; comments and layout stay. */
export function sealDocument(text: string, options: SealOptions): SealedDocument | readonly Problem[] {
  const { value: root, problems } = readDocument(text)
  if (problems.length > 0) return problems
  const document = parseDocument(text)
  const aliased = findAlias(document)
  if (aliased) return [aliased]
  keepFormer(document, root, options)
  const whole = document.toJS() as unknown
  const fresh: FreshSecret[] = []
  const mixed: Problem[] = []
  let isChanged = !isSame(root, whole)
  for (const { path, value } of listMarked(whole, { ...configSchema }, options.types)) {
    // Empty on purpose: the field is taken out.
    if (value === null) isChanged = document.deleteIn(path) || isChanged
    else if (typeof value !== 'string' || !reference.test(value)) {
      const clear = typeof value === 'string' ? value : sourceOf(document, path, value)
      if (/(^|[^$])\$\{/.test(clear)) mixed.push(refuseMixed(path))
      else fresh.push(takeOut(document, path, { clear, root: whole, version: options.version }))
    }
  }
  if (mixed.length > 0) return mixed
  if (!isChanged && fresh.length === 0) return { text, fresh, root }
  return { text: writeYaml(document), fresh, root: document.toJS() as unknown }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function findAlias(document: Document): Problem | undefined {
  let found = false
  visit(document, {
    Alias: () => {
      found = true
      return visit.BREAK
    },
  })
  const message = 'has aliases (*name), which a stored configuration does not take'
  return found ? { path: '', message, fix: 'Write the repeated parts out.' } : undefined
}

function refuseMixed(path: Path): Problem {
  return {
    path: formatPath(path),
    message:
      'mixes a secret with a reference, or has one of a kind that a stored configuration does not take',
    fix: 'Send the secret itself, or one reference as it was read; for the characters themselves write "$${".',
  }
}

/** An unquoted 0123 is meant as written. */
function sourceOf(document: Document, path: Path, value: unknown): string {
  const node = document.getIn(path, true) as { source?: string } | undefined
  return node?.source ?? String(value)
}

function takeOut(
  document: Document,
  path: Path,
  { clear, root, version }: { clear: string; root: unknown; version: number },
): FreshSecret {
  const tenant = tenantAt(root, path)
  const name = [...nameParts(root, path), version].join('/')
  document.setIn(path, `\${secret:${name}}`)
  return { tenant, name, value: clear.replaceAll('$${', '${') }
}

/** `connectors/pbx/password`: by id where there is one, so that the name says whose it is. */
function nameParts(root: unknown, path: Path): readonly (string | number)[] {
  const own = path[0] === 'tenants' ? 2 : 0
  return path.slice(own).map((part, index) => {
    if (typeof part !== 'number') return part
    const id = readPath(root, [...path.slice(0, own + index + 1), 'id'])
    return typeof id === 'string' && /^[\w.-]+$/.test(id) ? id : part
  })
}

/** Secret fields that a connector leaves out keep what they had, where it is still of the same type. */
function keepFormer(document: Document, root: unknown, { types, former }: SealOptions): void {
  const before = connectorsOf(former)
  for (const { key, path, value } of connectorsOf(root).values()) {
    const had = before.get(key)?.value
    const type = readPath(value, ['type'])
    if (had === undefined || readPath(had, ['type']) !== type) continue
    for (const marked of findMarked(findType(types, type)?.configSchema, had)) {
      // Items of a list have no name by which the former one could be told.
      const isNamed = marked.path.every((part) => typeof part === 'string')
      const parent = readPath(value, marked.path.slice(0, -1))
      const isLeftOut =
        typeof parent === 'object' && parent !== null && readPath(value, marked.path) === undefined
      if (isNamed && isLeftOut) document.setIn([...path, ...marked.path], marked.value)
    }
  }
}

function connectorsOf(root: unknown) {
  const found = new Map<string, { readonly key: string; readonly path: Path; readonly value: unknown }>()
  const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
  for (const [t, tenant] of listOf(readPath(root, ['tenants'])).entries()) {
    for (const [c, value] of listOf(readPath(tenant, ['connectors'])).entries()) {
      const key = `${String(readPath(tenant, ['id']))}/${String(readPath(value, ['id']))}`
      found.set(key, { key, path: ['tenants', t, 'connectors', c], value })
    }
  }
  return found
}
