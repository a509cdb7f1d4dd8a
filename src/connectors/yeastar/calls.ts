import type { DialogFacet, DialogState, Direction, Party } from '../../core/observation.ts'
import { fieldsOf, textOf } from '../kit/http.ts'

/** An extension's part in a call. */
export interface Leg {
  readonly channel: string
  readonly extension: string
  /** The vendor's word: `RING`, `ANSWER`, `HOLD` ... */
  readonly status: string
}

/** One call with all of its members, as event 30011 and `call/query` tell it. */
export interface Call {
  readonly id: string
  readonly legs: readonly Leg[]
  /** Channels of members who have hung up. */
  readonly left: readonly string[]
  /** Number of the outside party; undefined while there is none. */
  readonly outside: { readonly number: string; readonly way: 'inbound' | 'outbound' } | undefined
}

/** Undefined for something that is no call. */
export function readCall(json: unknown): Call | undefined {
  const { call_id: callId, members } = fieldsOf(json)
  const id = textOf(callId)
  if (id === undefined || !Array.isArray(members)) return undefined
  const legs: Leg[] = []
  const left: string[] = []
  let outside: Call['outside']
  for (const member of members.map(fieldsOf)) {
    const about = fieldsOf(member.extension ?? member.inbound ?? member.outbound)
    const extension = member.extension === undefined ? undefined : textOf(about.number)
    const channel = textOf(about.channel_id) ?? extension ?? 'trunk'
    const status = (textOf(about.member_status) ?? '').toUpperCase()
    if (status === 'BYE') left.push(channel)
    else if (extension !== undefined) legs.push({ channel, extension, status })
    if (member.inbound !== undefined) outside = { number: textOf(about.from) ?? '', way: 'inbound' }
    if (member.outbound !== undefined) outside = { number: textOf(about.to) ?? '', way: 'outbound' }
  }
  return { id, legs, left, outside }
}

/** Undefined where the answer is no list; what is malformed in it is counted. */
export function readCalls(
  json: unknown,
): { readonly calls: readonly Call[]; readonly malformed: number } | undefined {
  const { data = [] } = fieldsOf(json)
  if (!Array.isArray(data)) return undefined
  const read = data.map(readCall)
  const calls = read.filter((each) => each !== undefined)
  return { calls, malformed: read.length - calls.length }
}

interface Meaning {
  readonly state: DialogState
  readonly direction?: Direction
}

/** `member_status` (developer guide, event 30011): the caller's words and those of the called. */
const meanings: Readonly<Record<string, Meaning>> = {
  ALERT: { state: 'early', direction: 'outbound' },
  RING: { state: 'early', direction: 'inbound' },
  EARLYMEDIA: { state: 'early', direction: 'inbound' },
  ANSWERED: { state: 'confirmed', direction: 'outbound' },
  ANSWER: { state: 'confirmed', direction: 'inbound' },
  HOLD: { state: 'held' },
}

/** False for a `member_status` that nobody has described; it counts as a call that is up. */
export const isKnownStatus = (status: string): boolean => Object.hasOwn(meanings, status)

/** A trunk among the members makes a call external; extensions among themselves are internal; one alone tells nothing. */
export function partyOf({ outside, legs }: Call): Party {
  if (outside) return 'external'
  return new Set(legs.map(({ extension }) => extension)).size > 1 ? 'internal' : 'unknown'
}

/** A leg as the hub counts it. `before`: its direction as long as it was told, for a held call says neither. */
export function dialogOf(call: Call, leg: Leg, before: Direction = 'unknown'): DialogFacet {
  const { state, direction }: Meaning = meanings[leg.status] ?? { state: 'confirmed' }
  const other = call.legs.find(({ extension }) => extension !== leg.extension)
  const remote = call.outside?.number || other?.extension || ''
  return {
    kind: 'dialog',
    leg: `${call.id} ${leg.channel}`,
    state,
    direction: direction ?? (before === 'unknown' ? (call.outside?.way ?? 'unknown') : before),
    party: partyOf(call),
    evidence: 'call',
    ...(/^\+?[\d*#]+$/.test(remote) && { remote }),
  }
}
