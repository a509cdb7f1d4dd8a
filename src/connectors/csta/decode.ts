import { child, type Element } from '../kit/sip/xml.ts'
import { numberOf } from './device.ts'
import type { ConnectionId } from './requests.ts'

/** States of a connection (ECMA-269 6.1.5.2). */
export const localStates = ['null', 'initiated', 'alerting', 'connected', 'hold', 'queued', 'fail'] as const
export type LocalState = (typeof localStates)[number]

/** By event, without the word Event: the connection it is about, and the device that did it. */
const callEvents = {
  ServiceInitiated: ['initiatedConnection', 'initiatingDevice'],
  Originated: ['originatedConnection', 'callingDevice'],
  NetworkReached: ['outboundConnection', 'callingDevice'],
  Delivered: ['connection', 'alertingDevice'],
  Offered: ['offeredConnection', 'offeredDevice'],
  Established: ['establishedConnection', 'answeringDevice'],
  Held: ['heldConnection', 'holdingDevice'],
  Retrieved: ['retrievedConnection', 'retrievingDevice'],
  ConnectionCleared: ['droppedConnection', 'releasingDevice'],
  CallCleared: ['clearedCall', 'clearedCall'],
  Failed: ['failedConnection', 'failingDevice'],
  Queued: ['queuedConnection', 'queue'],
  Diverted: ['connection', 'divertingDevice'],
  // So spelled in the standard; Transferred in some systems.
  Transfered: ['primaryOldCall', 'transferringDevice'],
  Conferenced: ['primaryOldCall', 'conferencingDevice'],
} as const

export type CallEventName = keyof typeof callEvents

/** A call changed at a monitored device. Numbers are those of `numberOf`; what was not told is undefined. */
export interface CallEvent {
  readonly kind: 'call'
  readonly name: CallEventName
  readonly monitor: string
  readonly call: string
  /** Whose connection the event is about. */
  readonly subject: string | undefined
  /** Who did it: rings, answers, holds, hangs up. */
  readonly actor: string | undefined
  readonly calling: string | undefined
  readonly called: string | undefined
  /** The other end came or went over a line to the outside. */
  readonly outside: boolean
  /** State of the monitored device's connection after the event; a word that nobody knows is left out. */
  readonly local: LocalState | undefined
  /** A second call that ends in a transfer or conference. */
  readonly secondCall: string | undefined
  /** Connections that go on under another id. */
  readonly moved: readonly { readonly from: ConnectionId; readonly to: ConnectionId }[]
}

/** What the system tells without being asked. */
export type CstaEvent =
  | CallEvent
  | { readonly kind: 'dnd'; readonly monitor: string; readonly on: boolean }
  | { readonly kind: 'service'; readonly monitor: string; readonly inService: boolean }
  | { readonly kind: 'monitorStopped'; readonly monitor: string }
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'sessionEnded' }
  /** Nothing that matters here. */
  | { readonly kind: 'ignored' }
  /** An event that no edition of the standard has. */
  | { readonly kind: 'strange'; readonly name: string }
  /** One that lacks what makes it what it is. */
  | { readonly kind: 'malformed'; readonly reason: string }

/** Events of ECMA-323 that say nothing of calls, do not disturb or service. */
const ignored =
  /^(Forwarding|MessageWaiting|CallInformation|DigitsGenerated|DigitsDialed|TelephonyTonesGenerated|ServiceCompletionFailure|Bridged|Charging|NetworkCapabilitiesChanged|DeviceCapabilitiesChanged|ServicesPermitted|AutoAnswer|AutoWorkMode|CallBack|CallBackMessage|CallerIDStatus|RouteingMode|PresenceState|MicrophoneMute|SpeakerMute|SpeakerVolume|RingerStatus|DisplayUpdated|LampMode|Hookswitch|ButtonInformation|ButtonPress|MonitorStarted|Agent\w+|Queue\w+|Media\w+|Play|Record|Stop|Recognized|Started)$/

