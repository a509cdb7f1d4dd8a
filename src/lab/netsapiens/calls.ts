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

/** What a posted call says of one of its sides. */
function describeSide(prefix: 'orig' | 'term', side: Side, number: string) {
  const { user, domain, type, info } = side
  const fields = {
    ...{ sub: user, user, domain, own_sub: user, own_domain: domain, type, call_info: info, id: number },
    ...{ group: '', site: '', territory: '', leg_tag: '', ip: host },
    match: `sip:${user || '*'}@${user ? domain : host}`,
    logi_uri: `sip:${user || number}@${domain}`,
  }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}_${name}`, value]))
}

/** An address in the three parts that a posted call has of it. */
function describeUri(prefix: string, user: string, at: string) {
  return { [`${prefix}_uri`]: `sip:${user}@${at}`, [`${prefix}_user`]: user, [`${prefix}_host`]: at }
}

const empty = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']))

/** The body that is posted for model `call`, with the names of a captured one. */
export function describeEvent(call: ActiveCall): Readonly<Record<string, string>> {
  const { id, orig, term, ani, dnis } = call
  const started = writeTime(call.startedAt)
  const answered = call.answeredAt === undefined ? '0000-00-00 00:00:00' : writeTime(call.answeredAt)
  return {
    ...{ hostname: 'core1.lab.example', sessionId: id, acr_id: `${id}_${dnis}` },
    orig_callid: `${id}@${host}`,
    ...describeSide('orig', orig, ani),
    ...{ ...describeUri('orig_from', ani, orig.domain), orig_from_name: ani, orig_name: ani },
    ...{ ...describeUri('orig_req', dnis, orig.domain), ...describeUri('orig_to', dnis, orig.domain) },
    ...empty('by_action', 'by_sub', 'by_domain', 'by_type', 'by_group', 'by_site', 'by_territory'),
    ...empty('by_uri', 'by_callid', 'by_id', 'pac', 'action_parameter', 'action_by', 'notes'),
    term_callid: `${id}-term`,
    ...describeSide('term', term, dnis),
    ...{ term_to_uri: `sip:${dnis}@${host}`, term_uri: `sip:${dnis}@${host}` },
    ...{ time_start: started, time_begin: started, time_answer: answered },
    ...{ time_refresh: started, ts: started },
    ...{ route_to: 'sip:*@*', route_class: '0', media: 'PCMU', action: 'nop' },
    ...{ ani, dnis },
    ...(call.ended && { remove: 'yes' }),
  }
}
