import type { Facet } from '../../core/observation.ts'
import { ExtensionBook } from './book.ts'
import { ChannelTable } from './channels.ts'
import type { Settings } from './config.ts'
import type { AmiEvent, DeviceState } from './events.ts'
import { facetsOf } from './facets.ts'
import type { Reading } from './reading.ts'

/** Whether a phone in use without any channel is worth a lamp yet; see lamps.ts. */
export type LampRule = (device: string) => boolean

/** All that is known of one PBX, as its lists and live events say it. No clock, no wire. */
export class PbxState {
  readonly book: ExtensionBook
  readonly channels = new ChannelTable()
  readonly #settings: Settings
  readonly #devices = new Map<string, DeviceState>()
  readonly #presences = new Map<string, string>()
  #dnd: Set<string> | undefined
  #freepbx = false

  constructor(settings: Settings) {
    this.#settings = settings
    this.book = new ExtensionBook(settings, (device) => this.#devices.has(device))
  }

  get freepbx(): boolean {
    return this.#freepbx
  }

  /** `fresh`: nothing that was known before a new connection counts, even where the PBX does not tell what is. */
  take(reading: Reading, fresh = false): void {
    if (reading.devices) replace(this.#devices, reading.devices)
    if (reading.presences) replace(this.#presences, reading.presences)
    const hearsMusic = (device: string) => this.#devices.get(device) === 'ONHOLD'
    const listed = reading.channels ?? (fresh ? [] : undefined)
    if (listed) this.channels.replace(listed, hearsMusic)
    this.#freepbx = reading.freepbx
    this.#dnd = reading.freepbx && reading.dnd ? new Set(reading.dnd) : undefined
    if (!reading.hints && !reading.devices) return
    this.book.replace({ hints: reading.hints ?? [], users: reading.users })
  }

  /** Takes a live event in and tells which extensions it may concern. */
  apply(event: AmiEvent): Iterable<string> {
    if (event.type === 'device') {
      this.#devices.set(event.device, event.state)
      return this.book.ownersOf(event.device)
    }
    if (event.type === 'presence') {
      if (this.#settings.presence) this.#presences.set(event.presentity, event.status)
      return this.book.ownersOf(event.presentity)
    }
    const extensions = new Set<string>()
    for (const device of this.channels.apply(event)) {
      for (const extension of this.book.ownersOf(device)) extensions.add(extension)
    }
    return extensions
  }

  setDevice(device: string, state: DeviceState): void {
    this.#devices.set(device, state)
  }

  device(device: string): DeviceState | undefined {
    return this.#devices.get(device)
  }

  /** What FreePBX's database says; it decides there, because its dialplan asks it. */
  setDatabaseDnd(extension: string, on: boolean): void {
    this.#dnd ??= new Set()
    if (on) this.#dnd.add(extension)
    else this.#dnd.delete(extension)
  }

  /** True when do not disturb of an extension is read from FreePBX's database. */
  get dndInDatabase(): boolean {
    return this.#dnd !== undefined
  }

  dnd(extension: string): boolean | undefined {
    const entry = this.book.entry(extension)
    if (!entry) return undefined
    if (this.#dnd) return this.#dnd.has(extension)
    return isOn(this.#devices.get(entry.dndDevice))
  }

  facets(extension: string, lit: LampRule): readonly Facet[] {
    const entry = this.book.entry(extension)
    if (!entry) return []
    const states = (devices: readonly string[]) =>
      new Map(devices.map((device) => [device, this.#devices.get(device) ?? 'UNKNOWN'] as const))
    const legs = entry.phones.flatMap((device) =>
      this.channels.ofDevice(device).map((channel) => ({ channel, peers: this.channels.peers(channel) })),
    )
    return facetsOf(
      {
        legs,
        phones: states(entry.phones),
        lamps: states([...entry.lamps, ...entry.phones.filter(lit)]),
        dnd: this.dnd(extension),
        presence: this.#settings.presence ? this.#presences.get(entry.presentity) : undefined,
      },
      { isPhone: (device) => this.book.isPhone(device), featureCodes: this.#settings.featureCodes },
    )
  }
}

/** A custom device that was never set is off. */
export function isOn(state: DeviceState | undefined): boolean {
  return state !== undefined && !['NOT_INUSE', 'UNKNOWN', 'INVALID', 'UNAVAILABLE'].includes(state)
}

function replace<Value>(target: Map<string, Value>, source: ReadonlyMap<string, Value>): void {
  target.clear()
  for (const [key, value] of source) target.set(key, value)
}
