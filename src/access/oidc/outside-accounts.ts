import { createHash } from 'node:crypto'
import type { Account, Grant } from '../../core/access.ts'
import type { AccountView } from '../../core/accounts-port.ts'
import type { Clock, Store } from '../../core/ports.ts'

/** As accounts with passwords, these belong to the hub and not to a tenant. */
const place = { tenant: '', scope: 'access/outside-accounts' } as const

/** Somebody whom a provider vouched for. */
export interface OutsidePerson {
  readonly issuer: string
  /** The claim `sub`: with the issuer it is never used again for somebody else. */
  readonly subject: string
  readonly name: string
  readonly displayName: string
  readonly grants: readonly Grant[]
  /** Mark of the rules that gave the grants; under other rules one has to sign in again. */
  readonly rules: string
}

interface Row extends Account {
  readonly rules: string
  /** Id of the provider; rows of earlier versions have none. */
  readonly provider?: string
}

/** Accounts without a password: what a provider said at the last sign-in. `load` before anything else. */
export class OutsideAccounts {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #clock: Clock
  readonly #rows = new Map<string, Row>()
  /** Marks of the rules in force. */
  readonly #rules: ReadonlySet<string>

  constructor(store: Pick<Store, 'commit' | 'memory'>, clock: Clock, rules: ReadonlySet<string>) {
    this.#store = store
    this.#clock = clock
    this.#rules = rules
  }

  async load(): Promise<void> {
    const rows = await this.#store.memory(place.tenant, place.scope)
    this.#rows.clear()
    for (const [id, body] of rows) this.#rows.set(id, JSON.parse(body))
  }

  /** Who has no session is forgotten: the provider tells of them anew. */
  async sweep(inUse: ReadonlySet<string>): Promise<void> {
    const gone = [...this.#rows.keys()].filter((id) => !inUse.has(id))
    for (const id of gone) this.#rows.delete(id)
    if (gone.length === 0) return
    await this.#store.commit(
      gone.map((key) => ({ delete: 'memory', ...place, key })),
      'normal',
    )
  }

  /** Undefined also where the rules that gave its grants are not in force any more. */
  get(id: string): Account | undefined {
    const row = this.#rows.get(id)
    if (!row || !this.#rules.has(row.rules)) return undefined
    const { rules: _, provider: __, ...account } = row
    return account
  }

  /** Those under rules in force, by name. */
  list(): readonly AccountView[] {
    const known = [...this.#rows.keys()].flatMap((id) => this.view(id) ?? [])
    return known.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  view(id: string): AccountView | undefined {
    const account = this.get(id)
    const provider = this.#rows.get(id)?.provider ?? account?.name.split(' via ').at(-1)
    return account && { ...account, hasPassword: false, provider: provider ?? '' }
  }

  /** As the provider has just told. */
  async put(person: OutsidePerson, provider: string): Promise<Account> {
    const { issuer, subject, name, displayName, grants, rules } = person
    const id = outsideId(issuer, subject)
    const createdAt = this.#rows.get(id)?.createdAt ?? Math.round(this.#clock.wall())
    const account = { id, name, displayName, grants, createdAt }
    const row: Row = { ...account, rules, provider }
    this.#rows.set(id, row)
    await this.#store.commit([{ put: 'memory', ...place, key: id, body: JSON.stringify(row) }], 'full')
    return account
  }
}

/** The account's id of a subject at an issuer. */
export function outsideId(issuer: string, subject: string): string {
  return `outside-${createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url')}`
}
