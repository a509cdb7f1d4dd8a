/**
 * A model of a phone system whose do not disturb has no expiry (FreePBX keeps it in a database), with calls as legs,
 * and of one that switches do not disturb by a schedule of its own. Nothing of it knows the hub.
 */
import type { Fault } from './teams-world.ts'

export type DialogWord = 'early' | 'confirmed' | 'held' | 'terminated'

export interface PhoneLeg {
  readonly id: string
  readonly state: DialogWord
}

export interface Dnd {
  readonly on: boolean
  readonly by: 'person' | 'hub' | 'schedule'
  readonly at: number
}

export interface PhoneEvent {
  readonly address: string
  readonly what: { readonly dnd: Dnd } | { readonly leg: PhoneLeg }
}

interface Extension {
  dnd: Dnd
  readonly legs: Map<string, PhoneLeg>
}

export class PhoneWorld {
  readonly #now: () => number
  readonly #series: string
  readonly #extensions = new Map<string, Extension>()
  readonly #listeners = new Set<(event: PhoneEvent) => void>()
  #legs = 0
  fault: Fault | undefined
  /** When writes were turned away with the wish to wait. */
  readonly refusals: number[] = []

  /** `series`: call ids are never used again. */
  constructor(now: () => number, addresses: readonly string[], series = '') {
    this.#now = now
    this.#series = series
    for (const address of addresses) {
      this.#extensions.set(address, { dnd: { on: false, by: 'person', at: 0 }, legs: new Map() })
    }
  }

  has(address: string): boolean {
    return this.#extensions.has(address)
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dnd(address: string): Dnd {
    return this.#extensions.get(address)!.dnd
  }

  legs(address: string): readonly PhoneLeg[] {
    return [...this.#extensions.get(address)!.legs.values()]
  }

  /** True when it was something new. */
  setDnd(address: string, on: boolean, by: Dnd['by']): boolean {
    const extension = this.#extensions.get(address)!
    if (extension.dnd.on === on) return false
    extension.dnd = { on, by, at: this.#now() }
    this.#tell({ address, what: { dnd: extension.dnd } })
    return true
  }

  startCall(address: string, state: 'early' | 'confirmed' = 'confirmed'): string {
    this.#legs += 1
    const id = `leg-${this.#series}${this.#legs}`
    this.#put(address, { id, state })
    return id
  }

  /** The oldest leg that can; false when there is none. */
  holdCall(address: string): boolean {
    const leg = this.legs(address).find((one) => one.state === 'confirmed')
    if (leg) this.#put(address, { id: leg.id, state: 'held' })
    return leg !== undefined
  }

  endCall(address: string): boolean {
    const leg = this.legs(address)[0]
    if (!leg) return false
    this.#extensions.get(address)!.legs.delete(leg.id)
    this.#tell({ address, what: { leg: { id: leg.id, state: 'terminated' } } })
    return true
  }

  #put(address: string, leg: PhoneLeg): void {
    this.#extensions.get(address)!.legs.set(leg.id, leg)
    this.#tell({ address, what: { leg } })
  }

  #tell(event: PhoneEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
