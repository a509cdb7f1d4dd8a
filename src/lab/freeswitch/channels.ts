import { randomUUID } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import type { Call, Leg, LegState, Phones } from '../phones.ts'
import type { SwitchSettings } from './switches.ts'

/** One channel: a phone's or a trunk's part in a call. */
interface Channel {
  readonly uuid: string
  /** Uuid of the channel that the call began with. */
  readonly call: string
  /** Seen from FreeSWITCH: what a phone or trunk begins is inbound. */
  readonly direction: 'inbound' | 'outbound'
  readonly name: string
  readonly presenceId: string
  readonly from: string
  readonly to: string
  readonly createdAt: number
  state: string
}

export interface ChannelsWorld {
  readonly clock: Clock
  readonly domain: string
  readonly settings: Pick<SwitchSettings, 'callState'>
  /** Fires an event. */
  fire(name: string, fields: Readonly<Record<string, string>>): void
}

const words: Readonly<Record<LegState, string>> = {
  ringing: 'RINGING',
  talking: 'ACTIVE',
  held: 'HELD',
  ended: 'HANGUP',
}

/** The channels behind the lab's calls, and what FreeSWITCH tells of them. */
export class LabChannels {
  readonly #world: ChannelsWorld
  readonly #channels = new Map<string, Channel>()
  /** By leg of the lab, or by call for the trunk of an external one. */
  readonly #uuids = new Map<string, string>()
  readonly #forget: () => void

  constructor(world: ChannelsWorld, phones: Phones) {
    this.#world = world
    this.#forget = phones.on((change) => {
      if (change.type === 'leg') this.#take(change.leg, change.call)
    })
  }

  /** Rows of `show channels as json`. */
  rows(): readonly Readonly<Record<string, string>>[] {
    return [...this.#channels.values()].map((channel) => ({
      uuid: channel.uuid,
      direction: channel.direction,
      created_epoch: String(Math.floor(channel.createdAt / 1000)),
      name: channel.name,
      cid_name: channel.from,
      cid_num: channel.from,
      dest: channel.to,
      presence_id: channel.presenceId,
      callstate: this.#world.settings.callState ?? channel.state,
      // Empty for the channel that began the call, until it is bridged (recorded elsewhere).
      call_uuid: channel.call === channel.uuid ? '' : channel.call,
    }))
  }

  /** Says again what every channel is, as a bridge or a re-INVITE does. */
  repeat(): void {
    for (const channel of this.#channels.values()) this.#fire('CHANNEL_CALLSTATE', channel)
  }

  stop(): void {
    this.#forget()
  }

  #take(leg: Leg, call: Call): void {
    const trunk = leg.party === 'external' ? `trunk ${call.id}` : undefined
    if (leg.state === 'ended') {
      for (const key of [leg.id, trunk]) if (key !== undefined) this.#end(key)
      return
    }
    if (!this.#uuids.has(leg.id)) this.#begin(leg, call, trunk)
    this.#setState(leg.id, words[leg.state])
    // Nobody tells the other side that a phone holds.
    if (trunk !== undefined && leg.state !== 'held') this.#setState(trunk, words[leg.state])
  }

  #begin(leg: Leg, call: Call, trunk: string | undefined): void {
    const { extension, direction, number } = leg
    const outgoing = direction === 'outbound'
    const first = call.legs.find(({ id }) => id !== leg.id && this.#uuids.has(id))
    const [from, to] = outgoing ? [extension, number] : [number, extension]
    const phone = {
      name: `sofia/internal/${extension}@${this.#world.domain}`,
      presenceId: this.#who(extension),
    }
    const outside = { name: `sofia/external/${number}`, presenceId: '' }
    if (trunk !== undefined && !outgoing) {
      const began = this.#create(trunk, { ...outside, from, to })
      this.#create(leg.id, { ...phone, from, to, call: began })
      return
    }
    const began = first && this.#uuids.get(first.id)
    const mine = this.#create(leg.id, { ...phone, from, to, ...(began !== undefined && { call: began }) })
    if (trunk !== undefined) this.#create(trunk, { ...outside, from, to, call: mine })
  }

  #create(
    key: string,
    about: Pick<Channel, 'name' | 'presenceId' | 'from' | 'to'> & { readonly call?: string },
  ): string {
    const uuid = randomUUID()
    const channel: Channel = {
      ...{ call: uuid, state: 'DOWN', ...about, uuid, createdAt: this.#world.clock.wall() },
      direction: about.call === undefined ? 'inbound' : 'outbound',
    }
    this.#uuids.set(key, uuid)
    this.#channels.set(uuid, channel)
    this.#fire('CHANNEL_CREATE', channel)
    return uuid
  }

  #setState(key: string, state: string): void {
    const channel = this.#channels.get(this.#uuids.get(key) ?? '')
    if (!channel || channel.state === state) return
    if (channel.state === 'HELD') {
      channel.state = 'UNHELD'
      this.#fire('CHANNEL_CALLSTATE', channel)
    }
    channel.state = state
    this.#fire('CHANNEL_CALLSTATE', channel)
    if (state === 'ACTIVE') this.#fire('CHANNEL_ANSWER', channel)
  }

  #end(key: string): void {
    const channel = this.#channels.get(this.#uuids.get(key) ?? '')
    if (!channel) return
    channel.state = 'HANGUP'
    this.#fire('CHANNEL_CALLSTATE', channel)
    this.#channels.delete(channel.uuid)
    this.#uuids.delete(key)
    this.#fire('CHANNEL_HANGUP_COMPLETE', channel)
    this.#fire('CHANNEL_DESTROY', channel)
  }

  #who(extension: string): string {
    return `${extension}@${this.#world.domain}`
  }

  #fire(name: string, channel: Channel): void {
    const answered = channel.state === 'ACTIVE' || channel.state === 'HELD' || channel.state === 'UNHELD'
    this.#world.fire(name, {
      'Channel-Name': channel.name,
      'Channel-Call-State': this.#world.settings.callState ?? channel.state,
      'Channel-Call-UUID': channel.call,
      'Unique-ID': channel.uuid,
      'Call-Direction': channel.direction,
      'Presence-Call-Direction': channel.direction,
      ...(channel.presenceId !== '' && { 'Channel-Presence-ID': channel.presenceId }),
      'Answer-State': answered ? 'answered' : channel.state === 'HANGUP' ? 'hangup' : 'ringing',
      'Caller-Caller-ID-Number': channel.from,
      'Caller-Destination-Number': channel.to,
    })
  }
}
