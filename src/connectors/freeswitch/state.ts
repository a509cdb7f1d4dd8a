import type { Facet } from '../../core/observation.ts'
import { ChannelBook, userOf } from './channel-book.ts'
import type { Settings } from './config.ts'

/** What is known of the extensions of one domain: from readings, and from events between them. */
export class SwitchState {
  readonly channels: ChannelBook
  readonly #domain: string
  /** Extensions that a phone is registered for. */
  readonly #registered = new Set<string>()
  readonly #exists = new Map<string, boolean>()
  readonly #dnd = new Map<string, boolean>()
  /** Every number that is known to be an extension. */
  readonly #numbers = new Set<string>()

  constructor({ domain, extensions }: Pick<Settings, 'domain' | 'extensions'>) {
    this.#domain = domain.toLowerCase()
    for (const { extension } of extensions) this.#numbers.add(extension)
    this.channels = new ChannelBook({
      domain: this.#domain,
      isExtension: (number) => this.#numbers.has(number),
    })
  }

  /** The user of user@domain; undefined where it is somebody else's domain. */
  user(who: string): string | undefined {
    return userOf(who, this.#domain)
  }

  addNumbers(numbers: Iterable<string>): void {
    for (const number of numbers) this.#numbers.add(number)
  }

  isRegistered(user: string): boolean {
    return this.#registered.has(user)
  }

  /** user@domain of every registration. */
  setRegistrations(all: readonly string[]): void {
    this.#registered.clear()
    for (const who of all) {
      const user = this.user(who)
      if (user !== undefined) this.addRegistration(user)
    }
  }

  addRegistration(user: string): void {
    this.#registered.add(user)
    this.#numbers.add(user)
  }

  /** Undefined before it was asked. */
  exists(user: string): boolean | undefined {
    return this.#exists.get(user)
  }

  setExists(user: string, exists: boolean): void {
    this.#exists.set(user, exists)
    if (exists) this.#numbers.add(user)
  }

  dnd(user: string): boolean | undefined {
    return this.#dnd.get(user)
  }

  /** Undefined: it cannot be read any more. */
  setDnd(user: string, on: boolean | undefined): void {
    if (on === undefined) this.#dnd.delete(user)
    else this.#dnd.set(user, on)
  }

  facets(user: string): readonly Facet[] {
    if (!this.#exists.get(user)) return []
    const on = this.#dnd.get(user)
    return [
      { kind: 'registration', registered: this.#registered.has(user) },
      ...(on === undefined ? [] : [{ kind: 'dnd', on } as const]),
      ...this.channels.of(user),
    ]
  }
}
