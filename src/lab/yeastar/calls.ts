import type { Call, Leg } from '../phones.ts'

/** `member_status` (developer guide, event 30011): the caller's words and those of the called. */
function statusOf({ state, direction }: Leg): string {
  if (state === 'ended') return 'BYE'
  if (state === 'held') return 'HOLD'
  if (direction === 'outbound') return state === 'ringing' ? 'ALERT' : 'ANSWERED'
  return state === 'ringing' ? 'RING' : 'ANSWER'
}

/** A call with its members: extensions, and the trunk of an external party. */
export function describeCall(call: Call, strange?: string) {
  const members: object[] = call.legs.map((leg) => ({
    extension: {
      number: leg.extension,
      channel_id: `PJSIP/${leg.extension}-${leg.id}`,
      member_status: strange ?? statusOf(leg),
      call_path: '',
    },
  }))
  const outer = call.legs.find(({ party }) => party === 'external')
  if (outer) members.push(trunkMember(outer))
  return { call_id: call.id, members }
}

function trunkMember(leg: Leg): object {
  const { extension, number, direction, state } = leg
  const about = { trunk_name: 'lab-trunk', channel_id: `PJSIP/trunk-${leg.id}`, call_path: '' }
  const ringing = state === 'ringing'
  const up = (word: string) => (state === 'ended' ? 'BYE' : word)
  return direction === 'inbound'
    ? {
        inbound: {
          ...{ from: number, to: extension, ...about },
          member_status: up(ringing ? 'ALERT' : 'ANSWERED'),
        },
      }
    : {
        outbound: {
          ...{ from: extension, to: number, ...about },
          member_status: up(ringing ? 'RING' : 'ANSWER'),
        },
      }
}
