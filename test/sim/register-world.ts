/**
 * A model of a system with one status per person, without expiry: a phone system with profiles that its office hours
 * switch too, or a CRM that one is logged out of. Nothing of it knows the hub.
 */
import type { Fault } from './teams-world.ts'

export interface Register {
  readonly pair: string
  readonly by: 'person' | 'hub' | 'schedule'
  readonly at: number
}

export const loggedOut = 'offline/offline'
const atLogin = 'available/available'

export class RegisterWorld {
  readonly #now: () => number
  readonly #registers = new Map<string, Register>()
  readonly #listeners = new Set<(address: string) => void>()
  fault: Fault | undefined

  constructor(now: () => number, addresses: readonly string[]) {
    this.#now = now
    for (const address of addresses) this.#registers.set(address, { pair: atLogin, by: 'person', at: 0 })
  }

  has(address: string): boolean {
    return this.#registers.has(address)
  }

  register(address: string): Register {
    return this.#registers.get(address)!
  }

  listen(listener: (address: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** True when it was something new. */
  put(address: string, pair: string, by: Register['by']): boolean {
    if (this.register(address).pair === pair) return false
    this.#registers.set(address, { pair, by, at: this.#now() })
    for (const listener of this.#listeners) listener(address)
    return true
  }

  isLoggedIn(address: string): boolean {
    return this.register(address).pair !== loggedOut
  }

  /** Whoever logs in is available. */
  logIn(address: string): boolean {
    return !this.isLoggedIn(address) && this.put(address, atLogin, 'person')
  }
}
