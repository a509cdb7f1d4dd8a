import type { Clock } from '../../core/ports.ts'

/** What an agent of the emulated contact centre can pick. */
export const agentStates = ['Ready', 'Talking', 'Meeting', 'Break', 'Do not disturb', 'Logged out'] as const

/** What another system has said of an agent. */
export interface ToldState {
  /** `busy/inACall`. */
  readonly state: string
  /** Wall clock, milliseconds; undefined lasts until it is taken back. */
  readonly until: number | undefined
}

export interface Agent {
  readonly mail: string
  readonly picked: string
  /** Wall clock, milliseconds. */
  readonly changedAt: number
}

/** The contact centre's agents, by mail address: what they picked, and what they were told to show beside it. */
export class Agents {
  readonly #clock: Clock
  readonly #knows: (mail: string) => boolean
  readonly #picked = new Map<string, Agent>()
  readonly #told = new Map<string, ToldState>()
  readonly #listeners = new Set<(agent: Agent) => void>()

  constructor(clock: Clock, knows: (mail: string) => boolean) {
    this.#clock = clock
    this.#knows = knows
  }

  on(listener: (agent: Agent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  knows(mail: string): boolean {
    return this.#knows(mail)
  }

  /** Everyone who has picked something. */
  all(): readonly Agent[] {
    return [...this.#picked.values()]
  }

  pick(mail: string, picked: string): boolean {
    if (!this.#knows(mail)) return false
    const agent: Agent = { mail, picked, changedAt: this.#clock.wall() }
    this.#picked.set(mail.toLowerCase(), agent)
    for (const listener of [...this.#listeners]) listener(agent)
    return true
  }

  picked(mail: string): string {
    return this.#picked.get(mail.toLowerCase())?.picked ?? 'Ready'
  }

  told(mail: string): ToldState | undefined {
    const told = this.#told.get(mail.toLowerCase())
    return told?.until !== undefined && told.until <= this.#clock.wall() ? undefined : told
  }

  /** False when it already was so. */
  tell(mail: string, told: ToldState | undefined): boolean {
    const before = this.told(mail)
    if (told) this.#told.set(mail.toLowerCase(), told)
    else this.#told.delete(mail.toLowerCase())
    return before?.state !== told?.state || before?.until !== told?.until
  }
}
