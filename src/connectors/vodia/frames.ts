import { fieldsOf, readJson } from '../kit/http.ts'
import { textIn } from './fields.ts'

/** What a frame of the WebSocket is good for: whose phones to read again. */
export type Frame =
  | {
      readonly kind: 'calls'
      readonly calls: ReadonlyMap<string, { readonly text: string; readonly names: readonly string[] }>
    }
  /** Something of these accounts changed: `blf`, `domain-state`. */
  | { readonly kind: 'accounts'; readonly names: readonly string[] }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown'; readonly action: string }
  | { readonly kind: 'malformed' }

/** Frames about other things (doc.vodia.com/docs/websocket-reference, quick reference). */
const elsewhere = new Set(['callerid', 'rec-start', 'rec-stop', 'ringtones', 'missed-calls', 'bye-response'])
const accountActions = new Set(['blf', 'domain-state', 'user-change'])

/** Every text in a value that might be a number. */
function namesIn(value: unknown, found: string[] = [], depth = 0): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    // A star marks a second registration of the same extension.
    for (const word of String(value).match(/[\w+.-]+/g) ?? []) found.push(word)
  } else if (typeof value === 'object' && value !== null && depth < 6) {
    for (const [key, each] of Object.entries(value)) {
      if (!Array.isArray(value)) found.push(key)
      namesIn(each, found, depth + 1)
    }
  }
  return found
}

/**
 * Frames name an `action`, or are part of a browser's call and of no interest here. The fields of a call are not
 * published in full, nor whether a frame names all calls or those that changed: so nothing is taken from them but whose
 * they are.
 */
export function decodeFrame(text: string): Frame {
  const json = readJson(text)
  if (typeof json !== 'object' || json === null) return { kind: 'malformed' }
  const fields = fieldsOf(json)
  const action = textIn(fields, ['action'])
  if (action === undefined || elsewhere.has(action)) return { kind: 'ignored' }
  if (accountActions.has(action)) return { kind: 'accounts', names: namesIn(fields) }
  if (action !== 'call-state') return { kind: 'unknown', action }
  if (!Array.isArray(fields.calls)) return { kind: 'malformed' }
  const calls = fields.calls.map((call, index) => {
    const id = textIn(fieldsOf(call), ['id', 'callid', 'call_id', 'call-id']) ?? String(index)
    return [id, { text: JSON.stringify(call), names: namesIn(call) }] as const
  })
  return { kind: 'calls', calls: new Map(calls) }
}

/** Whose calls differ between two frames: of a call that came, went, or is described otherwise. */
export class CallFrames {
  #last: ReadonlyMap<string, { readonly text: string; readonly names: readonly string[] }> = new Map()

  changed(calls: (Frame & { kind: 'calls' })['calls']): readonly string[] {
    const before = this.#last
    this.#last = calls
    const names = new Set<string>()
    for (const [id, { text, names: mine }] of calls) {
      if (before.get(id)?.text !== text) for (const name of mine) names.add(name)
    }
    for (const [id, { names: mine }] of before) if (!calls.has(id)) for (const name of mine) names.add(name)
    return [...names]
  }
}
