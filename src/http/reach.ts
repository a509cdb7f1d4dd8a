import type { PersonView } from '../core/view.ts'
import type { Stretch } from './authorize.ts'

/** A person by their place. */
export type Placed = Pick<PersonView, 'tenant' | 'id'>

/** The groups of a person, as the configuration has them. */
export type GroupsOf = (person: Placed) => readonly string[]

/** Whom, and which tenants, a request may concern. What is outside is answered like what does not exist. */
export class Reach {
  readonly #stretches: readonly Stretch[] | undefined
  readonly #groupsOf: GroupsOf

  /** Without stretches: everything. */
  constructor(stretches: readonly Stretch[] | undefined, groupsOf: GroupsOf) {
    this.#stretches = stretches
    this.#groupsOf = groupsOf
  }

  get isEverything(): boolean {
    return this.#stretches === undefined
  }

  has(person: Placed): boolean {
    return this.#stretches?.some((stretch) => this.#covers(stretch, person)) ?? true
  }

  /** The tenant as a whole, with what belongs to no person. */
  hasTenant(tenant: string): boolean {
    return this.#stretches?.some((one) => one.tenant === tenant && one.only === undefined) ?? true
  }

  /** Where people can be reached, or the one that is asked for; nothing for everything, where nobody has listed them. */
  tenants(asked?: string): readonly string[] {
    const all = [...new Set((this.#stretches ?? []).map(({ tenant }) => tenant))]
    return asked === undefined ? all : all.filter((tenant) => tenant === asked)
  }

  #covers({ tenant, only }: Stretch, person: Placed): boolean {
    if (tenant !== person.tenant) return false
    if (only === undefined || only === 'people') return true
    if ('person' in only) return only.person === person.id
    return this.#groupsOf(person).some((group) => only.groups.includes(group))
  }
}
