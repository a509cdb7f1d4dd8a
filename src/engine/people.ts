import type { Presence } from '../core/presence.ts'
import type { Point, Presentity } from '../core/presentity.ts'
import { newPoint, none } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import { newActor } from './actor.ts'
import { Pairs } from './pairs.ts'

/** A person as the configuration and the directories give them. */
export interface PersonSpec {
  readonly tenant: string
  readonly id: string
  readonly upn: string
  readonly displayName: string
  readonly addresses: readonly AddressSpec[]
}

/** All people of a tenant. */
export interface Roster {
  readonly tenant: string
  readonly people: readonly PersonSpec[]
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

const nobody: ReadonlyMap<string, Actor> = new Map()

/**
 * Everyone the hub keeps in step, by tenant and id, and by address; who is gone stays until nothing of ours is left
 * there. No key is put together and no list made for a person alone at an address: with a hundred thousand people
 * each such text is ten megabytes.
 */
export class People {
  readonly #tenants = new Map<string, Map<string, Actor>>()
  /** By system, then address. Several people at one address are rare: an extension moves, a phone is shared. */
  readonly #places = new Pairs<Map<string, Actor | readonly Actor[]>>()
  /** Addresses that no configuration names: they came with the first thing said there. */
  readonly #added = new Map<Actor, AddressSpec[]>()
  /** Tenants that another hub goes on with: nobody in them is given up here. */
  readonly leaving = new Set<string>()
  /** By tenant, where another hub may have had it before. */
  readonly #revisionsFrom = new Map<string, number>()
  /** By tenant, where somebody has asked. */
  readonly #sorted = new Map<string, readonly Actor[]>()

  /** Revisions of everyone's view in a tenant are above this from now on. */
  countFrom(tenant: string | undefined, revision = 0): void {
    if (tenant !== undefined) this.#revisionsFrom.set(tenant, revision)
  }

