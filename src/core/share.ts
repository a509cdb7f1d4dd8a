import type { Presence } from './presence.ts'
import type { Point } from './presentity.ts'

/** So many are remembered of each kind; then it begins anew. */
const most = 8192

/** Equal things as one: by their state, then by their time. What is shared is never changed, only replaced. */
class Pool<Thing extends { readonly state: Presence }> {
  readonly #timeOf: (thing: Thing) => number
  readonly #known = new Map<Presence, Map<number, Thing>>()
  #size = 0

  constructor(timeOf: (thing: Thing) => number) {
    this.#timeOf = timeOf
  }

  share(thing: Thing): Thing {
    const at = this.#timeOf(thing)
    let times = this.#known.get(thing.state)
    const known = times?.get(at)
    if (known && sameFields(known, thing)) return known
    if (this.#size >= most) {
      this.#known.clear()
      this.#size = 0
      times = undefined
    }
    if (!times) {
      times = new Map()
      this.#known.set(thing.state, times)
    }
    times.set(at, thing)
    this.#size += 1
    return thing
  }
}

const bases = new Pool<NonNullable<Point['base']>>((base) => base.at)
const reads = new Pool<NonNullable<Point['read']>>((read) => read.at)
const readings = new Pool<NonNullable<Point['native']>>((reading) => reading.since)

/** Whether two objects hold the same, field by field. */
export function sameFields<Thing extends object>(one: Thing, other: Thing): boolean {
  const fields = Object.keys(one) as (keyof Thing)[]
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => Object.hasOwn(other, field) && one[field] === other[field])
  )
}

/**
 * Lets a point hold what others hold as well. A start hears a hundred thousand people within some seconds, most of them
 * in the same few states: as objects of their own these would be a tenth of the hub's memory.
 */
export function sharePoint(point: Point): void {
  if (point.base) point.base = bases.share(point.base)
  if (point.read) point.read = reads.share(point.read)
  if (point.native) point.native = readings.share(point.native)
}
