import { child, type Element, findAll } from '../kit/sip/xml.ts'
import { type LocalState, localStates, readConnection } from './decode.ts'
import { numberOf } from './device.ts'
import type { ConnectionId } from './requests.ts'

/** One call of SnapshotDevice. */
export interface SnapshotCall {
  readonly connection: ConnectionId
  readonly state: LocalState
  /** What a simple call state says of who called whom. */
  readonly direction: 'inbound' | 'outbound' | undefined
  /** A word that no edition has, taken for a call that is up. */
  readonly strange: string | undefined
}

/** Simple call states (ECMA-269 12.2.4): this device's state, and who called. The far end may hold or ring as well. */
const simple: Readonly<Record<string, readonly [LocalState, SnapshotCall['direction']?]>> = {
  callNull: ['null'],
  callPending: ['initiated', 'outbound'],
  callOriginated: ['initiated', 'outbound'],
  callDelivered: ['initiated', 'outbound'],
  callDeliveredHeld: ['hold', 'outbound'],
  callReceived: ['alerting', 'inbound'],
  callReceivedOnHold: ['alerting', 'inbound'],
  callEstablished: ['connected'],
  callEstablishedHeld: ['hold'],
  callEstablishedOnHold: ['connected'],
  callQueued: ['queued', 'outbound'],
  callQueuedHeld: ['hold', 'outbound'],
  callFailed: ['fail', 'outbound'],
  callFailedHeld: ['hold', 'outbound'],
  // A bridged appearance of somebody else's call.
  callBlocked: ['null'],
}

/** The number under which the calls follow in documents of their own; undefined where they are in the answer. */
export function segmentsOf(answer: Element): string | undefined {
  return child(child(answer, 'crossRefIDorSnapshotData'), 'serviceCrossRefID')?.text.trim() || undefined
}

/** Reads SnapshotDeviceResponse or SnapshotDeviceData; a call whose connection cannot be read is left out. */
export function readDeviceSnapshot(answer: Element): readonly SnapshotCall[] {
  return findAll(answer, 'snapshotDeviceResponseInfo').flatMap((info): SnapshotCall[] => {
    const connection = readConnection(child(info, 'connectionIdentifier'))
    return connection ? [{ connection, ...readState(info) }] : []
  })
}

/** The first state of a compound one is this device's, further ones are those of the others. */
function readState(info: Element): Pick<SnapshotCall, 'state' | 'direction' | 'strange'> {
  const call = child(info, 'localCallState') ?? info
  const compound = child(call, 'compoundCallState') ?? call
  const words = findAll(compound, 'localConnectionState').map(({ text }) => text.trim())
  const [word, ...others] = words
  const known = localStates.find((state) => state === word)
  // Connected to nobody yet: it hears the other phone ring.
  const rings = known === 'connected' && others.length > 0 && others.every((one) => one === 'alerting')
  if (rings) return { state: 'initiated', direction: 'outbound', strange: undefined }
  if (known) return { state: known, direction: undefined, strange: undefined }
  const detailed = child(call, 'simpleCallState') ?? child(call, 'simpleCallDetailedState')
  const name = detailed?.text.trim() ?? ''
  const found = Object.hasOwn(simple, name) ? simple[name] : undefined
  if (found) return { state: found[0], direction: found[1], strange: undefined }
  return { state: 'connected', direction: undefined, strange: word ?? name }
}

/** Numbers of the devices in a call, of SnapshotCallResponse. */
export function readCallSnapshot(answer: Element): readonly string[] {
  return findAll(answer, 'snapshotCallResponseInfo').flatMap((info) => {
    const device = child(info, 'deviceOnCall')
    const inner = child(device, 'deviceIdentifier') ?? device
    const number = inner && numberOf(inner.text)
    return number === undefined ? [] : [number]
  })
}
