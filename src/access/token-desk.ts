import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { AuditEntry } from '../core/history.ts'
import type { Clock } from '../core/ports.ts'
import type { SharedRows } from '../core/shared-rows.ts'
import type { IssuedToken, TokenPort, TokenWish } from '../core/token-port.ts'

/** Tokens belong to the hub and not to a tenant: one may reach several. */
const place = { tenant: '', scope: 'access/tokens' } as const
/** 256 bits: a digest of it needs no salt and no slow hash. */
const secretBytes = 32

interface Row extends IssuedToken {
  /** SHA-256 of the secret, hexadecimal. */
  readonly digest: string
}

export interface TokenDeskParts {
  readonly rows: SharedRows
  readonly clock: Clock
  /** On the disk before what it tells of goes on. */
  readonly note: (entry: AuditEntry) => Promise<void>
}

/** Tokens that are made in the portal; only digests are kept. */
export class TokenDesk implements TokenPort {
  readonly #parts: TokenDeskParts
  readonly #byDigest = new Map<string, Row>()
  readonly #listeners: ((id: string) => void)[] = []

  private constructor(parts: TokenDeskParts) {
    this.#parts = parts
  }

  static async open(parts: TokenDeskParts): Promise<TokenDesk> {
    const desk = new TokenDesk(parts)
    parts.rows.watch(() => desk.#load())
    await desk.#load()
    return desk
  }

  async #load(): Promise<void> {
    const rows = await this.#parts.rows.memory(place.tenant, place.scope)
    const gone = new Set([...this.#byDigest.values()].map(({ id }) => id))
    this.#byDigest.clear()
    for (const body of rows.values()) {
      const row = JSON.parse(body) as Row
      this.#byDigest.set(row.digest, row)
      gone.delete(row.id)
    }
    for (const id of gone) for (const listener of this.#listeners) listener(id)
  }

  list(): readonly IssuedToken[] {
    return [...this.#byDigest.values()].map(withoutDigest).sort((a, b) => b.createdAt - a.createdAt)
  }

  async issue({ name, scopes, tenants, expiresAt }: TokenWish, who: string) {
    const secret = `hks_${randomBytes(secretBytes).toString('base64url')}`
    const row: Row = {
      ...{ id: randomUUID(), name, scopes, createdBy: who, digest: digestOf(secret) },
      createdAt: Math.round(this.#parts.clock.wall()),
      ...(tenants && { tenants }),
      ...(expiresAt !== undefined && { expiresAt }),
    }
    await this.#note('token.issue', row, who)
    const body = JSON.stringify(row)
    const { rows } = this.#parts
    await rows.turn(() => rows.commit([{ put: 'memory', ...place, key: row.id, body }], 'full'))
    this.#byDigest.set(row.digest, row)
    return { token: withoutDigest(row), secret }
  }

  revoke(id: string, who: string): Promise<boolean> {
    const { rows } = this.#parts
    return rows.turn(async () => {
      const row = [...this.#byDigest.values()].find((one) => one.id === id)
      if (!row) return false
      await this.#note('token.revoke', row, who)
      await rows.commit([{ delete: 'memory', ...place, key: id }], 'full')
      this.#byDigest.delete(row.digest)
      for (const listener of this.#listeners) listener(id)
      return true
    })
  }

  find(secret: string): IssuedToken | undefined {
    const row = this.#byDigest.get(digestOf(secret))
    const isOver = row?.expiresAt !== undefined && row.expiresAt <= this.#parts.clock.wall()
    return row && !isOver ? withoutDigest(row) : undefined
  }

  watchEnds(listener: (id: string) => void): void {
    this.#listeners.push(listener)
  }

  /** In the log of each tenant that it reaches; one that reaches all, in the hub's. */
  async #note(what: 'token.issue' | 'token.revoke', { name, scopes, tenants }: Row, who: string) {
    const detail = `${name}: ${scopes.join(', ')}`
    for (const tenant of tenants ?? ['']) await this.#parts.note({ tenant, who, what, about: '*', detail })
  }
}

/** Looked up by digest: how long that takes tells nothing of the secret. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

function withoutDigest({ digest: _, ...token }: Row): IssuedToken {
  return token
}
