import { type AmiMessage, header } from './frames.ts'

export const deviceStates = [
  'UNKNOWN',
  'NOT_INUSE',
  'INUSE',
  'BUSY',
  'INVALID',
  'UNAVAILABLE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
] as const
export type DeviceState = (typeof deviceStates)[number]

/** A channel as events and CoreShowChannels describe it. */
export interface ChannelReport {
  readonly uniqueid: string
  readonly linkedid: string
  /** `PJSIP/1001-0000000c`. */
  readonly name: string
  /** 0 down, 3 dialling, 4 ring (it calls), 5 ringing (it is called), 6 up, 9 pre-ring; asterisk/channelstate.h. */
  readonly state: number
  readonly exten: string
  /** Number at the other end, as far as Asterisk knows it. */
  readonly connected: string | undefined
}

/** Live events, as far as they matter here. */
export type AmiEvent =
  | { readonly type: 'device'; readonly device: string; readonly state: DeviceState }
  | { readonly type: 'hint'; readonly exten: string; readonly context: string; readonly hint: string }
  | { readonly type: 'presence'; readonly presentity: string; readonly status: string }
  | { readonly type: 'created' | 'changed'; readonly channel: ChannelReport }
  | { readonly type: 'dial'; readonly called: ChannelReport }
  | { readonly type: 'progress'; readonly channel: ChannelReport }
  | {
      readonly type: 'bridged'
      readonly channel: ChannelReport
      readonly bridge: string
      readonly at?: number
    }
  | { readonly type: 'unbridged'; readonly channel: ChannelReport }
  /** The caller waits in a queue; told to users with `read = agent` only. */
  | { readonly type: 'queued'; readonly channel: ChannelReport }
  | { readonly type: 'held'; readonly channel: ChannelReport; readonly on: boolean }
  | { readonly type: 'renamed'; readonly uniqueid: string; readonly name: string }
  | { readonly type: 'hungUp'; readonly channel: ChannelReport }
  | { readonly type: 'booted' | 'reloaded' }

/** `at`: wall clock of the PBX, milliseconds, where it sends one. */
export type EventReading =
  | { readonly event: AmiEvent; readonly at: number | undefined }
  | { readonly malformed: string }
  | undefined

function reportOf(message: AmiMessage, prefix = ''): ChannelReport | undefined {
  const uniqueid = header(message, `${prefix}uniqueid`)
  const name = header(message, `${prefix}channel`)
  const state = header(message, `${prefix}channelstate`)
  const linkedid = header(message, `${prefix}linkedid`)
  if (!uniqueid || !name || !linkedid || !state || !/^\d+$/.test(state)) return undefined
  return {
    uniqueid,
    linkedid,
    name,
    state: Number(state),
    exten: header(message, `${prefix}exten`) ?? '',
    connected: toNumber(header(message, `${prefix}connectedlinenum`)),
  }
}

/** `<unknown>` and names are no numbers. */
export function toNumber(text: string | undefined): string | undefined {
  return text !== undefined && /^\+?[\d*#]+$/.test(text) ? text : undefined
}

type Reader = (message: AmiMessage) => AmiEvent | undefined

const withChannel =
  (make: (channel: ChannelReport, message: AmiMessage) => AmiEvent | undefined, prefix = ''): Reader =>
  (message) => {
    const channel = reportOf(message, prefix)
    return channel && make(channel, message)
  }

const changed = withChannel((channel) => ({ type: 'changed', channel }))

const readers: Readonly<Record<string, Reader>> = {
  DeviceStateChange(message) {
    const device = header(message, 'device')
    const word = header(message, 'state')
    if (!device || !word) return undefined
    return { type: 'device', device, state: deviceStates.find((each) => each === word) ?? 'UNKNOWN' }
  },
  ExtensionStatus(message) {
    const exten = header(message, 'exten')
    const context = header(message, 'context')
    const hint = header(message, 'hint')
    const whole = header(message, 'status') !== undefined
    return exten && context && hint !== undefined && whole
      ? { type: 'hint', exten, context, hint }
      : undefined
  },
  PresenceStateChange(message) {
    const presentity = header(message, 'presentity')
    const status = header(message, 'status')
    return presentity && status ? { type: 'presence', presentity, status } : undefined
  },
  Newchannel: withChannel((channel) => ({ type: 'created', channel })),
  Newstate: changed,
  NewConnectedLine: changed,
  NewCallerid: changed,
  // An Originate has no calling channel: only the called side is always there.
  DialBegin: withChannel((called) => ({ type: 'dial', called }), 'dest'),
  DialState(message) {
    if (!['RINGING', 'PROGRESS', 'PROCEEDING'].includes(header(message, 'dialstatus') ?? '')) return undefined
    const channel = reportOf(message)
    return channel && { type: 'progress', channel }
  },
  BridgeEnter: withChannel((channel, message) => {
    const bridge = header(message, 'bridgeuniqueid')
    return bridge ? { type: 'bridged', channel, bridge } : undefined
  }),
  QueueCallerJoin: withChannel((channel) => ({ type: 'queued', channel })),
  BridgeLeave: withChannel((channel) => ({ type: 'unbridged', channel })),
  Hold: withChannel((channel) => ({ type: 'held', channel, on: true })),
  Unhold: withChannel((channel) => ({ type: 'held', channel, on: false })),
  Rename(message) {
    const uniqueid = header(message, 'uniqueid')
    const name = header(message, 'newname')
    return uniqueid && name ? { type: 'renamed', uniqueid, name } : undefined
  },
  Hangup: withChannel((channel) => ({ type: 'hungUp', channel })),
  FullyBooted: () => ({ type: 'booted' }),
  Reload: () => ({ type: 'reloaded' }),
}

/** A dial that says nothing of its callee, or a dial state other than ringing, is well formed and of no use. */
const mayBeSilent = new Set(['DialState'])

/**
 * Validates a live event: undefined when its kind is none of ours, `malformed` when a header that this kind always
 * has is missing or unreadable.
 */
export function readEvent(message: AmiMessage): EventReading {
  const reader = Object.hasOwn(readers, message.name) ? readers[message.name] : undefined
  if (!reader) return undefined
  const event = reader(message)
  if (event) return { event, at: timeOf(message) }
  return mayBeSilent.has(message.name)
    ? undefined
    : { malformed: `${message.name} without a header it always has` }
}

/** `Timestamp: 1795230941.210194`, sent when manager.conf has timestampevents = yes. */
function timeOf(message: AmiMessage): number | undefined {
  const seconds = Number(header(message, 'timestamp') || Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : undefined
}
