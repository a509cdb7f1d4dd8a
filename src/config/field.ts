import type { JsonSchema } from '../core/connector.ts'

/** One key of a group, as the sample and the documentation tell of it. */
export interface Field {
  readonly key: string
  readonly schema: JsonSchema
  /** Must be given: there is no default. */
  readonly required: boolean
}

/** Keys of a group that the schema names, in its order. */
export function listFields(schema: object): readonly Field[] {
  const group = schema as JsonSchema
  const properties = (group.properties ?? {}) as Readonly<Record<string, JsonSchema>>
  const required = (group.required ?? []) as readonly string[]
  return Object.entries(properties).map(([key, field]) => ({
    key,
    schema: field,
    required: required.includes(key) && field.default === undefined,
  }))
}

/** `Port. TCP port; 0 picks a free one.` */
export function describeField({ title, description }: JsonSchema): string {
  return [title, description]
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => `${String(part).replace(/\.$/, '')}.`)
    .join(' ')
}

/** The words of a choice, written as `enum` or as a union of constants; undefined for anything else. */
function listWords(schema: JsonSchema): readonly string[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum.map(String)
  const branches = schema.anyOf as readonly JsonSchema[] | undefined
  if (!branches?.length || !branches.every((branch) => branch.const !== undefined)) return undefined
  return branches.map((branch) => String(branch.const))
}

/** `text`, `a number, 0 to 65535`, `one of a, b`, `list of text`. */
export function describeType(schema: JsonSchema): string {
  const words = listWords(schema)
  if (words) return `one of ${words.map((word) => `\`${word}\``).join(', ')}`
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  const types = [schema.type].flat().map((type) => {
    if (type === 'array') {
      const items = schema.items as JsonSchema | undefined
      if (items?.properties !== undefined) return 'list of groups'
      return `list of ${items ? describeType(items) : 'anything'}`
    }
    if (type === 'integer') return 'whole number'
    if (type === 'string') return schema.secret === true ? 'secret' : 'text'
    if (type === 'boolean') return '`true` or `false`'
    if (type === 'object') return 'group'
    return String(type ?? 'anything')
  })
  const { minimum, maximum } = schema
  const range =
    minimum !== undefined && maximum !== undefined
      ? `, ${minimum} to ${maximum}`
      : minimum !== undefined
        ? `, at least ${minimum}`
        : maximum !== undefined
          ? `, at most ${maximum}`
          : ''
  return types.join(' or ') + range
}

/** A value that a reader can start from, and that passes the schema where the schema gives an example. */
export function exampleOf({ key, schema }: Field, prefix = ''): unknown {
  if (schema.secret === true) {
    const name = `${prefix}_${key}`.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_')
    return `\${env:${name.toUpperCase().replace(/^_/, '')}}`
  }
  const { examples, default: fallback, const: fixed, type, minimum } = schema
  const words = listWords(schema)
  if (fallback !== undefined) return fallback
  if (Array.isArray(examples) && examples.length > 0) return examples[0]
  if (fixed !== undefined) return fixed
  if (words) return words[0]
  const first = [type].flat()[0]
  if (first === 'integer' || first === 'number') return minimum ?? 0
  if (first === 'boolean') return false
  if (first === 'array') return []
  if (first === 'object') return {}
  return 'example'
}