  /** Of the person's view. */
  revisionOf({ presentity, revision }: Actor): number {
    return (this.#revisionsFrom.get(presentity.tenant) ?? 0) + revision
  }

  get(tenant: string, id: string): Actor | undefined {
    return this.#tenants.get(tenant)?.get(id)
  }

  /** How many there are of a tenant. */
  count(tenant: string): number {
    return this.#tenants.get(tenant)?.size ?? 0
  }

  *all(): Generator<Actor> {
    for (const people of this.#tenants.values()) yield* people.values()
  }

  /** Everyone of a tenant by id; sorted anew only after somebody has come or gone. */
  inOrder(tenant: string): readonly Actor[] {
    let sorted = this.#sorted.get(tenant)
    if (!sorted) {
      sorted = [...this.of(tenant)].sort((a, b) => (a.presentity.id < b.presentity.id ? -1 : 1))
      this.#sorted.set(tenant, sorted)
    }
    return sorted
  }

  of(tenant: string): Iterable<Actor> {
    return (this.#tenants.get(tenant) ?? nobody).values()
  }

  at(tenant: string, connector: string, address: string): readonly Place[] {
    const found = this.#places.get(tenant, connector)?.get(address)
    return actorsIn(found).flatMap((actor) => {
      const point = pointAt(actor, connector, address)
      return point ? [{ actor, point }] : []
    })
  }

  /** Every address at which somebody is, once. */
  addresses(tenant: string, connector: string): string[] {
    return [...(this.#places.get(tenant, connector)?.keys() ?? [])]
  }

  /** Addresses that have changed hands and whose new person was not heard there yet. */
  unheardHeirs(tenant: string, connector: string): string[] {
    const heirs: string[] = []
    for (const [address, found] of this.#places.get(tenant, connector) ?? []) {
      if ('presentity' in found) continue
      const places = this.at(tenant, connector, address)
      if (places.some(({ point }) => point.feeds.length === 0)) heirs.push(address)
    }
    return heirs
  }

  /** How many addresses there are. */
  followed(tenant: string, connector: string): number {
    return this.#places.get(tenant, connector)?.size ?? 0
  }

  /** What we wrote at the address for people whose it was, and what may still be read there. */
  formerWrites(tenant: string, point: Point): readonly Presence[] {
    const found = this.#places.get(tenant, point.connector)?.get(point.address)
    // Asked of every address in every turn, and nearly always of one that has been nobody else's.
    if (found === undefined || 'presentity' in found) return none
    return this.at(tenant, point.connector, point.address).flatMap((place) => {
      const former = place.point !== point && place.actor.retired?.has(place.point)
      return former ? (place.point.contributions ?? []).map(({ state }) => state) : []
    })
  }

  /** Adds, changes and retires; `touched` is told of every person that has to look again. `tenant`: these are all of it. */
  set(
    specs: readonly PersonSpec[],
    { now, touched, tenant }: { now: number; touched: (actor: Actor) => void; tenant?: string | undefined },
  ): void {
    const kept = new Set<Actor>()
    for (const spec of specs) {
      const known = this.get(spec.tenant, spec.id)
      const added = known && this.#added.get(known)
      const whole = added ? { ...spec, addresses: [...spec.addresses, ...added] } : spec
      if (known) this.#change(known, whole, { now, touched })
      kept.add(known ?? this.#add(whole, now))
    }
    for (const actor of tenant === undefined ? this.all() : this.of(tenant)) {
      if (this.leaving.has(actor.presentity.tenant)) continue
      actor.gone = !kept.has(actor)
      if (!actor.gone) continue
      for (const point of actor.presentity.points) this.retire(actor, point)
      touched(actor)
    }
  }

  /** A person known only from the ledger: withdrawn by the addresses written there. */
  addTombstone(presentity: Presentity, now: number): Actor {
    const actor = newActor(presentity, now)
    this.#sorted.delete(presentity.tenant)
    const people = this.#tenants.get(presentity.tenant)
    if (people) people.set(presentity.id, actor)
    else this.#tenants.set(presentity.tenant, new Map([[presentity.id, actor]]))
    return actor
  }

  /** Takes an address on that stays whatever the configuration says; false when it was there. */
  addAddress(actor: Actor, address: AddressSpec): boolean {
    if (pointAt(actor, address.connector, address.address)) return false
    this.#added.set(actor, [...(this.#added.get(actor) ?? []), address])
    this.addPoint(actor, newPoint(address))
    return true
  }

  addPoint(actor: Actor, point: Point): void {
    // A spread would leave room for sixteen more.
    actor.presentity.points = actor.presentity.points.concat(point)
    this.#place(actor, point)
  }

  retire(actor: Actor, point: Point): void {
    actor.retired ??= new Set()
    actor.retired.add(point)
  }

  /** The person has this point no more. */
  leave(actor: Actor, { connector, address }: Point): void {
    if (pointAt(actor, connector, address)) return
    const system = this.#places.get(actor.presentity.tenant, connector)
    const left = actorsIn(system?.get(address)).filter((one) => one !== actor)
    const [only] = left
    if (!only) system?.delete(address)
    else system?.set(address, left.length === 1 ? only : left)
  }

  /** Forgets a person who has no point. */
  drop(actor: Actor): void {
    const { tenant, id, points } = actor.presentity
    if (points.length > 0 || this.get(tenant, id) !== actor) return
    this.#tenants.get(tenant)?.delete(id)
    this.#sorted.delete(tenant)
    this.#added.delete(actor)
  }

  /** Forgets a tenant with everyone in it. */
  forget(tenant: string): void {
    for (const actor of this.of(tenant)) this.#added.delete(actor)
    this.leaving.delete(tenant)
    this.#tenants.delete(tenant)
    this.#sorted.delete(tenant)
    this.#places.deleteAll(tenant)
  }

  #add(spec: PersonSpec, now: number): Actor {
    const { tenant, id, upn, displayName } = spec
    const points = spec.addresses.map(newPoint)
    const actor = this.addTombstone({ tenant, id, upn, displayName, points }, now)
    for (const point of points) this.#place(actor, point)
    return actor
  }

  #place(actor: Actor, { connector, address }: Point): void {
    const { tenant } = actor.presentity
    const system = this.#places.get(tenant, connector) ?? new Map<string, Actor | readonly Actor[]>()
    this.#places.set(tenant, connector, system)
    const there = actorsIn(system.get(address)).filter((one) => one !== actor)
    system.set(address, there.length === 0 ? actor : [...there, actor])
  }

  #change(
    actor: Actor,
    spec: PersonSpec,
    { now, touched }: { readonly now: number; readonly touched: (actor: Actor) => void },
  ): void {
    actor.presentity.displayName = spec.displayName
    let changed = false
    for (const point of actor.presentity.points) {
      if (spec.addresses.some((one) => isAt(point, one.connector, one.address))) {
        if (actor.retired?.delete(point)) changed = true
      } else if (!actor.retired?.has(point)) {
        this.retire(actor, point)
        changed = true
      }
    }
    for (const address of spec.addresses) {
      if (pointAt(actor, address.connector, address.address)) continue
      const point = newPoint(address)
      this.addPoint(actor, point)
      actor.joined ??= new WeakMap()
      actor.joined.set(point, now)
      changed = true
    }
    if (changed) touched(actor)
  }
}

function actorsIn(found: Actor | readonly Actor[] | undefined): readonly Actor[] {
  if (found === undefined) return []
  return 'presentity' in found ? [found] : found
}

function pointAt(actor: Actor, connector: string, address: string): Point | undefined {
  return actor.presentity.points.find((point) => isAt(point, connector, address))
}

function isAt(point: Point, connector: string, address: string): boolean {
  return point.connector === connector && point.address === address
}
