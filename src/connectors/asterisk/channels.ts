import type { Direction } from '../../core/observation.ts'
import type { AmiEvent, ChannelReport } from './events.ts'

const ringing = 5
/** Off hook, ring (it calls), dialling off hook: states that only a phone reaches which calls by itself. */
const callingStates: readonly number[] = [2, 4, 8]

/** One live channel. Objects are replaced, never changed. */
export interface Channel {
  readonly uniqueid: string
  readonly linkedid: string
  /** `PJSIP/1001`: the name without its number; undefined for plumbing (Local, AsyncGoto, Surrogate ...). */
  readonly device: string | undefined
  readonly state: number
  readonly direction: Direction
  readonly held: boolean
  /** The far end of an outbound channel rings or plays something. */
  readonly progress: boolean
  readonly bridge: string | undefined
  /** The number it first dialled; dialplan macros change the current one. */
  readonly dialled: string
  /** Number at the other end, as far as Asterisk knows it. */
  readonly connected: string | undefined
  /** It waits in a queue, or was called by one. */
  readonly queue: boolean
}

/** `PJSIP/front-desk-0000000c` is device `PJSIP/front-desk`. Undefined for channels that are no telephone's or line's. */
export function deviceOf(channelName: string): string | undefined {
  const match = /^([A-Za-z0-9]+\/.+)-[0-9a-f]+(?:;\d)?$/i.exec(channelName)
  return match?.[1] &&
    !/^(Local|AsyncGoto|Surrogate|Message|CBAnn|CBRec|Recorder|Announcer)\//i.test(match[1])
    ? match[1]
    : undefined
}

const nobody: ReadonlySet<string> = new Set()

/** Most events about a channel say again what is known of it. */
function isSame(known: Channel, next: Channel): boolean {
  return (Object.keys(next) as (keyof Channel)[]).every((name) => known[name] === next[name])
}

function fresh(report: ChannelReport, direction: Direction): Channel {
  return {
    uniqueid: report.uniqueid,
    linkedid: report.linkedid,
    device: deviceOf(report.name),
    state: report.state,
    direction,
    held: false,
    progress: false,
    bridge: undefined,
    dialled: report.exten,
    connected: report.connected,
    queue: isQueueChannel(report.name),
  }
}

/** FreePBX calls the members of a queue, and nobody else, over such a channel. */
function isQueueChannel(name: string): boolean {
  return /^Local\/[^@]*@from-queue/i.test(name)
}

/** Who started the channel: the first one of a call bears the call's own id. */
function guessDirection(report: ChannelReport): Direction {
  if (callingStates.includes(report.state)) return 'outbound'
  if (report.state === ringing) return 'inbound'
  return report.uniqueid === report.linkedid ? 'outbound' : 'inbound'
}

/** One item of CoreShowChannels. */
export interface ListedChannel {
  readonly report: ChannelReport
  readonly bridge: string
  readonly application: string
}

/**
 * All channels of the PBX, kept by events. Every change answers with the devices whose legs it may have changed: its
 * own and those of every channel of the same call or bridge, because those decide who is talking to whom.
 */
export class ChannelTable {
  readonly #channels = new Map<string, Channel>()
  readonly #byCall = new Map<string, Set<string>>()
  readonly #byBridge = new Map<string, Set<string>>()
  readonly #byDevice = new Map<string, Set<string>>()

  get size(): number {
    return this.#channels.size
  }

  ofDevice(device: string): readonly Channel[] {
    return this.#all(this.#byDevice.get(device))
  }

