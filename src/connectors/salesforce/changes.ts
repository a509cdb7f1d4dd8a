import { fieldsOf, textOf } from '../kit/http.ts'
import { flagOf, type PresenceRow } from './queries.ts'

/** What a change event says of presence. */
export type Change =
  | { readonly type: 'began'; readonly row: PresenceRow }
  | { readonly type: 'ended'; readonly ids: readonly string[] }
  /** Something of which no fields are told (a gap, an overflow): only reading tells. */
  | { readonly type: 'gap' }
  | { readonly type: 'nothing' }

/** Salesforce tells times in milliseconds since the epoch. */
function timeOf(value: unknown): number {
  const time = typeof value === 'bigint' ? Number(value) : value
  return typeof time === 'number' && Number.isFinite(time) ? time : 0
}

/**
 * Reads an event of UserServicePresence (Omni-Channel guide, external routing, "Subscribe to Change Data Capture"): a
 * row begins with a status and ends with it, and what else happens to it is bookkeeping of capacity. An update has only
 * the fields that changed. Undefined for something that is no change event.
 */
export function readChange(event: Readonly<Record<string, unknown>>): Change | undefined {
  const header = fieldsOf(event.ChangeEventHeader)
  const kind = textOf(header.changeType)
  const ids = (Array.isArray(header.recordIds) ? header.recordIds : []).filter(
    (id) => textOf(id) !== undefined,
  )
  if (kind === undefined) return undefined
  if (kind.startsWith('GAP')) return { type: 'gap' }
  if (ids.length === 0) return undefined
  switch (kind) {
    case 'CREATE':
    case 'UNDELETE':
      return began(event, ids[0])
    case 'UPDATE':
      return event.IsCurrentState === false ? { type: 'ended', ids } : { type: 'nothing' }
    case 'DELETE':
      return { type: 'ended', ids }
    default:
      return { type: 'gap' }
  }
}

function began(event: Readonly<Record<string, unknown>>, id: string): Change {
  const [userId, statusId] = [textOf(event.UserId), textOf(event.ServicePresenceStatusId)]
  if (event.IsCurrentState === false) return { type: 'nothing' }
  if (userId === undefined || statusId === undefined) return { type: 'gap' }
  const startedAt = timeOf(event.StatusStartDate)
  return { type: 'began', row: { id, userId, statusId, isAway: flagOf(event.IsAway), startedAt } }
}
