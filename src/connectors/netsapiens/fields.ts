/** Fields of an answer or an event without trust in their types. */
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

/** `yes` and `no`, as the API writes flags, or a JSON boolean. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  return word === 'yes' ? true : word === 'no' ? false : undefined
}
