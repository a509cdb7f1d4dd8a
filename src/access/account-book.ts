import { randomUUID } from 'node:crypto'
import type { Account, Grant } from '../core/access.ts'
import type { Clock, Store } from '../core/ports.ts'
import { hashPassword, isPassword } from './password.ts'

/** Accounts belong to the hub and not to a tenant. */
const place = { tenant: '', scope: 'access/accounts' } as const

interface Row extends Account {
  readonly password?: string
}

export interface NewAccount {
  readonly name: string
  readonly displayName: string
  readonly grants: readonly Grant[]
  readonly password?: string
}

/** Everyone who can sign in; `load` before anything else. */
export class AccountBook {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #clock: Clock
  readonly #rows = new Map<string, Row>()
  readonly #byName = new Map<string, Row>()

  constructor(store: Pick<Store, 'commit' | 'memory'>, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async load(): Promise<void> {
    for (const body of (await this.#store.memory(place.tenant, place.scope)).values())
      this.#keep(JSON.parse(body))
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string): Account | undefined {
    const row = this.#rows.get(id)
    return row && withoutPassword(row)
  }

  list(): readonly Account[] {
    return [...this.#rows.values()].map(withoutPassword).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Undefined where the name is taken. */
  async add({ name, displayName, grants, password }: NewAccount): Promise<Account | undefined> {
    const folded = foldName(name)
    const hash = password === undefined ? {} : { password: await hashPassword(password) }
    if (this.#byName.has(folded)) return undefined
    const row: Row = {
      ...{ id: randomUUID(), name: folded, displayName, grants, ...hash },
      createdAt: Math.round(this.#clock.wall()),
    }
    this.#keep(row)
    await this.#write(row)
    return withoutPassword(row)
  }

  /** Takes as long whether or not there is such an account. */
  async check(name: string, password: string): Promise<Account | undefined> {
    const row = this.#byName.get(foldName(name))
    const right = await isPassword(password, row?.password)
    return right && row ? withoutPassword(row) : undefined
  }

  #keep(row: Row): void {
    this.#rows.set(row.id, row)
    this.#byName.set(row.name, row)
  }

  #write(row: Row): Promise<void> {
    return this.#store.commit([{ put: 'memory', ...place, key: row.id, body: JSON.stringify(row) }], 'full')
  }
}

export function foldName(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase()
}

function withoutPassword({ password: _, ...account }: Row): Account {
  return account
}
