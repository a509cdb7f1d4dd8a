import type { Clock } from '../../core/ports.ts'
import type { Call, Leg, Phones } from '../phones.ts'

const words = { ringing: 'alerting', talking: 'connected', held: 'holding' } as const

const wordOf = ({ state }: Leg) => (state === 'ended' ? 'disconnected' : words[state])

/** Answer of `GET /rest/user/{account}/calls`: fields as clients of the vendor's expect them; no body is published. */
export function listCalls(phones: Phones, clock: Clock, extension: string) {
  return phones.legs(extension).map((leg) => ({
    id: leg.id,
    state: wordOf(leg),
    from: leg.direction === 'outbound' ? extension : leg.number,
    to: leg.direction === 'outbound' ? leg.number : extension,
    duration: Math.round((clock.wall() - leg.since) / 1000),
  }))
}

/** One entry of a `call-state` frame (doc.vodia.com/docs/websocket-reference, as far as its fields are known). */
export function describeCall(call: Call, phones: Phones) {
  const live = call.legs.filter(({ state }) => state !== 'ended')
  const [first] = live
  if (!first) return undefined
  const outbound = first.direction === 'outbound'
  const [from, to] = outbound ? [first.extension, first.number] : [first.number, first.extension]
  const nameOf = (number: string) => phones.phone(number)?.displayName ?? ''
  return {
    id: call.id,
    state: live.some(({ state }) => state !== 'ringing') ? 'connected' : 'alerting',
    ...{ 'from-number': from, 'from-name': nameOf(from), 'to-number': to, 'to-name': nameOf(to) },
    extension: live.map(({ extension }) => extension),
    start: new Date(call.startedAt).toISOString(),
    connect: live.some(({ state }) => state !== 'ringing') ? new Date(first.since).toISOString() : '',
  }
}
