import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import { type Call, readCall } from './calls.ts'

/** Event types that are asked for: registration, lamp, presence, call, end of a call, list of extensions. */
export const topics = [30007, 30008, 30009, 30011, 30012, 30022] as const

export type YeastarEvent =
  | { readonly kind: 'registration'; readonly extension: string; readonly registered: boolean }
  | { readonly kind: 'lamp'; readonly extension: string; readonly status: string }
  | { readonly kind: 'presence'; readonly extension: string; readonly status: string }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'ended'; readonly callId: string }
  | { readonly kind: 'extensions' }
  /** The answer to our list of topics. */
  | { readonly kind: 'answer'; readonly errcode: number }
  | { readonly kind: 'heartbeat' }
  /** Well-formed, and not for us. */
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed' }

const malformed: YeastarEvent = { kind: 'malformed' }

/** A frame of the WebSocket or the body of a webhook. Total: whatever is not understood is `malformed`. */
export function readEvent(text: string): YeastarEvent {
  if (text.trim().toLowerCase() === 'heartbeat response') return { kind: 'heartbeat' }
  const { type, msg, errcode } = fieldsOf(readJson(text))
  if (typeof errcode === 'number') return { kind: 'answer', errcode }
  if (typeof type !== 'number') return malformed
  // A text that holds JSON in the vendor's examples; some releases send the object itself.
  const body = typeof msg === 'string' ? readJson(msg) : msg
  const fields = fieldsOf(body)
  const [extension, status] = [textOf(fields.extension), textOf(fields.status)]
  switch (type) {
    case 30007:
      if (extension === undefined || status === undefined) return malformed
      return { kind: 'registration', extension, registered: status.toLowerCase() === 'registered' }
    case 30008:
      if (extension === undefined || status === undefined) return malformed
      return { kind: 'lamp', extension, status: status.toLowerCase() }
    case 30009:
      if (extension === undefined || status === undefined) return malformed
      return { kind: 'presence', extension, status }
    case 30011: {
      const call = readCall(body)
      return call ? { kind: 'call', call } : malformed
    }
    case 30012: {
      const callId = textOf(fields.call_id)
      return callId === undefined ? malformed : { kind: 'ended', callId }
    }
    case 30022:
      return { kind: 'extensions' }
    default:
      return { kind: 'other' }
  }
}