  /** Other channels of the same call or the same bridge. */
  peers(channel: Channel): readonly Channel[] {
    const ids = new Set(this.#byCall.get(channel.linkedid))
    if (channel.bridge) for (const id of this.#byBridge.get(channel.bridge) ?? []) ids.add(id)
    ids.delete(channel.uniqueid)
    return this.#all(ids)
  }

  /**
   * Replaces everything by a list just read. What a list does not say (progress, who dialled) is carried over. Hold is
   * seen on the other side: the phone that hears music is ONHOLD, so its one partner in the bridge holds it.
   */
  replace(listed: readonly ListedChannel[], hearsMusic: (device: string) => boolean): void {
    const before = new Map(this.#channels)
    for (const index of [this.#channels, this.#byCall, this.#byBridge, this.#byDevice]) index.clear()
    for (const { report, bridge, application } of listed) {
      const known = before.get(report.uniqueid)
      const direction = /^App(Dial|Queue)/.test(application) ? 'inbound' : guessDirection(report)
      this.#store({
        ...(known ?? fresh(report, direction)),
        linkedid: report.linkedid,
        ...(report.connected !== undefined && { connected: report.connected }),
        ...(/^(App)?Queue$/.test(application) && { queue: true }),
        device: deviceOf(report.name),
        state: report.state,
        bridge: bridge || undefined,
      })
    }
    for (const channel of [...this.#channels.values()]) {
      const [partner, ...others] = channel.bridge ? this.#inBridge(channel) : []
      if (!partner?.device || others.length > 0) continue
      this.#channels.set(channel.uniqueid, { ...channel, held: hearsMusic(partner.device) })
    }
  }

  #inBridge(channel: Channel): readonly Channel[] {
    return this.#all(this.#byBridge.get(channel.bridge ?? '')).filter(
      (each) => each.uniqueid !== channel.uniqueid,
    )
  }

  /** Takes a live event in. Events about anything but channels change nothing. */
  apply(event: AmiEvent): ReadonlySet<string> {
    switch (event.type) {
      case 'created':
        // A click to call rings the phone first: the first channel of its call, and called all the same.
        return this.#put(event.channel, {}, 'inbound')
      case 'changed':
        return this.#put(event.channel, {})
      case 'dial':
        return this.#put(event.called, { direction: 'inbound' })
      case 'progress':
        return this.#put(event.channel, { progress: true })
      case 'bridged':
        return this.#put(event.channel, { bridge: event.bridge })
      case 'queued':
        return this.#put(event.channel, { queue: true })
      case 'unbridged':
        return this.#put(event.channel, { bridge: undefined })
      case 'held':
        return this.#put(event.channel, { held: event.on })
      case 'renamed':
        return this.#rename(event.uniqueid, event.name)
      case 'hungUp':
        return this.#remove(event.channel.uniqueid)
      default:
        return nobody
    }
  }

  #put(
    report: ChannelReport,
    change: Partial<Channel>,
    direction = guessDirection(report),
  ): ReadonlySet<string> {
    const known = this.#channels.get(report.uniqueid)
    const next = {
      ...(known ?? fresh(report, direction)),
      linkedid: report.linkedid,
      state: report.state,
      ...(report.connected !== undefined && { connected: report.connected }),
      ...(callingStates.includes(report.state) && { direction: 'outbound' as const }),
      ...change,
    }
    if (known && isSame(known, next)) return nobody
    const touched = new Set(known ? this.#around(known) : [])
    if (known) this.#forget(known)
    this.#store(next)
    for (const device of this.#around(next)) touched.add(device)
    return touched
  }

  #rename(uniqueid: string, name: string): ReadonlySet<string> {
    const known = this.#channels.get(uniqueid)
    if (!known) return nobody
    // A masquerade leaves the emptied channel behind under this name until its Hangup.
    if (name.includes('<ZOMBIE>')) return this.#remove(uniqueid)
    const touched = this.#around(known)
    this.#forget(known)
    const next = { ...known, device: deviceOf(name) }
    this.#store(next)
    return new Set([...touched, ...this.#around(next)])
  }

  #remove(uniqueid: string): ReadonlySet<string> {
    const known = this.#channels.get(uniqueid)
    if (!known) return nobody
    const touched = this.#around(known)
    this.#forget(known)
    return touched
  }

  #around(channel: Channel): ReadonlySet<string> {
    const devices = new Set(channel.device ? [channel.device] : [])
    for (const each of this.peers(channel)) if (each.device) devices.add(each.device)
    return devices
  }

  #store(channel: Channel): void {
    this.#channels.set(channel.uniqueid, channel)
    for (const [index, key] of this.#keys(channel)) {
      const ids = index.get(key) ?? new Set()
      index.set(key, ids.add(channel.uniqueid))
    }
  }

  #forget(channel: Channel): void {
    this.#channels.delete(channel.uniqueid)
    for (const [index, key] of this.#keys(channel)) {
      const ids = index.get(key)
      ids?.delete(channel.uniqueid)
      if (ids?.size === 0) index.delete(key)
    }
  }

  #keys(channel: Channel): [Map<string, Set<string>>, string][] {
    const keys: [Map<string, Set<string>>, string][] = [[this.#byCall, channel.linkedid]]
    if (channel.bridge) keys.push([this.#byBridge, channel.bridge])
    if (channel.device) keys.push([this.#byDevice, channel.device])
    return keys
  }

  #all(ids: ReadonlySet<string> | undefined): readonly Channel[] {
    const found: Channel[] = []
    for (const id of ids ?? []) {
      const channel = this.#channels.get(id)
      if (channel) found.push(channel)
    }
    return found
  }
}
