import { createHiddenValues, type HiddenValues, hidden } from './hidden-values.ts'
import { hideShapes, isSecretName } from './secret-shapes.ts'

const limits = { depth: 8, entries: 100, text: 8_192, scanned: 65_536 }

export interface Redaction {
  hide(value: string): boolean
  /** The text without secrets, cut to 8,192 characters. */
  text(text: string): string
  /** A plain JSON value without secrets, whatever went in; never throws. */
  value(value: unknown): unknown
}

/** Replaces secrets by the name of their field, by their value, and by their shape. */
export function createRedaction(): Redaction {
  const values = createHiddenValues()
  const text = (input: string) => redactText(input, values)
  return {
    hide: (value) => values.add(value),
    text,
    value: (value) => walk(value, { text, inside: [] }),
  }
}

function redactText(input: string, values: HiddenValues): string {
  const scanned = input.length > limits.scanned ? input.slice(0, limits.scanned) : input
  let clean = hideShapes(values.replace(scanned))
  // The cut may have left the beginning of a secret, which no longer looks like one.
  if (scanned !== input) clean = clean.slice(0, Math.max(0, clean.length - values.longest()))
  return clean.length > limits.text || scanned !== input
    ? `${clean.slice(0, limits.text)}... (${input.length} characters)`
    : clean
}

interface Walk {
  text(input: string): string
  /** The objects around this one, for cycles and depth. */
  readonly inside: readonly object[]
}

function walk(value: unknown, at: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return at.text(value)
    case 'number':
    case 'bigint': {
      // A PIN is a secret that looks like a number.
      const shown = String(value)
      const clean = at.text(shown)
      return clean === shown && typeof value === 'number' && Number.isFinite(value) ? value : clean
    }
    case 'object':
      return value === null ? null : walkObject(value, at)
    case 'function':
    case 'symbol':
      return `[${typeof value}]`
    default:
      return value
  }
}

function walkObject(value: object, { text, inside }: Walk): unknown {
  if (inside.includes(value)) return '[circular]'
  if (inside.length >= limits.depth) return '[deeper]'
  const next: Walk = { text, inside: [...inside, value] }
  try {
    if (value instanceof Error) return walkError(value, next)
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
    if (value instanceof URL || value instanceof RegExp) return text(String(value))
    if (value instanceof URLSearchParams) return walkEntries([...value], next)
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof Map || isHeaders(value)) return walkEntries([...value], next)
    if (Array.isArray(value) || value instanceof Set) return walkList([...value], next)
    if ('toJSON' in value && typeof value.toJSON === 'function') return walk(value.toJSON(), next)
    return walkEntries(readEntries(value), next)
  } catch {
    // A getter, a proxy or a toJSON that throws.
    return '[unreadable]'
  }
}

function isHeaders(value: object): value is Headers {
  return typeof Headers !== 'undefined' && value instanceof Headers
}

function readEntries(value: object): (readonly [string, unknown])[] {
  return Object.keys(value).map((key) => {
    try {
      return [key, value[key as keyof typeof value]]
    } catch {
      return [key, '[unreadable]']
    }
  })
}

function walkList(list: readonly unknown[], at: Walk): unknown[] {
  const shown = list.slice(0, limits.entries).map((item) => walk(item, at))
  return list.length > limits.entries ? [...shown, `... (${list.length} entries)`] : shown
}

function walkEntries(entries: readonly (readonly [unknown, unknown])[], at: Walk): object {
  const shown = entries.slice(0, limits.entries).map(([key, value]): [string, unknown] => {
    const name = String(key)
    return [at.text(name), isSecretName(name) && holdsSomething(value) ? hidden : walk(value, at)]
  })
  if (entries.length > limits.entries) shown.push(['...', `${entries.length} entries`])
  return Object.fromEntries(shown)
}

/** Whether a secret is set at all may be told. */
function holdsSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'boolean'
}

/** Name, message, stack, whatever else the error carries, and its causes. */
function walkError(error: Error, at: Walk): object {
  const own = readEntries(error).filter(([key]) => key !== 'cause' && key !== 'stack' && key !== 'message')
  const result: Record<string, unknown> = {
    type: at.text(String(error.name)),
    message: at.text(String(error.message)),
    ...walkEntries(own, at),
  }
  if (typeof error.stack === 'string') result.stack = at.text(error.stack)
  if (error instanceof AggregateError) result.errors = walkList(error.errors, at)
  if (error.cause !== undefined) result.cause = walk(error.cause, at)
  return result
}
