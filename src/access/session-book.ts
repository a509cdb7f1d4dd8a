import { createHash, randomBytes } from 'node:crypto'
import type { Clock, StoreChange } from '../core/ports.ts'
import type { SharedRows } from '../core/shared-rows.ts'

const place = { tenant: '', scope: 'access/sessions' } as const
/** When somebody was last here: nothing that another hub has to know at once. */
const seenPlace = { tenant: '', scope: 'access/seen' } as const

export interface SessionLife {
  /** Ends after so long without a request, milliseconds. */
  readonly idleMs: number
  /** Ends after so long whatever happens, milliseconds. */
  readonly wholeMs: number
}

/** The key changes this often, so that one that leaked is of no use for long, milliseconds. */
const renewMs = 60 * 60_000
/** The former key still works this long: requests that were on their way carry it. */
const overlapMs = 60_000
/** When somebody was last here is written this often. */
const noteMs = 5 * 60_000

/** What ties a session to the provider where it began. */
export interface OutsideTie {
  /** Id of the provider. */
  readonly provider: string
  /** The session there (claim `sid`), where it tells. */
  readonly sid?: string
  /** Tells the provider at the sign-out who it is (claim `login_hint`), where it wants that. */
  readonly hint?: string
}

/** By the hash of its key: who reads the store cannot sign in with it. Times are of the wall clock, milliseconds. */
interface Row {
  readonly account: string
  readonly since: number
  readonly keyedAt: number
  readonly seenAt: number
  /** Of a sign-in by a provider. */
  readonly outside?: OutsideTie
  /** Its key was renewed, and it ends. */
  readonly endsAt?: number
  /** Hash of the first key of the session: all its keys end together. Left out, this is the first. */
  readonly first?: string
}

export interface FoundSession {
  readonly account: string
  /** The same for all its keys. */
  readonly id: string
  readonly since: number
  readonly until: number
  /** The key to use from now on. */
  readonly renewed?: string
}

/** Sessions of browsers, over restarts; `load` before anything else. What opens or ends one is done within a turn of the rows. */
export class SessionBook {
  readonly #store: SharedRows
  readonly #clock: Clock
  readonly #life: SessionLife
  readonly #rows = new Map<string, Row>()
  readonly #endings = new Set<(account: string) => void>()

  constructor(store: SharedRows, clock: Clock, life: SessionLife) {
    this.#store = store
    this.#clock = clock
    this.#life = life
  }

