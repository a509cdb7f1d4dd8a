import type { ConsentGrant, ConsentLink, ConsentProof } from '../core/consent-port.ts'
import type { Store } from '../core/ports.ts'

const place = { scope: 'consent/operator', key: 'state' } as const

/** A link as it is kept: by a hash of its code. */
export interface KeptLink extends ConsentLink {
  readonly hash: string
  /** Somebody consented by it. */
  readonly used?: true
}

/** What is known of a tenant's consent to the operator's application. */
export interface ConsentState {
  readonly link?: KeptLink
  readonly proof?: ConsentProof
  readonly grant?: ConsentGrant
  readonly lastRefusal?: { readonly at: number; readonly words: string }
}

/** Consents of every tenant, on the disk before they count. `load` before use. */
export class ConsentBook {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #states = new Map<string, ConsentState>()

  constructor(store: Pick<Store, 'commit' | 'memory'>) {
    this.#store = store
  }

  async load(tenant: string): Promise<void> {
    const body = (await this.#store.memory(tenant, place.scope)).get(place.key)
    this.#states.set(tenant, body === undefined ? {} : (JSON.parse(body) as ConsentState))
  }

  of(tenant: string): ConsentState {
    return this.#states.get(tenant) ?? {}
  }

  all(): Iterable<readonly [string, ConsentState]> {
    return this.#states
  }

  async put(tenant: string, state: ConsentState): Promise<void> {
    const body = JSON.stringify(state)
    await this.#store.commit([{ put: 'memory', tenant, ...place, body }], 'full')
    this.#states.set(tenant, state)
  }
}
