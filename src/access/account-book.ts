import { randomUUID } from 'node:crypto'
import type { Account, Grant } from '../core/access.ts'
import type { AccountView } from '../core/accounts-port.ts'
import type { Clock, Store } from '../core/ports.ts'
import { hashPassword, isPassword } from './password.ts'

/** Accounts belong to the hub and not to a tenant. */
const place = { tenant: '', scope: 'access/accounts' } as const

interface Row extends Account {
  readonly password?: string
  /** Of the link by which a password is chosen; wall clock, milliseconds. */
  readonly link?: { readonly hash: string; readonly until: number }
}

export interface NewAccount {
  readonly name: string
  readonly displayName: string
  readonly grants: readonly Grant[]
  readonly password?: string
}

/** A password was right; `holds` tells whether it still is, by the newest rows: meanwhile it may be another, and the account gone. */
export interface CheckedPassword {
  readonly account: Account
  holds(): boolean
}

/** What becomes of an account; `password` is a hash. */
export interface AccountChange {
  readonly displayName?: string
  readonly grants?: readonly Grant[]
  readonly password?: string
  readonly link?: NonNullable<Row['link']> | 'void'
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
    const rows = await this.#store.memory(place.tenant, place.scope)
    this.#rows.clear()
    this.#byName.clear()
    for (const body of rows.values()) this.#keep(JSON.parse(body))
  }

  get size(): number {
    return this.#rows.size
  }

  has(name: string): boolean {
    return this.#byName.has(foldName(name))
  }

  named(name: string): Account | undefined {
    const row = this.#byName.get(foldName(name))
    return row && withoutPassword(row)
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
  async check(name: string, password: string): Promise<CheckedPassword | undefined> {
    const row = this.#byName.get(foldName(name))
    const right = await isPassword(password, row?.password)
    if (!row || !right) return undefined
    return {
      account: withoutPassword(row),
      holds: () => this.#rows.get(row.id)?.password === row.password,
    }
  }

  view(id: string): AccountView | undefined {
    const row = this.#rows.get(id)
    if (!row) return undefined
    const { password, link, ...account } = row
    const open = link && link.until > this.#clock.wall()
    return { ...account, hasPassword: password !== undefined, ...(open && { linkUntil: link.until }) }
  }

  /** Whether an operator other than this one can sign in. */
  hasOtherOperator(id: string): boolean {
    return [...this.#rows.values()].some((row) => {
      return row.id !== id && row.password !== undefined && row.grants.some(({ role }) => role === 'operator')
    })
  }

  /** The account of a link that still works. */
  findLink(hash: string): Account | undefined {
    const now = this.#clock.wall()
    const row = [...this.#rows.values()].find(({ link }) => link?.hash === hash && link.until > now)
    return row && withoutPassword(row)
  }

  async change(id: string, { link, ...change }: AccountChange): Promise<void> {
    const row = this.#rows.get(id)
    if (!row) return
    const { link: former, ...rest } = row
    const next = link === 'void' ? undefined : (link ?? former)
    const changed: Row = { ...rest, ...change, ...(next && { link: next }) }
    this.#keep(changed)
    await this.#write(changed)
  }

  async remove(id: string): Promise<void> {
    const row = this.#rows.get(id)
    if (!row) return
    this.#rows.delete(id)
    this.#byName.delete(row.name)
    await this.#store.commit([{ delete: 'memory', ...place, key: id }], 'full')
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

function withoutPassword({ password: _, link: __, ...account }: Row): Account {
  return account
}
