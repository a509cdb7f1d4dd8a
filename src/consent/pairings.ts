import type { SystemAccount } from '../core/consent-port.ts'
import type { Store, StoreChange } from '../core/ports.ts'

const scope = 'consent/pairings'

/** A person's own sign-in at the system; its token is sealed elsewhere. Times are wall clock, milliseconds. */
export interface Pairing {
  readonly account: SystemAccount
  readonly at: number
  readonly renewedAt: number
  readonly trouble?: PairingTrouble
  /** It is being taken back: nothing new is written with it. */
  readonly leaving?: true
}

export interface PairingTrouble {
  readonly since: number
  readonly words: string
  readonly fix?: string
  /** Only a new sign-in helps. */
  readonly isFinal: boolean
}

interface SealedPlace {
  readonly tenant: string
  readonly name: string
}

/** Keeps values sealed on the disk. */
export interface SecretKeeper {
  /** Reads all anew: somebody else may have kept some. */
  reread(): Promise<void>
  get(place: SealedPlace): string | undefined
  rowsFor(values: readonly (SealedPlace & { readonly value: string })[]): readonly StoreChange[]
  keep(rows: readonly StoreChange[]): void
  forget(places: readonly SealedPlace[]): Promise<void>
}

/** Who signed in themselves, of every tenant; a pairing and its token are on the disk together. `load` before use. */
export class Pairings {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #secrets: SecretKeeper
  readonly #tenants = new Map<string, Map<string, Pairing>>()

  constructor(store: Pick<Store, 'commit' | 'memory'>, secrets: SecretKeeper) {
    this.#store = store
    this.#secrets = secrets
  }

  async load(tenant: string): Promise<void> {
    const rows = await this.#store.memory(tenant, scope)
    this.#tenants.set(
      tenant,
      new Map([...rows].map(([person, body]) => [person, JSON.parse(body) as Pairing])),
    )
  }

  of(tenant: string): ReadonlyMap<string, Pairing> {
    return this.#tenants.get(tenant) ?? new Map()
  }

  /** Ids of the people with whose sign-in can be written. */
  usable(tenant: string): ReadonlySet<string> {
    const found = [...this.of(tenant)].filter(([, one]) => !one.leaving && !one.trouble?.isFinal)
    return new Set(found.map(([person]) => person))
  }

  refreshOf(tenant: string, person: string): string | undefined {
    return this.#secrets.get(placeOf(tenant, person))
  }

  async put(
    tenant: string,
    person: string,
    { refresh, ...pairing }: Pairing & { readonly refresh?: string },
  ) {
    const place = placeOf(tenant, person)
    const sealed = refresh === undefined ? [] : this.#secrets.rowsFor([{ ...place, value: refresh }])
    const row = { put: 'memory', tenant, scope, key: person, body: JSON.stringify(pairing) } as const
    await this.#store.commit([row, ...sealed], 'full')
    this.#secrets.keep(sealed)
    const known = this.#tenants.get(tenant) ?? new Map<string, Pairing>()
    this.#tenants.set(tenant, known.set(person, pairing))
  }

  async remove(tenant: string, person: string): Promise<void> {
    await this.#secrets.forget([placeOf(tenant, person)])
    await this.#store.commit([{ delete: 'memory', tenant, scope, key: person }], 'full')
    this.#tenants.get(tenant)?.delete(person)
  }
}

function placeOf(tenant: string, person: string): SealedPlace {
  return { tenant, name: `pairing/${person}` }
}
