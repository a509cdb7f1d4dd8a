import type { Clock, Timer } from '../../core/ports.ts'
import type { Phones } from '../phones.ts'

interface Entry {
  readonly reason: string
  /** Monotonic milliseconds; undefined where it stays until somebody clears it. */
  readonly endsAt: number | undefined
  readonly timer: Timer | undefined
}

/** Why a phone is in do not disturb and until when, beside the phones' own on and off. */
export class DndBook {
  readonly #clock: Clock
  readonly #phones: Phones
  readonly #entries = new Map<string, Entry>()
  readonly #stopListening: () => void

  constructor(clock: Clock, phones: Phones) {
    this.#clock = clock
    this.#phones = phones
    // A key or a star code knows neither reason nor expiry.
    this.#stopListening = phones.on((change) => {
      if (change.type === 'removed' || (change.type === 'dnd' && change.by === 'phone')) {
        this.#forget(change.phone.extension)
      }
    })
  }

  stop(): void {
    this.#stopListening()
    for (const extension of [...this.#entries.keys()]) this.#forget(extension)
  }

  set(extension: string, reason: string, seconds?: number): void {
    this.#forget(extension)
    const ends = seconds !== undefined && seconds > 0
    this.#entries.set(extension, {
      reason,
      endsAt: ends ? this.#clock.monotonic() + seconds * 1000 : undefined,
      timer: ends ? this.#clock.after(seconds * 1000, () => this.clear(extension)) : undefined,
    })
    this.#phones.setDnd(extension, true, 'pbx')
  }

  clear(extension: string): void {
    this.#forget(extension)
    this.#phones.setDnd(extension, false, 'pbx')
  }

  /** Seconds left; undefined where it does not end by itself. */
  read(extension: string): { readonly reason: string; readonly seconds: number | undefined } {
    const { reason = '', endsAt } = this.#entries.get(extension) ?? {}
    const seconds = endsAt === undefined ? undefined : Math.ceil((endsAt - this.#clock.monotonic()) / 1000)
    return { reason, seconds }
  }

  #forget(extension: string): void {
    this.#entries.get(extension)?.timer?.cancel()
    this.#entries.delete(extension)
  }
}
