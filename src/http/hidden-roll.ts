import type { PersonView } from '../core/view.ts'
import type { Caller } from './authorize.ts'
import type { Veil } from './veil.ts'

type Person = Pick<PersonView, 'tenant' | 'id'>

/** Somebody is hidden now, or no longer, from all callers of one sight (`Veil.sight`). */
export interface HiddenChange {
  readonly sight: string
  readonly key: string
  readonly hidden: boolean
}

/** Who is hidden from whom among those who follow the event stream, as it was when last called. */
export class HiddenRoll {
  readonly #veil: Veil | undefined
  readonly #callers = new Map<string, Caller | undefined>()
  readonly #hidden = new Map<string, ReadonlySet<string>>()

  /** Without a veil nobody is hidden. */
  constructor(veil: Veil | undefined) {
    this.#veil = veil
  }

  sight(caller: Caller | undefined): string {
    return this.#veil?.sight(caller) ?? ''
  }

  /** A caller whose sight is to be known from the next call on. */
  add(caller: Caller | undefined): void {
    this.#callers.set(this.sight(caller), caller)
  }

  /** Asked anew, so that who has just come is not shown until the next call. `key`: `tenant/id`. */
  has(key: string, caller: Caller | undefined): boolean {
    const slash = key.indexOf('/')
    return this.#veil?.withholds({ tenant: key.slice(0, slash), id: key.slice(slash + 1) }, caller) ?? false
  }

  /** Whether who has left was out of sight before. */
  had(key: string, caller: Caller | undefined): boolean {
    return this.#hidden.get(this.sight(caller))?.has(key) ?? this.#veil !== undefined
  }

  /** Looks through everyone; answers what has changed since the last time, for sights that were known then. */
  call(people: ReadonlyMap<string, Person>): readonly HiddenChange[] {
    const changes: HiddenChange[] = []
    for (const [sight, caller] of this.#callers) {
      const now = new Set<string>()
      for (const [key, person] of people) if (this.#veil?.withholds(person, caller)) now.add(key)
      const before = this.#hidden.get(sight)
      this.#hidden.set(sight, now)
      if (!before) continue
      for (const key of now) if (!before.has(key)) changes.push({ sight, key, hidden: true })
      for (const key of before) {
        if (!now.has(key) && people.has(key)) changes.push({ sight, key, hidden: false })
      }
    }
    return changes
  }

  clear(): void {
    this.#callers.clear()
    this.#hidden.clear()
  }
}
