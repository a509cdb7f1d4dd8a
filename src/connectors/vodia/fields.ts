import { fieldsOf } from '../kit/http.ts'

/** Fields of an answer without trust in their types. */
export type Fields = Readonly<Record<string, unknown>>

/** The first of these fields that holds a text or a number, as text. */
export function textIn(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  }
  return undefined
}

/** The PBX writes flags as JSON booleans in one place and as text in another. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = String(value).trim().toLowerCase()
  if (['true', 'on', 'yes', '1', 'enabled', 'active'].includes(word)) return true
  return ['false', 'off', 'no', '0', '', 'disabled', 'inactive'].includes(word) ? false : undefined
}

/** A list as it stands, or as the only list in an object; undefined when there is none. */
export function listIn(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json
  const lists = Object.values(fieldsOf(json)).filter(Array.isArray)
  return lists.length === 1 ? lists[0] : undefined
}
