import type { Extension } from './extensions.ts'

type Known = Pick<Extension, 'presence' | 'registered'>

/** Presence and registration of every extension: from readings, and from events between them. */
export class ExtensionBook {
  readonly #known = new Map<string, Known>()
  /** When an event or a write of ours last spoke of it, monotonic milliseconds: older readings say nothing. */
  readonly #heardAt = new Map<string, number>()

  get size(): number {
    return this.#known.size
  }

  of(extension: string): Known | undefined {
    return this.#known.get(extension)
  }

  /** Its presence; without a word, only that what is read meanwhile is old. */
  heard(extension: string, presence: string | undefined, at: number): void {
    this.#heardAt.set(extension, at)
    const known = this.#known.get(extension)
    if (known && presence !== undefined) this.#known.set(extension, { ...known, presence })
  }

  registered(extension: string, at: number): void {
    this.#heardAt.set(extension, at)
    const known = this.#known.get(extension)
    if (known) this.#known.set(extension, { ...known, registered: true })
  }

  /** The whole list, asked for at this monotonic time. Returns whose presence is another although no event has told it. */
  read(extensions: readonly Extension[], askedAt: number): ReadonlySet<string> {
    const untold = new Set<string>()
    const here = new Set(extensions.map(({ number }) => number))
    for (const number of [...this.#known.keys()]) if (!here.has(number)) this.#known.delete(number)
    for (const { number, presence, registered } of extensions) {
      const known = this.#known.get(number)
      if (known && (this.#heardAt.get(number) ?? Number.NEGATIVE_INFINITY) >= askedAt) continue
      if (known && known.presence !== presence) untold.add(number)
      this.#known.set(number, { presence, registered })
    }
    return untold
  }
}
