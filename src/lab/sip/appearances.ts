import type { Leg } from '../phones.ts'

/** The call keys of each phone: a call takes the first free one and gives it back at its end. */
export class Appearances {
  readonly #keys = new Map<string, (string | undefined)[]>()

  /** The key of a call, as text from `1`. */
  of(leg: Leg): string {
    const keys = this.#keys.get(leg.extension) ?? []
    this.#keys.set(leg.extension, keys)
    const known = keys.indexOf(leg.id)
    const key = known === -1 ? [...keys, undefined].indexOf(undefined) : known
    keys[key] = leg.id
    return String(key + 1)
  }

  release(leg: Leg): void {
    const keys = this.#keys.get(leg.extension) ?? []
    const key = keys.indexOf(leg.id)
    if (key !== -1) keys[key] = undefined
  }
}
