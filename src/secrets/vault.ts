import type { Store, StoreChange } from '../core/ports.ts'
import { keyIdOf, type SealedPlace, type SealingKey, seal, unseal } from './sealing.ts'

/** In the store's memory; one scope for all secrets of a tenant. */
const scope = 'secrets'

/** What a rotation did: how many values stand under which key now. */
export interface RotationReport {
  /** Id of the first key. */
  readonly key: string
  readonly resealed: number
  readonly under: Readonly<Record<string, number>>
}

export interface VaultParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  /** The first seals, all open; read anew at each rotation, so that a running hub takes a new key. */
  readonly keys: () => Promise<readonly SealingKey[]>
  /** Makes the first key where there is none yet, and says so. */
  readonly makeKey: () => SealingKey
}

/** The secrets of a stored configuration: sealed on the disk, in clear in this process only. `open` before use. */
export class Vault {
  readonly #parts: VaultParts
  readonly #sealed = new Map<string, { readonly place: SealedPlace; readonly text: string }>()
  readonly #clear = new Map<string, string>()
  #keys: readonly SealingKey[] = []

  constructor(parts: VaultParts) {
    this.#parts = parts
  }

  /**
   * Reads and opens everything; changes nothing. With `tolerant`, what does not open stays as it is.
   * @throws SealFailure for the first value that does not open.
   */
  async open({ tolerant = false }: { readonly tolerant?: boolean } = {}): Promise<void> {
    this.#keys = await this.#parts.keys()
    const rows = await this.#parts.store.memory('', scope)
    for (const key of this.#sealed.keys()) if (!rows.has(key)) this.#drop(key)
    // Rows of all tenants stand together: a tenant that is gone from the configuration still has its secrets.
    for (const [key, text] of rows) {
      const place = parsePlace(key)
      this.#sealed.set(key, { place, text })
      try {
        this.#clear.set(key, unseal(text, place, this.#keys))
      } catch (error) {
        if (!tolerant) throw error
      }
    }
  }

  get names(): readonly SealedPlace[] {
    return [...this.#sealed.values()].map(({ place }) => place)
  }

  get(place: SealedPlace): string | undefined {
    return this.#clear.get(writePlace(place))
  }

  /** Rows that keep these values, for the commit of what refers to them; call `keep` once they are on the disk. */
  rowsFor(values: readonly (SealedPlace & { readonly value: string })[]): readonly StoreChange[] {
    return values.map(({ value, ...place }) =>
      this.#row(writePlace(place), seal(value, place, this.#firstKey())),
    )
  }

  /** Takes over rows that were committed. */
  keep(rows: readonly StoreChange[]): void {
    for (const row of rows) {
      if (!('put' in row) || row.put !== 'memory') continue
      const place = parsePlace(row.key)
      this.#clear.set(row.key, unseal(row.body, place, this.#keys))
      this.#sealed.set(row.key, { place, text: row.body })
    }
  }

  /** Deletes secrets that nothing refers to any more. */
  async forget(places: readonly SealedPlace[]): Promise<void> {
    const keys = places.map(writePlace)
    if (keys.length === 0) return
    await this.#parts.store.commit(
      keys.map((key) => ({ delete: 'memory', tenant: '', scope, key })),
      'full',
    )
    for (const key of keys) this.#drop(key)
  }

  #drop(key: string): void {
    this.#sealed.delete(key)
    this.#clear.delete(key)
  }

  /** Seals everything that is open under the first key, in one commit. */
  async rotate(): Promise<RotationReport> {
    const keys = await this.#parts.keys()
    const first = keys[0] ?? this.#firstKey()
    const isUnder = (text: string) => keyIdOf(text) === first.id && isSameKey(this.#keys, first)
    const rows = [...this.#sealed].flatMap(([key, { place, text }]) => {
      const value = this.#clear.get(key)
      return value === undefined || isUnder(text) ? [] : [this.#row(key, seal(value, place, first))]
    })
    if (rows.length > 0) await this.#parts.store.commit(rows, 'full')
    this.#keys = keys.length > 0 ? keys : [first]
    this.keep(rows)
    return { key: first.id, resealed: rows.length, under: this.under() }
  }

  /** How many values are sealed under which key. */
  under(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { text } of this.#sealed.values()) {
      const id = keyIdOf(text) ?? ''
      counts[id] = (counts[id] ?? 0) + 1
    }
    return counts
  }

  #firstKey(): SealingKey {
    const [first] = this.#keys
    if (first) return first
    const made = this.#parts.makeKey()
    this.#keys = [made]
    return made
  }

  #row(key: string, body: string): StoreChange & { readonly put: 'memory'; readonly body: string } {
    return { put: 'memory', tenant: '', scope, key, body }
  }
}

/** Whether the key of this id is still the same one. */
function isSameKey(keys: readonly SealingKey[], first: SealingKey): boolean {
  const former = keys.find(({ id }) => id === first.id)
  return former !== undefined && Buffer.from(former.bytes).equals(Buffer.from(first.bytes))
}

/** Tenants have no slash in their ids. */
function writePlace({ tenant, name }: SealedPlace): string {
  return `${tenant}/${name}`
}

function parsePlace(key: string): SealedPlace {
  const slash = key.indexOf('/')
  return { tenant: key.slice(0, slash), name: key.slice(slash + 1) }
}
