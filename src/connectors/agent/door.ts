import { createHash, timingSafeEqual } from 'node:crypto'
import type { AgentEntry } from './config.ts'
import { Scope } from './scope.ts'

/** What an agent may do. */
export interface Grant {
  readonly id: string
  readonly scope: Scope
  readonly mayWrite: boolean
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1). */
export function bearerOf(headers: Readonly<Record<string, string>>): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

/** Who may come in. Tokens are compared as digests in constant time. */
export class Door {
  readonly #grants: ReadonlyMap<string, { readonly grant: Grant; readonly token: Buffer }>
  readonly grants: readonly Grant[]

  constructor(agents: readonly AgentEntry[]) {
    const entries = agents.map(({ id, token, addresses, write = true }) => ({
      grant: { id, scope: new Scope(addresses), mayWrite: write },
      token: digest(token),
    }))
    this.#grants = new Map(entries.map((entry) => [entry.grant.id, entry]))
    this.grants = entries.map(({ grant }) => grant)
  }

  /** Whether there is such an agent, and whether it is that one, is not told apart. */
  admit(agent: string, token: string | undefined): Grant | undefined {
    const entry = this.#grants.get(agent)
    const given = digest(token ?? '')
    const right = timingSafeEqual(given, entry?.token ?? digest('nobody'))
    return entry && right && token !== undefined ? entry.grant : undefined
  }
}