  async load(): Promise<void> {
    const rows = await this.#store.memory(place.tenant, place.scope)
    const seen = await this.#store.memory(seenPlace.tenant, seenPlace.scope)
    const ended = new Map(this.#rows)
    this.#rows.clear()
    for (const [hash, body] of rows) {
      const row = JSON.parse(body) as Row
      const seenAt = Math.max(row.seenAt, Number(seen.get(hash) ?? 0))
      this.#rows.set(hash, { ...row, seenAt })
      ended.delete(hash)
    }
    this.#tell([...ended.values()].filter((row) => !this.#isOver(row)))
  }

  /** Forgets what is over. */
  async sweep(): Promise<void> {
    const over = [...this.#rows].filter(([, row]) => this.#isOver(row)).map(([hash]) => hash)
    for (const hash of over) this.#rows.delete(hash)
    const seen = await this.#store.memory(seenPlace.tenant, seenPlace.scope)
    const unseen = [...seen.keys()].filter((hash) => !this.#rows.has(hash))
    const gone = [
      ...over.map((key): StoreChange => ({ delete: 'memory', ...place, key })),
      ...unseen.map((key): StoreChange => ({ delete: 'memory', ...seenPlace, key })),
    ]
    if (gone.length > 0) await this.#store.commit(gone, 'normal')
  }

  /** A new session, and its key. */
  async open(account: string, outside?: OutsideTie): Promise<FoundSession & { readonly key: string }> {
    const now = Math.round(this.#clock.wall())
    const key = newKey()
    const times = { since: now, keyedAt: now, seenAt: now }
    await this.#put([[hashOf(key), { account, ...times, ...(outside && { outside }) }]])
    return { account, id: hashOf(key), key, since: now, until: now + this.#life.wholeMs }
  }

  async find(key: string): Promise<FoundSession | undefined> {
    const hash = hashOf(key)
    const row = this.#rows.get(hash)
    if (!row) return undefined
    if (this.#isOver(row)) {
      await this.#store.turn(() => this.#end(hash))
      return this.#rows.has(hash) ? this.find(key) : undefined
    }
    const now = Math.round(this.#clock.wall())
    const { account, since, first: id = hash } = row
    const found = { account, id, since, until: since + this.#life.wholeMs }
    if (row.endsAt === undefined && now - row.keyedAt >= renewMs) {
      const renewed = await this.#store.turn(() => this.#renew(hash, now))
      return renewed === undefined ? found : { ...found, renewed }
    }
    if (now - row.seenAt >= noteMs) {
      this.#rows.set(hash, { ...row, seenAt: now })
      await this.#store.jot([{ put: 'memory', ...seenPlace, key: hash, body: String(now) }], 'normal')
    }
    return found
  }

  /** Whose session a key opens, without counting as a use. */
  ownerOf(key: string): string | undefined {
    const row = this.#rows.get(hashOf(key))
    return row && !this.#isOver(row) ? row.account : undefined
  }

  /** Whether any key of the session still works, without counting as a use. */
  lasts(id: string): boolean {
    return [...this.#rows].some(([hash, row]) => (row.first ?? hash) === id && !this.#isOver(row))
  }

  /** Unless somebody was seen at another hub meanwhile. */
  async #end(hash: string): Promise<void> {
    await this.load()
    const row = this.#rows.get(hash)
    if (row && this.#isOver(row)) await this.#drop([hash])
  }

  /** Of requests at once only one renews. */
  async #renew(hash: string, now: number): Promise<string | undefined> {
    const row = this.#rows.get(hash)
    if (!row || row.endsAt !== undefined) return undefined
    const renewed = newKey()
    const first = row.first ?? hash
    await this.#put([
      [hash, { ...row, endsAt: now + overlapMs }],
      [hashOf(renewed), { ...row, first, keyedAt: now, seenAt: now }],
    ])
    return renewed
  }

  /** The session of a key, whichever of its keys that is. */
  close(key: string): Promise<void> {
    const hash = hashOf(key)
    const first = this.#rows.get(hash)?.first ?? hash
    return this.#drop(
      [...this.#rows].filter(([own, row]) => (row.first ?? own) === first).map(([own]) => own),
    )
  }

  /** Every session of an account: its rights or its password changed. */
  closeAll(account: string): Promise<void> {
    return this.#drop([...this.#rows].filter(([, row]) => row.account === account).map(([hash]) => hash))
  }

  /** Where the session of a key began; undefined for a password, and for no session. */
  outsideOf(key: string): OutsideTie | undefined {
    return this.#rows.get(hashOf(key))?.outside
  }

  /** Sessions that began at a provider: those of its session `sid`, or of an account. Returns whose ended, once for each. */
  async closeOutside(
    provider: string,
    { sid, account }: { readonly sid?: string | undefined; readonly account?: string | undefined },
  ): Promise<readonly string[]> {
    const found = [...this.#rows].filter(
      ([, { outside, account: own }]) =>
        outside?.provider === provider &&
        (sid !== undefined || account !== undefined) &&
        (sid === undefined || outside.sid === sid) &&
        (account === undefined || own === account),
    )
    await this.#drop(found.map(([hash]) => hash))
    return found.map(([, { account: one }]) => one)
  }

  /** Accounts that have a session. */
  accounts(): ReadonlySet<string> {
    return new Set([...this.#rows.values()].map(({ account }) => account))
  }

  #isOver({ since, seenAt, endsAt }: Row): boolean {
    const now = this.#clock.wall()
    const { idleMs, wholeMs } = this.#life
    return (
      now >= since + wholeMs || now >= seenAt + idleMs + noteMs || (endsAt !== undefined && now >= endsAt)
    )
  }

  async #put(rows: readonly (readonly [hash: string, row: Row])[]): Promise<void> {
    for (const [hash, row] of rows) this.#rows.set(hash, row)
    await this.#store.commit(
      rows.map(([key, row]) => ({ put: 'memory', ...place, key, body: JSON.stringify(row) })),
      'normal',
    )
  }

  /** Told the account of each session that ends before its time. */
  watchEnds(listener: (account: string) => void): void {
    this.#endings.add(listener)
  }

  #tell(ended: readonly Row[]): void {
    for (const account of new Set(ended.map(({ account }) => account)))
      for (const tell of this.#endings) tell(account)
  }

  async #drop(hashes: readonly string[]): Promise<void> {
    const ended = hashes.flatMap((hash) => this.#rows.get(hash) ?? [])
    for (const hash of hashes) this.#rows.delete(hash)
    this.#tell(ended)
    if (hashes.length === 0) return
    await this.#store.commit(
      hashes.flatMap((key): StoreChange[] => [
        { delete: 'memory', ...place, key },
        { delete: 'memory', ...seenPlace, key },
      ]),
      'full',
    )
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
