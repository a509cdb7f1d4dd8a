import type { Archive, PolicyVersionRow } from '../core/history.ts'
import type { RulesInForce } from '../core/history-port.ts'
import type { Policy } from '../core/policy.ts'
import type { Clock, Store } from '../core/ports.ts'
import { readPolicy, writePolicy } from './policy-text.ts'

/** Where the store's memory keeps which version is pinned. */
const scope = 'hub/policy'
const pinKey = 'pinned'

/** Somebody went back to an earlier version of the rules; it stays in force until it is unpinned. */
export interface PolicyPin {
  readonly version: number
  readonly at: number
  readonly author: string
  readonly comment: string
}

/** The rules in force, which version they are, and whether they are pinned. */
export interface PolicyInForce {
  readonly version: number
  readonly policy: Policy
  readonly pin?: PolicyPin
}

/** Who brings rules in, and why. */
export interface PolicyChange {
  readonly author: string
  readonly comment: string
}

export interface PolicyBookParts {
  readonly store: Store & Archive
  readonly clock: Clock
}

/**
 * The versions of one tenant's rules. The configuration's are adopted at every start and stored when they differ from
 * the newest version; a pin puts an earlier version in force and outlives restarts.
 */
export class PolicyBook {
  readonly tenant: string
  readonly #parts: PolicyBookParts
  #versions: readonly PolicyVersionRow[] = []
  #pin: PolicyPin | undefined

  constructor(tenant: string, parts: PolicyBookParts) {
    this.tenant = tenant
    this.#parts = parts
  }

  /** Every version, oldest first. */
  get versions(): readonly PolicyVersionRow[] {
    return this.#versions
  }

  get inForce(): PolicyInForce {
    const { row, pin } = this.#chosen()
    return { version: row.version, policy: readPolicy(row.body), ...(pin && { pin }) }
  }

  /** Which version is in force, without a look into it. */
  get standing(): RulesInForce {
    const { row, pin } = this.#chosen()
    return { tenant: this.tenant, version: row.version, pinned: pin !== undefined }
  }

  version(version: number): PolicyVersionRow | undefined {
    return this.#versions.find((row) => row.version === version)
  }

  /** The rules of a version; undefined where there is none of this number. */
  policyOf(version: number): Policy | undefined {
    const row = this.version(version)
    return row && readPolicy(row.body)
  }

  /** Reads what is stored and takes the configuration's rules; true when they are a new version. */
  async adopt(policy: Policy, { author, comment }: PolicyChange): Promise<boolean> {
    const { store, clock } = this.#parts
    this.#versions = await store.policyVersions(this.tenant)
    const pinned = (await store.memory(this.tenant, scope)).get(pinKey)
    this.#pin = pinned === undefined ? undefined : (JSON.parse(pinned) as PolicyPin)
    const body = writePolicy(policy)
    const newest = this.#versions.at(-1)
    if (newest?.body === body) return false
    const version = (newest?.version ?? 0) + 1
    const row = { tenant: this.tenant, version, at: Math.round(clock.wall()), author, comment, body }
    await store.commit([{ put: 'policyVersion', row }], 'full')
    this.#versions = [...this.#versions, row]
    return true
  }

  /** Puts an earlier version in force; false where there is none of this number. */
  async pin(version: number, { author, comment }: PolicyChange): Promise<boolean> {
    if (!this.version(version)) return false
    const { store, clock } = this.#parts
    const pin: PolicyPin = { version, at: clock.wall(), author, comment }
    const body = JSON.stringify(pin)
    await store.commit([{ put: 'memory', tenant: this.tenant, scope, key: pinKey, body }], 'full')
    this.#pin = pin
    return true
  }

  /** Back to the configuration's rules; false where nothing was pinned. */
  async unpin(): Promise<boolean> {
    if (!this.#pin) return false
    await this.#parts.store.commit([{ delete: 'memory', tenant: this.tenant, scope, key: pinKey }], 'full')
    this.#pin = undefined
    return true
  }

  #chosen(): { readonly row: PolicyVersionRow; readonly pin: PolicyPin | undefined } {
    const pinned = this.#pin && this.version(this.#pin.version)
    const row = pinned ?? this.#versions.at(-1)
    if (!row) throw new Error(`no rules of the tenant ${this.tenant} were adopted yet`)
    return { row, pin: pinned && this.#pin }
  }
}
