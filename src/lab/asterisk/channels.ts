import type { Clock } from '../../core/ports.ts'
import type { Call, Leg, PhoneChange } from '../phones.ts'
import type { Headers } from './wire.ts'

/** include/asterisk/channelstate.h, those that phones of the lab meet. */
const stateWords: Readonly<Record<number, string>> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' }

export interface LabChannel {
  readonly name: string
  /** `PJSIP/1001`. */
  readonly device: string
  readonly uniqueid: string
  linkedid: string
  readonly number: string
  connected: string
  readonly exten: string
  state: 0 | 4 | 5 | 6
  held: boolean
  bridge: string | undefined
}

/** The line to the outside, in a place where no extension's phone can be. */
const trunkDevice = 'PJSIP/trunk'

type Say = (name: string, headers: Headers) => void

/** Turns the calls of the lab's phones into channels and the events that a recorded Asterisk 22 sends for them. */
export class LabChannels {
  readonly #clock: Clock
  readonly #context: string
  readonly #say: Say
  readonly #byLeg = new Map<string, LabChannel>()
  /** The other end of an external call, by call. */
  readonly #trunks = new Map<string, LabChannel>()
  #last = 0

  constructor(options: { clock: Clock; context: string; say: Say }) {
    this.#clock = options.clock
    this.#context = options.context
    this.#say = options.say
  }