/** What stands under a device: `<deviceIdentifier>`, the number itself, or `<notKnown/>`. */
export function deviceNumber(parent: Element | undefined, name: string): string | undefined {
  const device = child(parent, name)
  if (!device) return undefined
  const inner = child(device, 'deviceIdentifier') ?? child(device, 'deviceID')
  return numberOf((inner ?? device).text)
}

export function readConnection(element: Element | undefined): ConnectionId | undefined {
  const call = child(element, 'callID')?.text.trim()
  if (call === undefined || call === '') return undefined
  const device = child(element, 'deviceID')
  return { call, device: device && (device.text.trim() || deviceNumber(element, 'deviceID')) }
}

const text = (element: Element, name: string) => child(element, name)?.text.trim() ?? ''

/** xs:boolean. */
export function readFlag(element: Element, name: string): boolean | undefined {
  const word = text(element, name).toLowerCase()
  if (word === 'true' || word === '1') return true
  return word === 'false' || word === '0' ? false : undefined
}

function isCallEvent(name: string): name is CallEventName {
  return Object.hasOwn(callEvents, name)
}

/** Reads one document that is no answer. Pure and total. */
export function readEvent(root: Element): CstaEvent {
  const monitor = text(root, 'monitorCrossRefID')
  const name = root.name.replace(/Event$/, '').replace(/^Transferred$/, 'Transfered')
  if (isCallEvent(name)) return readCall(root, name, monitor)
  switch (name) {
    case 'DoNotDisturb': {
      const on = readFlag(root, 'doNotDisturbOn')
      return on === undefined
        ? { kind: 'malformed', reason: 'DoNotDisturbEvent without doNotDisturbOn' }
        : { kind: 'dnd', monitor, on }
    }
    case 'BackInService':
    case 'OutOfService':
      return { kind: 'service', monitor, inService: name === 'BackInService' }
    case 'MonitorStop':
      return { kind: 'monitorStopped', monitor }
    case 'SystemStatus':
      return { kind: 'status', status: text(root, 'systemStatus') }
    case 'ApplicationSessionTerminated':
      return { kind: 'sessionEnded' }
    default:
      return ignored.test(name) ? { kind: 'ignored' } : { kind: 'strange', name: root.name }
  }
}

function readCall(root: Element, name: CallEventName, monitor: string): CstaEvent {
  const [connectionName, actorName] = callEvents[name]
  const connection = readConnection(child(root, connectionName))
  if (!connection) return { kind: 'malformed', reason: `${root.name} without ${connectionName}` }
  const word = text(root, 'localConnectionInfo')
  return {
    ...{ kind: 'call', name, monitor, call: connection.call },
    subject: connection.device === undefined ? undefined : numberOf(connection.device),
    actor: deviceNumber(root, actorName),
    calling: deviceNumber(root, 'callingDevice'),
    called: deviceNumber(root, 'calledDevice'),
    outside: ['associatedCallingDevice', 'associatedCalledDevice'].some((one) => deviceNumber(root, one)),
    local: localStates.find((state) => state === word),
    secondCall: readConnection(child(root, 'secondaryOldCall'))?.call,
    moved: readMoves(child(root, 'transferredConnections') ?? child(root, 'conferenceConnections')),
  }
}

function readMoves(list: Element | undefined): CallEvent['moved'] {
  return (list?.children ?? []).flatMap((item) => {
    const [to, from] = [
      readConnection(child(item, 'newConnection')),
      readConnection(child(item, 'oldConnection')),
    ]
    return to && from ? [{ from, to }] : []
  })
}

/** Words of a call event that ECMA-269 does not have. */
export function strangeLocalState(root: Element): string | undefined {
  const word = text(root, 'localConnectionInfo')
  return word === '' || localStates.some((state) => state === word) ? undefined : word
}
