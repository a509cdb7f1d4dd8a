import { fieldsOf, readJson } from '../kit/http.ts'
import { type Participant, readParticipant } from './participants.ts'

/** What a frame of the Call Control WebSocket says. */
export type CallEvent =
  /** Added or changed; some builds attach what it is now. */
  | {
      readonly kind: 'changed'
      readonly dn: string
      readonly id: string
      readonly participant: Participant | undefined
    }
  | { readonly kind: 'removed'; readonly dn: string; readonly id: string }
  /** Well formed, and about something else: a device, a key pressed, an answer. */
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed' }

const other: CallEvent = { kind: 'other' }
const malformed: CallEvent = { kind: 'malformed' }

/** `{"sequence":N,"event":{"event_type":0,"entity":"/callcontrol/101/participants/7","attached_data":null}}` */
export function readCallEvent(text: string): CallEvent {
  const { event } = fieldsOf(readJson(text))
  const { event_type: type, entity, attached_data: attached } = fieldsOf(event)
  if (typeof type !== 'number') return malformed
  if (type !== 0 && type !== 1) return other
  if (typeof entity !== 'string') return malformed
  const [, dn, id] = /^\/?callcontrol\/([^/]+)\/participants\/([^/]+)$/i.exec(entity) ?? []
  if (dn === undefined || id === undefined) return other
  const at = { dn: decodeSafely(dn), id: decodeSafely(id) }
  if (type === 1) return { kind: 'removed', ...at }
  return { kind: 'changed', ...at, participant: readParticipant(fieldsOf(attached).Response) }
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
