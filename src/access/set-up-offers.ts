import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../core/ports.ts'
import type { SharedRows } from '../core/shared-rows.ts'

const place = { tenant: '', scope: 'access/set-up' } as const
/** How long the set-up link of a start works, milliseconds. */
const setUpMs = 60 * 60_000

interface Offer {
  readonly hash: string
  /** Wall clock, milliseconds. */
  readonly until: number
}

/** Codes for the first account, one of each hub: any of them works at any hub, within a turn of the rows. `load` before use. */
export class SetUpOffers {
  readonly #rows: SharedRows
  readonly #clock: Clock
  readonly #node: string
  #offers: ReadonlyMap<string, Offer> = new Map()

  constructor(rows: SharedRows, clock: Clock, node: string) {
    this.#rows = rows
    this.#clock = clock
    this.#node = node
  }

  async load(): Promise<void> {
    const rows = await this.#rows.memory(place.tenant, place.scope)
    this.#offers = new Map([...rows].map(([node, body]) => [node, JSON.parse(body) as Offer]))
  }

  /** A new one; the one of this hub before it is void. */
  async offer(): Promise<string> {
    const code = randomBytes(18).toString('base64url')
    const offer: Offer = { hash: hashOf(code), until: Math.round(this.#clock.wall()) + setUpMs }
    await this.#rows.commit(
      [{ put: 'memory', ...place, key: this.#node, body: JSON.stringify(offer) }],
      'normal',
    )
    this.#offers = new Map([...this.#offers, [this.#node, offer]])
    return code
  }

  /** Compared by its digest: how long that takes tells nothing of the code. */
  has(code: string): boolean {
    const [hash, now] = [hashOf(code), this.#clock.wall()]
    return [...this.#offers.values()].some((one) => one.hash === hash && one.until > now)
  }

  /** Every one of them is void. */
  async end(): Promise<void> {
    const keys = [...this.#offers.keys()]
    this.#offers = new Map()
    await this.#rows.commit(
      keys.map((key) => ({ delete: 'memory', ...place, key })),
      'full',
    )
  }
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
