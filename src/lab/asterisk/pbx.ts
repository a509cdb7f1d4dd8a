import type { Clock } from '../../core/ports.ts'
import type { PhoneChange, Phones } from '../phones.ts'
import { Astdb } from './astdb.ts'
import { LabChannels } from './channels.ts'
import { aggregate, type DeviceState, hintStatus } from './device-states.ts'
import { LabQueues } from './queues.ts'
import { escapeC, type Headers, seededRandom } from './wire.ts'

export interface LabPresence {
  readonly status: string
  readonly subtype: string
  readonly message: string
}

export interface PbxOptions {
  readonly clock: Clock
  readonly phones: Phones
  readonly flavour: 'freepbx' | 'asterisk'
  readonly context: string
  readonly seed: number
  /** Live events out; `class` is the one of manager.conf that hears it. */
  say(event: {
    readonly class: 'call' | 'system' | 'agent'
    readonly name: string
    readonly headers: Headers
  }): void
}

/** The lab's phones as an Asterisk shows them: devices, hints, channels, custom states and the database. */
export class LabPbx {
  readonly channels: LabChannels
  readonly astdb = new Astdb()
  readonly queues: LabQueues
  readonly #options: PbxOptions
  readonly #random: () => number
  readonly #customs = new Map<string, DeviceState>()
  readonly #presences = new Map<string, LabPresence>()
  readonly #shownDevices = new Map<string, DeviceState>()
  readonly #shownHints = new Map<string, DeviceState>()
  readonly #stopListening: () => void

  constructor(options: PbxOptions) {
    this.#options = options
    this.#random = seededRandom(options.seed)
    const { clock, context, phones } = options
    this.channels = new LabChannels({ clock, context, say: (name, headers) => this.#say(name, headers) })
    this.queues = new LabQueues((name, headers) => options.say({ class: 'agent', name, headers }))
    for (const phone of phones.list()) this.#add(phone.extension)
    this.#stopListening = phones.on((change) => this.#take(change))
  }

  stop(): void {
    this.#stopListening()
  }

  get context(): string {
    return this.#options.context
  }

  get phones(): Phones {
    return this.#options.phones
  }

  hint(extension: string): string {
    return this.phones.phone(extension)
      ? `PJSIP/${extension}&Custom:DND${extension},CustomPresence:${extension}`
      : ''
  }

  /** Status and text of an extension's hint. */
  hintStatus(extension: string): readonly [number, string] {
    return hintStatus[this.#hintState(extension)]
  }

  /** Every device that has a state; a custom one only once it was set (recorded). */
  devices(): ReadonlyMap<string, DeviceState> {
    const phones = this.phones.list().map(({ extension }) => `PJSIP/${extension}`)
    return new Map([...phones.map((device) => [device, this.deviceState(device)] as const), ...this.#customs])
  }

  deviceState(device: string): DeviceState {
    if (device.startsWith('Custom:')) return this.#customs.get(device) ?? 'UNKNOWN'
    const phone = this.phones.phone(device.replace(/^PJSIP\//, ''))
    if (!phone) return 'INVALID'
    const legs = this.phones.legs(phone.extension)
    const inUse = legs.some((leg) => leg.state !== 'ringing' || leg.direction === 'outbound')
    const rings = legs.some((leg) => leg.state === 'ringing' && leg.direction === 'inbound')
    if (rings) return inUse ? 'RINGINUSE' : 'RINGING'
    if (inUse) return legs.every((leg) => this.#hearsMusic(leg.call, leg.id)) ? 'ONHOLD' : 'INUSE'
    return phone.registered ? 'NOT_INUSE' : 'UNAVAILABLE'
  }

  presence(name: string): LabPresence | undefined {
    return this.#presences.get(name)
  }

  presences(): ReadonlyMap<string, LabPresence> {
    return this.#presences
  }

  /** Setting what is set already sends nothing (recorded). */
  setCustom(device: string, state: DeviceState): void {
    if (this.#customs.get(device) === state) return
    this.#customs.set(device, state)
    this.astdb.put('CustomDevstate', device.slice('Custom:'.length), state)
    const extension = /^Custom:DND(.+)$/.exec(device)?.[1]
    this.#showDevice(device, extension)
    if (this.#options.flavour === 'asterisk' && extension) this.#tellPhone(extension, state === 'BUSY')
  }

  /** The person's own message travels raw in PresenceStatus and escaped in PresenceStateChange (recorded). */
  setPresence(extension: string, presence: LabPresence): void {
    const name = `CustomPresence:${extension}`
    this.#presences.set(name, presence)
    const state: Headers = [
      ['Status', presence.status],
      ['Subtype', presence.subtype],
    ]
    const hint: Headers = [
      ['Exten', extension],
      ['Context', this.context],
      ['Hint', this.hint(extension)],
    ]
    this.#twins(
      () =>
        this.#say('PresenceStateChange', [
          ['Presentity', name],
          ...state,
          ['Message', escapeC(presence.message)],
        ]),
      () => this.#say('PresenceStatus', [...hint, ...state, ['Message', presence.message]]),
    )
  }

  /** What the dialplan asks: FreePBX its database, a plain Asterisk the custom device. Called after either changed. */
  databaseChanged(family: string, key: string): void {
    if (family !== 'DND' || this.#options.flavour !== 'freepbx') return
    this.#tellPhone(key, this.astdb.get('DND', key) !== undefined)
  }

  /** `dialplan reload`: every hint is said again, changed or not (recorded). */
  reload(): void {
    for (const { extension } of this.phones.list()) this.#sayHint(extension)
  }

  #tellPhone(extension: string, on: boolean): void {
    if (this.phones.phone(extension)) this.phones.setDnd(extension, on, 'pbx')
  }

  #take(change: PhoneChange): void {
    if (change.type === 'leg') {
      this.channels.take(change)
      for (const leg of change.call.legs) this.#showPhone(leg.extension)
      this.#showPhone(change.leg.extension)
    } else if (change.type === 'dnd') {
      if (change.by === 'phone') this.#dialplanDnd(change.phone.extension, change.phone.dnd)
    } else if (change.type === 'registered') {
      const peer = `PJSIP/${change.phone.extension}`
      const status = change.phone.registered ? 'Reachable' : 'Unreachable'
      this.#options.say({
        class: 'system',
        name: 'PeerStatus',
        headers: [
          ['ChannelType', 'PJSIP'],
          ['Peer', peer],
          ['PeerStatus', status],
        ],
      })
      this.#showPhone(change.phone.extension)
    } else if (change.type === 'removed') {
      this.#options.say({
        class: 'system',
        name: 'Reload',
        headers: [
          ['Module', 'pbx_config'],
          ['Status', 0],
        ],
      })
      this.reload()
    } else {
      this.#add(change.phone.extension)
    }
  }

  /** What *78 and *79 do in FreePBX's dialplan, or in the sample of a plain Asterisk. */
  #dialplanDnd(extension: string, on: boolean): void {
    const state: DeviceState = on ? 'BUSY' : 'NOT_INUSE'
    if (this.#options.flavour === 'freepbx') {
      if (on) this.astdb.put('DND', extension, 'YES')
      else this.astdb.delete('DND', extension)
    }
    this.setCustom(`Custom:DND${extension}`, state)
    if (this.#options.flavour === 'freepbx') this.setCustom(`Custom:DEVDND${extension}`, state)
  }

  #add(extension: string): void {
    const phone = this.phones.phone(extension)
    if (!phone) return
    if (this.#options.flavour === 'freepbx') {
      this.astdb.put('AMPUSER', `${extension}/device`, extension)
      this.astdb.put('AMPUSER', `${extension}/cidname`, phone.displayName)
      this.astdb.put('DEVICE', `${extension}/dial`, `PJSIP/${extension}`)
      this.astdb.put('DEVICE', `${extension}/type`, 'fixed')
      this.astdb.put('DEVICE', `${extension}/user`, extension)
      this.astdb.put('DEVICE', `${extension}/default_user`, extension)
    }
    if (phone.dnd) this.#dialplanDnd(extension, true)
    this.#showPhone(extension)
  }

  /**
   * FreePBX's device-and-user mode: a phone that whoever sits there signs in to. `user` is who is signed in now, in the
   * place of a phone of their own where they had one.
   */
  hotDesk(
    device: string,
    { user, defaultUser }: { readonly user?: string; readonly defaultUser?: string },
  ): void {
    this.astdb.put('DEVICE', `${device}/dial`, `PJSIP/${device}`)
    this.astdb.put('DEVICE', `${device}/type`, 'adhoc')
    this.astdb.put('DEVICE', `${device}/user`, user ?? defaultUser ?? 'none')
    this.astdb.put('DEVICE', `${device}/default_user`, defaultUser ?? 'none')
    if (user !== undefined) this.astdb.put('AMPUSER', `${user}/device`, device)
  }

  /** A phone that hears music: its partner holds, and it is in no other call. */
  #hearsMusic(callId: string, legId: string): boolean {
    const call = this.phones.call(callId)
    return Boolean(call?.legs.some((leg) => leg.id !== legId && leg.state === 'held'))
  }

