import type { Call, Leg } from '../phones.ts'
import { domainOf, type NetSapiensSettings } from './world.ts'
import { writeTime } from './write-time.ts'

interface Side {
  readonly user: string
  readonly domain: string
  readonly type: 'device' | 'gateway'
  readonly info: string
}

/** One active call: an originating side and a terminating one, each a phone of ours or the gateway to outside. */
export interface ActiveCall {
  readonly id: string
  readonly domain: string
  readonly orig: Side
  readonly term: Side
  readonly ani: string
  readonly dnis: string
  readonly startedAt: number
  readonly answeredAt: number | undefined
  readonly ended: boolean
}

/** The call as the platform keeps it; undefined for a call of which no phone is left to tell. */
export function toActiveCall(settings: NetSapiensSettings, call: Call): ActiveCall | undefined {
  const [first] = call.legs
  if (!first) return undefined
  const info = (leg: Leg | undefined) =>
    leg?.state === 'held' && settings.holdWord !== undefined ? settings.holdWord : 'active'
  const side = (leg: Leg | undefined, other: string): Side =>
    leg
      ? {
          ...{ user: leg.extension, domain: domainOf(settings, leg.extension) ?? '' },
          ...{ type: 'device', info: info(leg) },
        }
      : /^\+|^\d{7,}$/.test(other)
        ? { user: '', domain: '*', type: 'gateway', info: 'active' }
        : { user: other, domain: domainOf(settings, first.extension) ?? '', type: 'device', info: 'active' }
  const orig = call.legs.find(({ direction }) => direction === 'outbound')
  const term = call.legs.find(({ direction }) => direction === 'inbound')
  const answered = call.legs.filter(({ state }) => state === 'talking' || state === 'held')
  return {
    id: call.id,
    domain: domainOf(settings, first.extension) ?? '',
    orig: side(orig, first.number),
    term: side(term, first.number),
    ani: orig ? orig.extension : first.number,
    dnis: orig ? orig.number : first.extension,
    startedAt: call.startedAt,
    answeredAt: answered.length > 0 ? Math.min(...answered.map(({ since }) => since)) : undefined,
    ended: call.legs.every(({ state }) => state === 'ended'),
  }
}

const host = '192.0.2.67'

/** An entry of `GET /domains/{domain}/calls` (schema ActiveCall). */
export function describeActive(call: ActiveCall) {
  const { id, orig, term, ani, dnis } = call
  return {
    'core-server': 'core1.lab.example',
    'call-session-id': id,
    'call-orig-call-id': `${id}@${host}`,
    'call-orig-match-uri': `sip:${orig.user || '*'}@${orig.domain}`,
    'call-orig-user': orig.user,
    'call-orig-domain': orig.domain,
    'call-orig-uri': `sip:${ani}@${orig.user ? orig.domain : host}`,
    'call-orig-name': ani,
    'caller-id-number': ani,
    'call-dialed-number': dnis,
    ...{ 'call-by-action': '', 'call-by-user': '', 'call-by-domain': '', 'call-by-call-id': '' },
    'call-term-call-id': `${id}-term`,
    'call-term-user': term.user,
    'call-term-domain': term.domain,
    'call-term-uri': `sip:${dnis}@${term.user ? term.domain : host}`,
    'call-start-datetime': writeTime(call.startedAt),
    'call-answer-datetime': call.answeredAt === undefined ? '' : writeTime(call.answeredAt),
    'call-orig-info': orig.info,
    'term-orig-info': term.info,
    'call-audio-codec': 'PCMU',
  }
}

/** The body that is posted for model `call`, with the names of a captured one. */
export function describeEvent(call: ActiveCall) {
  const { id, orig, term, ani, dnis } = call
  return {
    hostname: 'core1.lab.example',
    sessionId: id,
    orig_callid: `${id}@${host}`,
    orig_sub: orig.user,
    orig_user: orig.user,
    orig_domain: orig.domain,
    orig_type: orig.type,
    ...{ by_action: '', by_sub: '', by_domain: '', by_type: '' },
    term_callid: `${id}-term`,
    term_sub: term.user,
    term_user: term.user,
    term_domain: term.domain,
    term_type: term.type,
    term_to_uri: `sip:${dnis}@${host}`,
    time_start: writeTime(call.startedAt),
    time_answer: call.answeredAt === undefined ? '0000-00-00 00:00:00' : writeTime(call.answeredAt),
    orig_call_info: orig.info,
    term_call_info: term.info,
    ani,
    dnis,
    ...(call.ended && { remove: 'yes' }),
  }
}
