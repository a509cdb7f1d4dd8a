import type { JsonSchema } from '../../../src/core/connector.ts'

/** How a field is drawn. `words`: names and what each means. `other` is left to whoever edits the YAML. */
export type FieldKind =
  | ('text' | 'long' | 'secret' | 'number' | 'switch' | 'choice')
  | ('choices' | 'texts' | 'items' | 'group' | 'words' | 'other')

export function fieldKind(schema: JsonSchema): FieldKind {
  if (schema.type !== 'array' && schema.secret === true) return 'secret'
  if (choicesOf(schema)) return 'choice'
  if (schema.type === 'string') return isLong(schema) ? 'long' : 'text'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'boolean') return 'switch'
  if (schema.type === 'array') return listKind(itemsOf(schema))
  if (schema.type === 'object' && schema.properties !== undefined) return 'group'
  return meaningOf(schema) && choicesOf(meaningOf(schema)!) ? 'words' : 'other'
}

function listKind(items: JsonSchema): FieldKind {
  if (choicesOf(items)) return 'choices'
  if (items.type === 'string') return 'texts'
  return items.type === 'object' && items.properties !== undefined ? 'items' : 'other'
}

/** The words of a choice, written as `enum` or as a union of constants. */
export function choicesOf(schema: JsonSchema): readonly string[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum.map(String)
  const branches = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined
  if (!branches?.length || !branches.every((branch) => branch.const !== undefined)) return undefined
  return branches.map((branch) => String(branch.const))
}

export function itemsOf(schema: JsonSchema): JsonSchema {
  return (schema.items ?? {}) as JsonSchema
}

/** What the values of a group with free names look like. */
export function meaningOf(schema: JsonSchema): JsonSchema | undefined {
  const patterns = Object.values((schema.patternProperties ?? {}) as Readonly<Record<string, JsonSchema>>)
  if (patterns[0]) return patterns[0]
  return typeof schema.additionalProperties === 'object' && schema.additionalProperties !== null
    ? (schema.additionalProperties as JsonSchema)
    : undefined
}

export function propertiesOf(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>)
}

/** Must be given: there is no default. */
export function isRequired(schema: JsonSchema, key: string, field: JsonSchema): boolean {
  return ((schema.required ?? []) as readonly string[]).includes(key) && field.default === undefined
}

/** Certificates and keys have many lines; their files are named in one. */
function isLong({ description }: JsonSchema): boolean {
  return typeof description === 'string' && description.includes('PEM') && !description.startsWith('Path')
}

export function titleOf(schema: JsonSchema, key: string): string {
  return typeof schema.title === 'string' ? schema.title : key
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** What the hub answers in the place of a secret: a reference to the sealed one, or to where a file has it. */
export function isKept(value: unknown): value is string {
  return typeof value === 'string' && /^(\$\{\w+:[^}]*\}|\(hidden\))$/.test(value)
}
