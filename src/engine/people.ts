import { isOpen } from '../core/ledger.ts'
import type { Point, Presentity } from '../core/presentity.ts'
import { newPoint } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import { actorKey, newActor } from './actor.ts'

/** A person as the configuration and the directories give them. */
export interface PersonSpec {
  readonly tenant: string
  readonly id: string
  readonly upn: string
  readonly displayName: string
  readonly addresses: readonly AddressSpec[]
}

export interface AddressSpec {
  readonly connector: string
  readonly address: string
  /** Same line, same physical phone. */
  readonly line: string
  readonly rank: number
}

export interface Place {
  readonly actor: Actor
  readonly point: Point
}

/** Everyone the hub keeps in step, by key and by address; who is gone stays until nothing of ours is left there. */
export class People {
  readonly #actors = new Map<string, Actor>()
  readonly #places = new Map<string, Place[]>()
  /** Addresses that no configuration names: they came with the first thing said there. */
  readonly #added = new Map<string, AddressSpec[]>()

  get(key: string): Actor | undefined {
    return this.#actors.get(key)
  }

  all(): IterableIterator<Actor> {
    return this.#actors.values()
  }

  get size(): number {
    return this.#actors.size
  }

  at(tenant: string, connector: string, address: string): readonly Place[] {
    return this.#places.get(placeKey(tenant, connector, address)) ?? []
  }

  addresses(tenant: string, connector: string): string[] {
    const addresses: string[] = []
    for (const actor of this.#actors.values()) {
      if (actor.presentity.tenant !== tenant) continue
      for (const point of actor.presentity.points) {
        if (point.connector === connector) addresses.push(point.address)
      }
    }
    return addresses
  }

  isBeingReleased(tenant: string, point: Point): boolean {
    return this.at(tenant, point.connector, point.address).some(
      (place) =>
        place.point !== point &&
        place.actor.retired?.has(place.point) &&
        place.point.contributions?.some((one) => one.endAckAt === undefined),
    )
  }

  /** Adds, changes and retires; `touched` is told of every person that has to look again. */
  set(specs: readonly PersonSpec[], now: number, touched: (actor: Actor) => void): void {
    const kept = new Set<string>()
    for (const spec of specs) {
      const key = actorKey(spec.tenant, spec.id)
      kept.add(key)
      const known = this.#actors.get(key)
      const added = this.#added.get(key)
      const whole = added ? { ...spec, addresses: [...spec.addresses, ...added] } : spec
      if (known) this.#change(known, whole, touched)
      else this.#add(whole, now)
    }
    for (const [key, actor] of this.#actors) {
      if (kept.has(key) || actor.presentity.points.length === 0) continue
      for (const point of actor.presentity.points) this.retire(actor, point)
      touched(actor)
    }
  }

  /** A person known only from the ledger: withdrawn by the addresses written there. */
  addTombstone(presentity: Presentity, now: number): Actor {
    const actor = newActor(presentity, now)
    this.#actors.set(actor.key, actor)
    return actor
  }

  /** Takes an address on that stays whatever the configuration says; false when it was there. */
  addAddress(actor: Actor, address: AddressSpec): boolean {
    const there = actor.presentity.points.some(
      (point) => point.connector === address.connector && point.address === address.address,
    )
    if (there) return false
    this.#added.set(actor.key, [...(this.#added.get(actor.key) ?? []), address])
    this.addPoint(actor, newPoint(address))
    return true
  }

  addPoint(actor: Actor, point: Point): void {
    actor.presentity.points.push(point)
    const key = placeKey(actor.presentity.tenant, point.connector, point.address)
    const places = this.#places.get(key)
    if (places) places.push({ actor, point })
    else this.#places.set(key, [{ actor, point }])
  }

  retire(actor: Actor, point: Point): void {
    actor.retired ??= new Set()
    actor.retired.add(point)
  }

  drop(key: string): void {
    const actor = this.#actors.get(key)
    if (!actor || actor.presentity.points.length > 0) return
    this.#actors.delete(key)
    this.#sweep()
  }

  #add(spec: PersonSpec, now: number): void {
    const { tenant, id, upn, displayName } = spec
    const actor = newActor({ tenant, id, upn, displayName, points: [] }, now)
    this.#actors.set(actor.key, actor)
    for (const address of spec.addresses) this.addPoint(actor, newPoint(address))
  }

  #change(actor: Actor, spec: PersonSpec, touched: (actor: Actor) => void): void {
    actor.presentity.displayName = spec.displayName
    const wanted = new Set(spec.addresses.map((one) => `${one.connector}\n${one.address}`))
    let changed = false
    for (const point of actor.presentity.points) {
      const key = `${point.connector}\n${point.address}`
      if (wanted.has(key)) {
        if (actor.retired?.delete(point)) changed = true
        wanted.delete(key)
      } else if (!actor.retired?.has(point)) {
        this.retire(actor, point)
        changed = true
      }
    }
    for (const address of spec.addresses) {
      if (!wanted.has(`${address.connector}\n${address.address}`)) continue
      this.addPoint(actor, newPoint(address))
      changed = true
    }
    if (changed) touched(actor)
  }

  /** Forgets places whose person no longer has the point. */
  #sweep(): void {
    for (const [key, places] of this.#places) {
      const kept = places.filter(
        ({ actor, point }) =>
          this.#actors.get(actor.key) === actor && actor.presentity.points.includes(point),
      )
      if (kept.length === places.length) continue
      if (kept.length > 0) this.#places.set(key, kept)
      else this.#places.delete(key)
    }
  }
}

export function hasOpen(actor: Actor): boolean {
  return actor.presentity.points.some((point) => point.contributions?.some(isOpen))
}

function placeKey(tenant: string, connector: string, address: string): string {
  return `${tenant}\n${connector}\n${address}`
}
