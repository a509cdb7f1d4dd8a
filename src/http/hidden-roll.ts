import type { PersonView } from '../core/view.ts'
import type { Caller } from './authorize.ts'
import type { Veil } from './veil.ts'

type Person = Pick<PersonView, 'tenant' | 'id'>

/** From whom somebody is hidden now, or no longer. */
export interface HiddenChange {
  readonly caller: Caller | undefined
  readonly key: string
  readonly hidden: boolean
}

/** Who is hidden from each caller of the event stream, as it was when last called. */
export class HiddenRoll {
  readonly #veil: Veil | undefined
  readonly #hidden = new Map<Caller | undefined, ReadonlySet<string> | undefined>()

  /** Without a veil nobody is hidden. */
  constructor(veil: Veil | undefined) {
    this.#veil = veil
  }

  /** A caller who is to be known from the next call on. */
  add(caller: Caller | undefined): void {
    if (!this.#hidden.has(caller)) this.#hidden.set(caller, undefined)
  }

  /** Asked anew, so that who has just come is not shown until the next call. `key`: `tenant/id`. */
  has(key: string, caller: Caller | undefined): boolean {
    const slash = key.indexOf('/')
    return this.#veil?.withholds({ tenant: key.slice(0, slash), id: key.slice(slash + 1) }, caller) ?? false
  }

  /** Looks through everyone; answers what has changed since the last time, for callers who were known then. */
  call(people: ReadonlyMap<string, Person>): readonly HiddenChange[] {
    const changes: HiddenChange[] = []
    for (const [caller, before] of this.#hidden) {
      const now = new Set<string>()
      for (const [key, person] of people) if (this.#veil?.withholds(person, caller)) now.add(key)
      this.#hidden.set(caller, now)
      if (!before) continue
      for (const key of now) if (!before.has(key)) changes.push({ caller, key, hidden: true })
      for (const key of before) {
        if (!now.has(key) && people.has(key)) changes.push({ caller, key, hidden: false })
      }
    }
    return changes
  }

  clear(): void {
    this.#hidden.clear()
  }
}
