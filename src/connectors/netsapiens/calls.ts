import type { DialogState, Party } from '../../core/observation.ts'
import { fieldsOf } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { type Fields, textIn } from './fields.ts'

/** One side of a call as the platform tells it. */
export interface Side {
  /** Empty for somebody outside. */
  readonly user: string
  readonly domain: string
  /** `device`, `gateway` ...; empty where it is not told. */
  readonly type: string
  /** The host in the side's SIP address; empty where it is not told. */
  readonly info: string
}

/** A call, or one fork of it, between an originating and a terminating side. */
export interface NsCall {
  readonly origId: string
  /** Empty while nobody is called yet. */
  readonly termId: string
  readonly orig: Side
  readonly term: Side
  readonly answered: boolean
  readonly removed: boolean
  readonly caller: string
  readonly dialled: string
  readonly throughQueue: boolean
}

/**
 * A call as `GET /domains/{domain}/calls` lists it (hyphens) or as it is posted (underscores in a captured body, hyphens
 * expected by newer receivers). Undefined for anything without an originating call id.
 */
export function decodeCall(value: unknown): NsCall | undefined {
  const fields: Fields = fieldsOf(value)
  const find = (...names: string[]) =>
    textIn(fields, [...names, ...names.map((name) => name.replaceAll('_', '-'))]) ?? ''
  const origId = find('orig_callid', 'call-orig-call-id')
  if (origId === '') return undefined
  const answer = find('time_answer', 'call-answer-datetime')
  return {
    origId,
    termId: find('term_callid', 'call-term-call-id'),
    orig: {
      user: find('orig_user', 'orig_sub', 'call-orig-user'),
      domain: find('orig_domain', 'call-orig-domain').toLowerCase(),
      type: find('orig_type').toLowerCase(),
      info: find('orig_call_info', 'call-orig-info').toLowerCase(),
    },
    term: {
      user: find('term_user', 'term_sub', 'call-term-user'),
      domain: find('term_domain', 'call-term-domain').toLowerCase(),
      type: find('term_type').toLowerCase(),
      info: find('term_call_info', 'call-term-info', 'term-orig-info').toLowerCase(),
    },
    answered: answer !== '' && !answer.startsWith('0000'),
    removed: find('remove').toLowerCase() === 'yes',
    caller: find('ani', 'caller-id-number'),
    dialled: find('dnis', 'call-dialed-number'),
    throughQueue: /queue/i.test(`${find('by_action', 'call-by-action')} ${find('by_type')}`),
  }
}

/** The list of calls; undefined for an answer that is none. */
export function decodeCalls(json: unknown): readonly NsCall[] | undefined {
  if (!Array.isArray(json)) return undefined
  const calls = json.flatMap((each) => decodeCall(each) ?? [])
  return calls.length === json.length ? calls : undefined
}

/** Who a side is, seen from a domain; `unknown` where neither its type nor its place tells. */
export function partyOf(side: Side, domain: string): Party {
  if (side.type === 'gateway') return 'external'
  const inside = side.domain === domain
  if (inside && (side.user !== '' || side.type === 'device')) return 'internal'
  // Another customer of the same platform is outside all the same.
  if (side.domain !== '' && side.domain !== '*' && !inside) return 'external'
  return side.user === '' && side.domain === '*' ? 'external' : 'unknown'
}

const plainWords = new Set(['', 'active', 'answered', 'connected', 'talking'])
const waitingWords = new Set(['ringing', 'alerting', 'progressing', 'trying', 'early'])

/** The state of one side. No word for a held call is published: whatever contains hold or held is taken for one. */
export function stateOf(call: NsCall, side: Side, note: (word: StrangeWord) => void): DialogState {
  if (/hold|held/.test(side.info)) return 'held'
  if (!plainWords.has(side.info) && !waitingWords.has(side.info)) {
    note({ field: 'call info', value: side.info, takenAs: 'talking or ringing, by the time of answer' })
  }
  if (call.answered) return 'confirmed'
  return side === call.orig && call.termId === '' ? 'trying' : 'early'
}
