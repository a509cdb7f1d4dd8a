import type { Leg } from '../phones.ts'
import { webexId } from './ids.ts'

/** Whether the ringing leg is the one that calls: Webex tells the two apart. */
function stateOf({ state, direction }: Leg): string {
  if (state === 'ringing') return direction === 'outbound' ? 'connecting' : 'alerting'
  return { talking: 'connected', held: 'held', ended: 'disconnected' }[state]
}

const idOf = ({ id }: Leg) => webexId('CALL', `BCLD/callhalf-${id}:0`)

const common = (leg: Leg, startedAt: number) => ({
  callSessionId: Buffer.from(leg.call).toString('base64url'),
  personality: leg.direction === 'outbound' ? 'originator' : 'terminator',
  state: stateOf(leg),
  remoteParty: {
    number: leg.number,
    privacyEnabled: false,
    callType: leg.party === 'external' ? 'external' : 'location',
  },
  appearance: 1,
  created: new Date(startedAt).toISOString(),
  ...(leg.state !== 'ringing' && { answered: new Date(leg.since).toISOString() }),
  muteCapable: false,
  muted: false,
})

/** One call as the REST interface lists it (schema `Call` of call controls). */
export const restCall = (leg: Leg, startedAt: number) => ({ id: idOf(leg), ...common(leg, startedAt) })

/** The same as the `data` of a webhook, which has other names for two fields. */
export const hookCall = (
  leg: Leg,
  startedAt: number,
  event: { readonly at: number; readonly type: string },
) => ({
  ...{ eventType: event.type, eventTimestamp: new Date(event.at).toISOString(), callId: idOf(leg) },
  ...common(leg, startedAt),
})