  list(): readonly LabChannel[] {
    return [...this.#byLeg.values(), ...this.#trunks.values()]
  }

  /** Sends the events of one change of a leg, those before its device states. */
  take({ leg, call, before }: Extract<PhoneChange, { type: 'leg' }>): void {
    if (before === undefined) this.#begin(leg, call)
    else if (leg.state === 'ended') this.#hangUp(leg, call)
    else if (before === leg.state) this.#move(leg, call)
    else if (before === 'ringing') this.#answer(leg, call)
    else this.#hold(leg)
  }

  /** Every header of a channel, in the recorded order. */
  describe(channel: LabChannel, prefix = ''): Headers {
    const rows: Headers = [
      ['Channel', channel.name],
      ['ChannelState', channel.state],
      ['ChannelStateDesc', stateWords[channel.state] ?? 'Unknown'],
      ['CallerIDNum', channel.number],
      ['CallerIDName', `User ${channel.number}`],
      ['ConnectedLineNum', channel.connected],
      ['ConnectedLineName', '<unknown>'],
      ['Language', 'en'],
      ['AccountCode', ''],
      ['Context', this.#context],
      ['Exten', channel.exten],
      ['Priority', 1],
      ['Uniqueid', channel.uniqueid],
      ['Linkedid', channel.linkedid],
    ]
    return rows.map(([name, value]) => [`${prefix}${name}`, value])
  }

  #begin(leg: Leg, call: Call): void {
    const inbound = leg.direction === 'inbound'
    const isOpen = this.#trunks.has(call.id)
    if (inbound && leg.party === 'external' && !isOpen) this.#trunk(leg, call, 4)
    const own = this.#open({
      device: `PJSIP/${leg.extension}`,
      state: inbound ? 0 : 4,
      number: leg.extension,
      connected: inbound ? leg.number : '<unknown>',
      exten: inbound ? 's' : leg.number,
      linkedid: this.#firstOf(call)?.uniqueid,
    })
    this.#byLeg.set(leg.id, own)
    if (inbound) {
      const caller = this.#trunks.get(call.id) ?? this.#otherOf(leg, call)
      this.#dial(caller, own)
    } else if (leg.party === 'external' && !isOpen) {
      this.#dial(own, this.#trunk(leg, call, 0))
    }
  }

  #dial(caller: LabChannel | undefined, called: LabChannel): void {
    this.#say('DialBegin', [
      ...(caller ? this.describe(caller) : []),
      ...this.describe(called, 'Dest'),
      ['DialString', called.device],
    ])
    called.state = 5
    this.#say('Newstate', this.describe(called))
    if (!caller) return
    this.#say('DialState', [
      ...this.describe(caller),
      ...this.describe(called, 'Dest'),
      ['DialStatus', 'RINGING'],
    ])
  }

  #answer(leg: Leg, call: Call): void {
    const own = this.#byLeg.get(leg.id)
    const trunk = this.#trunks.get(call.id)
    for (const channel of [own, trunk]) {
      if (!channel || channel.state === 6) continue
      channel.state = 6
      this.#say('Newstate', this.describe(channel))
    }
    this.#join(call)
  }

  /** Everyone who is up talks to each other: a bridge of its own for each call. */
  #join(call: Call): void {
    const parties = this.#channelsOf(call).filter((channel) => channel.state === 6)
    if (parties.length < 2) return
    const bridge = `00000000-0000-4000-8000-${call.id.replace(/\D/g, '').padStart(12, '0')}`
    let inside = parties.filter((channel) => channel.bridge === bridge).length
    if (inside === 0) {
      this.#say('BridgeCreate', [
        ['BridgeUniqueid', bridge],
        ['BridgeNumChannels', 0],
      ])
    }
    for (const channel of parties) {
      if (channel.bridge === bridge) continue
      inside += 1
      channel.bridge = bridge
      const place: Headers = [
        ['BridgeUniqueid', bridge],
        ['BridgeNumChannels', inside],
      ]
      this.#say('BridgeEnter', [...place, ...this.describe(channel)])
    }
  }

  /** An attended transfer: the channel leaves its bridge for that of the other call, and is a part of it from then on. */
  #move(leg: Leg, call: Call): void {
    const channel = this.#byLeg.get(leg.id)
    const other = this.#trunks.get(call.id)
    if (!channel || !other) return
    const place: Headers = [
      ['BridgeUniqueid', channel.bridge ?? ''],
      ['BridgeNumChannels', 1],
    ]
    this.#say('BridgeLeave', [...place, ...this.describe(channel)])
    Object.assign(channel, { linkedid: other.linkedid, connected: leg.number, bridge: undefined })
    this.#join(call)
  }

  #hold(leg: Leg): void {
    const channel = this.#byLeg.get(leg.id)
    if (!channel) return
    channel.held = leg.state === 'held'
    const music: Headers = channel.held ? [['MusicClass', 'default']] : []
    this.#say(channel.held ? 'Hold' : 'Unhold', [...this.describe(channel), ...music])
  }

  #hangUp(leg: Leg, call: Call): void {
    const own = this.#byLeg.get(leg.id)
    if (!own) return
    const rest = leg.ended === 'parked' || call.legs.some((each) => each.state !== 'ended')
    const trunk = rest ? undefined : this.#trunks.get(call.id)
    const leaving = [own, trunk].filter((each) => each !== undefined)
    const bridged = leaving.filter((channel) => channel.bridge !== undefined)
    let remaining = this.#channelsOf(call).length
    for (const channel of bridged) {
      remaining -= 1
      const place: Headers = [
        ['BridgeUniqueid', channel.bridge ?? ''],
        ['BridgeNumChannels', remaining],
      ]
      this.#say('BridgeLeave', [...place, ...this.describe(channel)])
    }
    this.#byLeg.delete(leg.id)
    if (trunk) this.#trunks.delete(call.id)
    for (const channel of leaving) {
      this.#say('Hangup', [...this.describe(channel), ['Cause', 16], ['Cause-txt', 'Normal Clearing']])
    }
  }

  #trunk(leg: Leg, call: Call, state: 0 | 4): LabChannel {
    const trunk = this.#open({
      device: trunkDevice,
      state,
      number: leg.number,
      connected: '<unknown>',
      exten: state === 4 ? leg.extension : 's',
      linkedid: this.#firstOf(call)?.uniqueid,
    })
    this.#trunks.set(call.id, trunk)
    return trunk
  }

  #open(
    about: Pick<LabChannel, 'device' | 'state' | 'number' | 'connected' | 'exten'> & {
      linkedid: string | undefined
    },
  ) {
    const uniqueid = `${Math.floor(this.#clock.wall() / 1000)}.${this.#last}`
    const name = `${about.device}-${this.#last.toString(16).padStart(8, '0')}`
    this.#last += 1
    const linkedid = about.linkedid ?? uniqueid
    const channel: LabChannel = { ...about, name, uniqueid, linkedid, held: false, bridge: undefined }
    this.#say('Newchannel', this.describe(channel))
    return channel
  }

  #channelsOf(call: Call): LabChannel[] {
    const own = call.legs.map((each) => this.#byLeg.get(each.id))
    return [...own, this.#trunks.get(call.id)].filter((each) => each !== undefined)
  }

  #firstOf(call: Call): LabChannel | undefined {
    return this.#channelsOf(call).find((channel) => channel.uniqueid === channel.linkedid)
  }

  #otherOf(leg: Leg, call: Call): LabChannel | undefined {
    const other = call.legs.find((each) => each.id !== leg.id)
    return other && this.#byLeg.get(other.id)
  }
}
