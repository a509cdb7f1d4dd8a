import type { Person } from './microsoft/person.ts'
import { split } from './microsoft/states.ts'
import type { Tenant } from './microsoft/tenant.ts'
import type { NewUser } from './microsoft/user.ts'
import type { Leg, Phones } from './phones.ts'

/** A person of the lab: a user in a tenant, with phones at the PBX. */
export interface NewPerson {
  readonly upn: string
  readonly displayName?: string | undefined
  readonly extensions?: readonly string[] | undefined
  /** More about the user in Entra's directory. */
  readonly user?: Omit<NewUser, 'userPrincipalName' | 'displayName'> | undefined
}

export interface Found {
  readonly tenant: Tenant
  readonly person: Person
}

/** Everything the lab knows of one person, without read lag. */
export interface PersonState {
  readonly upn: string
  readonly displayName: string
  readonly tenant: string
  /** Entra object id. */
  readonly id: string
  readonly phones: readonly {
    readonly extension: string
    readonly registered: boolean
    readonly dnd: boolean
    readonly calls: readonly Pick<Leg, 'call' | 'state' | 'direction' | 'party' | 'number' | 'since'>[]
  }[]
  readonly teams: {
    readonly shown: string
    readonly client: string | null
    readonly inCall: boolean
    readonly preferred: string | null
    /** Milliseconds of the lab's clock from now; null without a preferred state. */
    readonly preferredEndsInMs: number | null
    readonly sessions: readonly {
      readonly app: string
      readonly availability: string
      readonly activity: string
      readonly endsInMs: number
    }[]
    readonly outOfOffice: boolean
    readonly note: string | null
  }
}

/** Joins the tenants' users with the PBX's phones. */
export class People {
  readonly #tenants: ReadonlyMap<string, Tenant>
  readonly #phones: Phones
  /** By UPN in lower case; only people who have phones. */
  readonly #extensions = new Map<string, readonly string[]>()

  constructor(tenants: ReadonlyMap<string, Tenant>, phones: Phones) {
    this.#tenants = tenants
    this.#phones = phones
  }

  get size(): number {
    let size = 0
    for (const tenant of this.#tenants.values()) size += tenant.size
    return size
  }

  /** Finds a person in whichever tenant has the UPN. */
  find(upn: string): Found | undefined {
    for (const tenant of this.#tenants.values()) {
      const person = tenant.byUpn(upn)
      if (person) return { tenant, person }
    }
    return undefined
  }

  /** Everybody of every tenant. */
  *all(): Generator<Found> {
    for (const tenant of this.#tenants.values()) {
      for (const person of tenant.people()) yield { tenant, person }
    }
  }

  extensionsOf(upn: string): readonly string[] {
    return this.#extensions.get(upn.toLowerCase()) ?? []
  }

  /** Adds or changes a person. An extension that moves here leaves whoever had it, and keeps its state. */
  put(tenant: Tenant, given: NewPerson): Found {
    const { upn, displayName } = given
    const person = tenant.put({ ...given.user, userPrincipalName: upn, displayName })
    if (given.extensions) this.#assign(person, given.extensions)
    else for (const extension of this.extensionsOf(upn)) this.#putPhone(person, extension)
    return { tenant, person }
  }

  /** Removes the user and the phones; false when nobody has the UPN. */
  remove(upn: string): boolean {
    const found = this.find(upn)
    if (!found) return false
    for (const extension of this.extensionsOf(upn)) this.#phones.remove(extension)
    this.#extensions.delete(upn.toLowerCase())
    return found.tenant.remove(upn)
  }

  /** `now`: monotonic milliseconds of the lab's clock. */
  state({ tenant, person }: Found, now: number): PersonState {
    const { user, inputs } = person
    const { preferred, note } = inputs
    const chosen = preferred && preferred.endsAt > now ? preferred : undefined
    const live = inputs.apps.filter(({ endsAt }) => endsAt > now)
    return {
      upn: user.userPrincipalName,
      displayName: user.displayName,
      tenant: tenant.id,
      id: user.id,
      phones: this.extensionsOf(user.userPrincipalName).map((extension) => this.#phoneState(extension)),
      teams: {
        shown: tenant.shown(person),
        client: inputs.client,
        inCall: inputs.inCall,
        preferred: chosen?.pair ?? null,
        preferredEndsInMs: chosen ? Math.round(chosen.endsAt - now) : null,
        sessions: live.map(({ id, pair, endsAt }) => ({
          app: id,
          ...split(pair),
          endsInMs: Math.round(endsAt - now),
        })),
        outOfOffice: inputs.outOfOffice !== undefined,
        note: note && note.endsAt > now ? note.content : null,
      },
    }
  }

  #phoneState(extension: string): PersonState['phones'][number] {
    const { registered = false, dnd = false } = this.#phones.phone(extension) ?? {}
    const calls = this.#phones.legs(extension).map(({ call, state, direction, party, number, since }) => ({
      call,
      state,
      direction,
      party,
      number,
      since,
    }))
    return { extension, registered, dnd, calls }
  }

  #assign(person: Person, extensions: readonly string[]): void {
    const key = person.user.userPrincipalName.toLowerCase()
    const before = this.extensionsOf(key)
    for (const [other, theirs] of this.#extensions) {
      const kept = theirs.filter((extension) => !extensions.includes(extension))
      if (other !== key && kept.length < theirs.length) this.#extensions.set(other, kept)
    }
    this.#extensions.set(key, extensions)
    for (const extension of extensions) this.#putPhone(person, extension)
    for (const extension of before) if (!extensions.includes(extension)) this.#phones.remove(extension)
  }

  #putPhone(person: Person, extension: string): void {
    const { displayName, mail } = person.user
    this.#phones.put({ extension, displayName, ...(mail !== null && { mail }) })
  }
}
