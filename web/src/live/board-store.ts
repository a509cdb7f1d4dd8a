import type { PersonView } from '../../../src/core/view.ts'

/** How the board stands with the hub. `token`: the hub asks for an API token. Times are wall clock, milliseconds. */
export type Link =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly since: number; readonly reason: string }
  | { readonly state: 'token'; readonly refused: boolean }

export interface BoardState {
  readonly link: Link
  /** Undefined until the first answer. */
  readonly people: ReadonlyMap<string, PersonView> | undefined
}

export interface BoardStore {
  get(): BoardState
  subscribe(listener: () => void): () => void
  setLink(link: Link): void
  /** The whole set, read after a (re)connect: who is absent has left. */
  replace(people: ReadonlyMap<string, PersonView>): void
  /** One person changed; kept back for a moment, so that a burst is one rendering. */
  put(person: PersonView): void
  remove(key: string): void
}

export function personKey(person: Pick<PersonView, 'tenant' | 'id'>): string {
  return `${person.tenant}/${person.id}`
}

/**
 * What the board knows, outside React. `schedule` calls back once, soon: changes that come before are shown together.
 */
export function createBoardStore(schedule: (callback: () => void) => void): BoardStore {
  let state: BoardState = { link: { state: 'connecting' }, people: undefined }
  let waiting = new Map<string, PersonView | undefined>()
  let scheduled = false
  const listeners = new Set<() => void>()

  const set = (next: BoardState): void => {
    state = next
    for (const listener of listeners) listener()
  }

  const flush = (): void => {
    scheduled = false
    if (waiting.size === 0) return
    const people = new Map(state.people)
    for (const [key, person] of waiting) {
      if (person) people.set(key, person)
      else people.delete(key)
    }
    waiting = new Map()
    set({ ...state, people })
  }

  const wait = (key: string, person: PersonView | undefined): void => {
    waiting.set(key, person)
    if (scheduled) return
    scheduled = true
    schedule(flush)
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setLink: (link) => set({ ...state, link }),
    replace(people) {
      waiting = new Map()
      set({ ...state, people })
    },
    put(person) {
      const key = personKey(person)
      const known = waiting.get(key) ?? state.people?.get(key)
      if (!known || person.revision > known.revision) wait(key, person)
    },
    remove: (key) => wait(key, undefined),
  }
}