  #showPhone(extension: string): void {
    this.#showDevice(`PJSIP/${extension}`, extension)
  }

  /** Sends a device's new state and what its hint makes of it, in either order. */
  #showDevice(device: string, extension: string | undefined): void {
    const state = this.deviceState(device)
    const known = this.#shownDevices.get(device)
    this.#shownDevices.set(device, state)
    const hint = extension && this.phones.phone(extension) ? this.#hintState(extension) : undefined
    const hintBefore = extension === undefined ? undefined : this.#shownHints.get(extension)
    if (extension && hint) this.#shownHints.set(extension, hint)
    this.#twins(
      () => {
        if (known !== state)
          this.#say('DeviceStateChange', [
            ['Device', device],
            ['State', state],
          ])
      },
      () => {
        if (extension && hint && hint !== hintBefore) this.#sayHint(extension)
      },
    )
  }

  #hintState(extension: string): DeviceState {
    if (!this.phones.phone(extension)) return 'UNAVAILABLE'
    const custom = this.deviceState(`Custom:DND${extension}`)
    return aggregate([this.deviceState(`PJSIP/${extension}`), custom])
  }

  #sayHint(extension: string): void {
    const [status, text] = this.hintStatus(extension)
    this.#say('ExtensionStatus', [
      ['Exten', extension],
      ['Context', this.context],
      ['Hint', this.hint(extension)],
      ['Status', status],
      ['StatusText', text],
    ])
  }

  #twins(first: () => void, second: () => void): void {
    const swapped = this.#random() < 0.5
    for (const say of swapped ? [second, first] : [first, second]) say()
  }

  #say(name: string, headers: Headers): void {
    this.#options.say({ class: 'call', name, headers })
  }
}
