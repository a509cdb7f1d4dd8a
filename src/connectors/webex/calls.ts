import type { DialogFacet, DialogState, Party } from '../../core/observation.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'

/** One call of a person (schema `Call` of call controls). */
export interface WebexCall {
  readonly id: string
  readonly state: string
  readonly personality: string
  readonly callType: string
  readonly number: string | undefined
  /** Why the call was sent on to this person, the newest reason first. */
  readonly redirections: readonly string[]
}

/** Undefined for an answer that is no list of calls. */
export function decodeCalls(json: unknown): readonly WebexCall[] | undefined {
  const { items } = fieldsOf(json)
  if (!Array.isArray(items)) return undefined
  const calls = items.map(decodeCall)
  return calls.every((call) => call !== undefined) ? calls : undefined
}

function decodeCall(json: unknown): WebexCall | undefined {
  const fields = fieldsOf(json)
  const id = textOf(fields.id)
  const state = textOf(fields.state)
  if (id === undefined || state === undefined) return undefined
  const remote = fieldsOf(fields.remoteParty)
  const redirections = Array.isArray(fields.redirections) ? fields.redirections.map(fieldsOf) : []
  return {
    ...{ id, state },
    personality: textOf(fields.personality) ?? '',
    callType: textOf(remote.callType) ?? '',
    number: textOf(remote.number),
    redirections: redirections.flatMap(({ reason }) => textOf(reason) ?? []),
  }
}

/** Enum `CallStateEnum`. Click to dial rings the caller's own phone first: no conversation yet either. */
const states: Readonly<Record<string, DialogState>> = {
  ...{ connecting: 'trying', alerting: 'early', connected: 'confirmed' },
  // The other end put the call on hold: we hear music, and still talk to them.
  ...{ held: 'held', remoteHeld: 'confirmed', disconnected: 'terminated' },
}

/** Enum `CallTypeEnum`: within the location or the organization, or outside. */
const parties: Readonly<Record<string, Party>> = {
  ...{ location: 'internal', organization: 'internal', external: 'external' },
  ...{ emergency: 'external', repair: 'unknown', other: 'unknown' },
}

const directions: Readonly<Record<string, DialogFacet['direction']>> = {
  ...{ originator: 'outbound', clickToDial: 'outbound', terminator: 'inbound' },
}

const fromQueue = new Set(['callQueue', 'huntGroup'])

/** A call as a leg; undefined for one that has ended. A state not known is a call all the same. */
export function toDialog(call: WebexCall, note: (word: StrangeWord) => void): DialogFacet | undefined {
  const known = states[call.state]
  if (!known) note({ field: 'call state', value: call.state, takenAs: 'talking' })
  const party = parties[call.callType]
  if (!party) note({ field: 'callType', value: call.callType, takenAs: 'unknown party' })
  const direction = directions[call.personality]
  if (!direction) note({ field: 'personality', value: call.personality, takenAs: 'unknown direction' })
  const state = known ?? 'confirmed'
  if (state === 'terminated') return undefined
  const inbound = direction === 'inbound'
  return {
    ...{ kind: 'dialog', leg: call.id, state, evidence: 'call' },
    ...{ direction: direction ?? 'unknown', party: party ?? 'unknown' },
    ...(inbound && {
      through: call.redirections.some((reason) => fromQueue.has(reason)) ? 'queue' : 'direct',
    }),
    ...(call.number !== undefined && { remote: call.number }),
  }
}
