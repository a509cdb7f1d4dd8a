import { createHash, randomBytes } from 'node:crypto'
import type { AuditEntry } from '../core/history.ts'
import type { Clock, Store, StoreChange } from '../core/ports.ts'
import type { SiteCode } from '../core/site-port.ts'

/** Of the hub and not of a connector: no id of one has a slash. */
const scope = 'hub/sites'
/** A code works so long, milliseconds. */
const codeMs = 60 * 60_000
/** 160 bits: a digest of it needs no salt and no slow hash. */
const codeBytes = 20

/** A site that was enrolled, as it is kept. */
export interface SiteRow {
  readonly name: string
  readonly connectors: readonly string[]
  /** Public key: SPKI, DER, base64. */
  readonly key: string
  readonly enrolledAt: number
  readonly enrolledBy: string
}

/** How somebody who was enrolled came to be so no more. */
export type Leaving = 'revoked' | 'superseded'

/** A key that does not let in any more. */
interface FormerRow {
  readonly key: string
  readonly how: Leaving
}

/** So many former keys of a name are known; whoever had an older one is unknown. */
const mostFormer = 8

interface CodeRow {
  readonly name: string
  readonly connectors: readonly string[]
  readonly by: string
  readonly expiresAt: number
}

export interface SiteBookParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly clock: Clock
  /** On the disk before what it tells of goes on. */
  readonly note: (entry: AuditEntry) => Promise<void>
}

const siteKey = (name: string) => `site ${name}`
const formerKey = (name: string) => `former ${name}`
const codeKey = (code: string) => `code ${createHash('sha256').update(code, 'utf8').digest('hex')}`

/** Which sites there are and which codes are out, in the store. Of codes only digests are kept. */
export class SiteBook {
  readonly #parts: SiteBookParts
  /** One after the other, so that a code cannot be used twice at once. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: SiteBookParts) {
    this.#parts = parts
  }

  async list(tenant: string): Promise<readonly SiteRow[]> {
    const rows = [...(await this.#parts.store.memory(tenant, scope))]
    return rows
      .filter(([key]) => key.startsWith(siteKey('')))
      .map(([, body]) => JSON.parse(body) as SiteRow)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async find(tenant: string, name: string): Promise<SiteRow | undefined> {
    const body = (await this.#parts.store.memory(tenant, scope)).get(siteKey(name))
    return body === undefined ? undefined : (JSON.parse(body) as SiteRow)
  }

  /** Who proves to have been enrolled under a name, and how that ended. Whoever cannot prove it is told nothing. */
  async whatBecameOf(
    tenant: string,
    name: string,
    isOf: (key: string) => boolean,
  ): Promise<Leaving | undefined> {
    const rows = readFormer(await this.#parts.store.memory(tenant, scope), name)
    return rows.find(({ key }) => isOf(key))?.how
  }

  async issue(
    { tenant, name, connectors }: Pick<SiteCode, 'tenant' | 'name' | 'connectors'>,
    who: string,
  ): Promise<SiteCode> {
    const { clock, note, store } = this.#parts
    // The tenant stands in front, so that the site knows for whom it asks.
    const code = `${tenant}.${randomBytes(codeBytes).toString('base64url')}`
    const expiresAt = Math.round(clock.wall()) + codeMs
    const row: CodeRow = { name, connectors, by: who, expiresAt }
    const over = [...(await store.memory(tenant, scope))].filter(
      ([key, body]) => key.startsWith('code ') && (JSON.parse(body) as CodeRow).expiresAt <= clock.wall(),
    )
    await note({ tenant, who, what: 'site.code', about: '*', detail: `${name}: ${connectors.join(', ')}` })
    await store.commit(
      [
        ...over.map(([key]) => ({ delete: 'memory', tenant, scope, key }) as const),
        { put: 'memory', tenant, scope, key: codeKey(code), body: JSON.stringify(row) },
      ],
      'full',
    )
    return { tenant, name, connectors, code, expiresAt }
  }

  /** Lets in whoever has a code that was not used; undefined where it was, is over, or never was. */
  redeem(tenant: string, code: string, key: string): Promise<SiteRow | undefined> {
    const redeemed = this.#last.then(() => this.#redeem(tenant, code, key))
    this.#last = redeemed.catch(() => undefined)
    return redeemed
  }

  async #redeem(tenant: string, code: string, key: string): Promise<SiteRow | undefined> {
    const { clock, note, store } = this.#parts
    const rows = await store.memory(tenant, scope)
    const body = rows.get(codeKey(code))
    if (body === undefined) return undefined
    const { name, connectors, by, expiresAt } = JSON.parse(body) as CodeRow
    if (expiresAt <= clock.wall()) return undefined
    const row: SiteRow = { name, connectors, key, enrolledAt: Math.round(clock.wall()), enrolledBy: by }
    const detail = `${name}: ${connectors.join(', ')}`
    await note({ tenant, who: `site ${name}`, what: 'site.enrol', about: '*', detail })
    await store.commit(
      [
        { delete: 'memory', tenant, scope, key: codeKey(code) },
        { put: 'memory', tenant, scope, key: siteKey(name), body: JSON.stringify(row) },
        ...remember(tenant, rows, { name, how: 'superseded' }),
      ],
      'full',
    )
    return row
  }

  async revoke(tenant: string, name: string, who: string): Promise<boolean> {
    const { note, store } = this.#parts
    const rows = await store.memory(tenant, scope)
    const codes = [...rows].filter(
      ([key, body]) => key.startsWith('code ') && (JSON.parse(body) as CodeRow).name === name,
    )
    if (!rows.has(siteKey(name)) && codes.length === 0) return false
    await note({ tenant, who, what: 'site.revoke', about: '*', detail: name })
    const gone = [siteKey(name), ...codes.map(([key]) => key)]
    await store.commit(
      [
        ...gone.map((key) => ({ delete: 'memory', tenant, scope, key }) as const),
        ...remember(tenant, rows, { name, how: 'revoked' }),
      ],
      'full',
    )
    return true
  }
}

function readFormer(rows: ReadonlyMap<string, string>, name: string): readonly FormerRow[] {
  const body = rows.get(formerKey(name))
  return body === undefined ? [] : (JSON.parse(body) as readonly FormerRow[])
}

/**
 * Keeps the key that lets in now as one that did, so that whoever has it can be told why it does no more. Who comes in anew
 * stands in the place of all who were there before.
 */
function remember(
  tenant: string,
  rows: ReadonlyMap<string, string>,
  { name, how }: { readonly name: string; readonly how: Leaving },
): readonly StoreChange[] {
  const body = rows.get(siteKey(name))
  const last = body === undefined ? [] : [{ key: (JSON.parse(body) as SiteRow).key, how }]
  const before = readFormer(rows, name).map((row) => (how === 'superseded' ? { ...row, how } : row))
  const former = [...last, ...before].slice(0, mostFormer)
  if (former.length === 0) return []
  return [{ put: 'memory', tenant, scope, key: formerKey(name), body: JSON.stringify(former) }]
}
