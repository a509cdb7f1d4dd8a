import type { Point } from './presentity.ts'
import { isSynced } from './presentity.ts'
import type { RingChannel, RingInput, RingPlace, RingState } from './ring-channel.ts'
import { phoneRing } from './ring-phone.ts'
import { collaborationRing, softphoneRing } from './ring-shown.ts'
import { isSignedOut, signedOutNote } from './signed-out.ts'

/**
 * Will it ring? For each way of reaching a person, by what their systems show now (decisions, rows MM-15
 * to MM-18, MM-26 and MM-27). Pure and total; collaboration systems first, then phones, then softphones.
 */
export function reachability(input: RingInput): readonly RingChannel[] {
  const channels = input.places.flatMap((place) => channelsOf(place, input))
  return channels.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

const order: readonly RingChannel['kind'][] = ['collaboration', 'phone', 'softphone']

function channelsOf(place: RingPlace, input: RingInput): RingChannel[] {
  const { connector, address } = place.point
  const at = { connector, address }
  const channels: RingChannel[] = []
  if (place.kind === 'pbx') {
    for (const via of ['direct', 'queue'] as const) {
      channels.push({ kind: 'phone', ...at, via, ...phoneRing(place, via, input) })
    }
  }
  if (place.kind === 'collaboration') {
    const state = isSynced(place.point) ? collaborationRing(place, input) : unheard(place.point)
    channels.push({ kind: 'collaboration', ...at, via: 'direct', ...state })
  }
  if (input.settings.softphones.includes(connector)) {
    for (const via of ['direct', 'internal', 'queue'] as const) {
      const heard = isSynced(place.point) ? softphoneRing(place, via) : unheard(place.point)
      const state = signedOutRing(connector, input) ?? heard
      channels.push({ kind: 'softphone', ...at, via, ...state })
    }
  }
  return channels
}

/**
 * After a logout from the CRM whose softphone it is, calls go to the collaboration system and by its rules (MM-20,
 * MM-21), whatever is shown there; whether it can still dial nobody tells. Of several CRMs one is enough to signal.
 */
function signedOutRing(connector: string, { places, settings }: RingInput): RingState | undefined {
  const homes = settings.softphoneOf?.get(connector) ?? []
  const points = places.map(({ point }) => point).filter((point) => homes.includes(point.connector))
  const [first] = points
  if (!first || !points.every(isSignedOut)) return undefined
  const lost = points.find((point) => !isSynced(point))
  if (lost) return unheard(lost)
  const because = `${first.connector} is ${signedOutNote}; calls go to ${connector}, by its own rules`
  return { inbound: 'no', outbound: 'unknown', because }
}

function unheard({ connector, feeds }: Point): RingState {
  const because =
    feeds.length === 0 ? `${connector} has not been heard yet` : `${connector} cannot be heard at the moment`
  return { inbound: 'unknown', outbound: 'unknown', because }
}
