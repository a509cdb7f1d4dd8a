/**
 * The value at a JSON pointer (RFC 6901): `/agent/mail`, `/items/0`, with `~1` for `/` and `~0` for `~`; the whole
 * document for the empty one. Undefined where there is none; only own fields are seen.
 */
export function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === '') return document
  let value = document
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
