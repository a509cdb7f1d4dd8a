import type { AgentSession } from './session.ts'

/** The agents that are connected, and which of them speaks for whom. */
export class Roster {
  /** By the agent's name, the newest connection last. */
  readonly #sessions = new Map<string, AgentSession>()

  get sessions(): readonly AgentSession[] {
    return [...this.#sessions.values()]
  }

  of(agent: string): AgentSession | undefined {
    return this.#sessions.get(agent)
  }

  add(session: AgentSession): void {
    this.#sessions.delete(session.grant.id)
    this.#sessions.set(session.grant.id, session)
  }

  /** False where a newer connection has taken its place. */
  remove(session: AgentSession): boolean {
    return this.#sessions.get(session.grant.id) === session && this.#sessions.delete(session.grant.id)
  }

  /**
   * One agent for each address: who names it comes before who speaks for many (the desktop before the site), the newest
   * before older ones (the desk where somebody sat down last).
   */
  ownerOf(address: string): AgentSession | undefined {
    let owner: AgentSession | undefined
    for (const session of this.#sessions.values()) {
      if (!session.speaksFor(address)) continue
      if (!owner || session.names(address) || !owner.names(address)) owner = session
    }
    return owner
  }

  /** Tells every agent whom the hub listens to there; returns the addresses for which nobody speaks. */
  assign(followed: Iterable<string>): readonly string[] {
    const unheard: string[] = []
    const shares = new Map<AgentSession, Set<string>>(this.sessions.map((session) => [session, new Set()]))
    for (const address of followed) {
      const owner = this.ownerOf(address)
      if (owner) shares.get(owner)!.add(address)
      else unheard.push(address)
    }
    for (const [session, addresses] of shares) session.assign(addresses)
    return unheard
  }
}
