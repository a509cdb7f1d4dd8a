import type { Facet } from '../../core/observation.ts'
import type { AnswerRule } from './answer-rules.ts'
import { activeRule } from './answer-rules.ts'
import type { CallBook } from './call-book.ts'

/** Do not disturb of a user as it was read last. */
export interface DndState {
  /** The time frame that was in force; undefined where none was. */
  readonly frame: string | undefined
  readonly on: boolean
  /** `schedule`: it changed with the time frame. */
  readonly origin: 'schedule' | undefined
}

/**
 * What is known of a followed user: nothing yet, that there is none, that the rules may not be read, that do not disturb
 * is heard in another way, or the rules.
 */
export type UserState = 'unread' | 'missing' | 'barred' | 'elsewhere' | DndState

/** The state that follows from rules read after `before`. */
export function nextDnd(before: UserState | undefined, rules: readonly AnswerRule[]): DndState {
  const active = activeRule(rules)
  const [frame, on] = [active?.frame, active?.dnd === true]
  if (typeof before !== 'object') return { frame, on, origin: undefined }
  if (before.on === on) return { frame, on, origin: before.origin }
  return { frame, on, origin: before.frame === frame ? undefined : 'schedule' }
}

/** What is known of the followed users, and what is said of each. */
export class PhoneBook {
  readonly #states = new Map<string, UserState>()
  readonly #calls: CallBook
  registered: ReadonlySet<string> | undefined

  constructor(calls: CallBook) {
    this.#calls = calls
  }

  get addresses(): readonly string[] {
    return [...this.#states.keys()]
  }

  has(user: string): boolean {
    return this.#states.has(user)
  }

  state(user: string): UserState | undefined {
    return this.#states.get(user)
  }

  add(user: string): void {
    this.#states.set(user, 'unread')
  }

  delete(user: string): void {
    this.#states.delete(user)
  }

  /** Only of those who are followed. */
  set(user: string, state: UserState): void {
    if (this.#states.has(user)) this.#states.set(user, state)
  }

  facets(user: string): readonly Facet[] {
    const state = this.#states.get(user)
    if (state === undefined || state === 'unread' || state === 'missing') return []
    const registered = this.registered?.has(user)
    const dnd: Facet[] =
      typeof state !== 'object'
        ? []
        : [{ kind: 'dnd', on: state.on, ...(state.origin && { origin: state.origin }) }]
    return [
      ...this.#calls.legs(user),
      ...dnd,
      ...(registered === undefined ? [] : [{ kind: 'registration', registered } as const]),
    ]
  }
}
