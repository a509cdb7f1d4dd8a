import type { ConfigVersion } from '../core/config-port.ts'
import type { Store, StoreChange } from '../core/ports.ts'

/** The configuration belongs to the hub and not to a tenant. */
const tenant = ''
const headScope = 'config/versions'
const textKey = 'text'
/** Older ones are forgotten, with the secrets that only they had. */
const keptVersions = 100

/** A secret that a version refers to. */
export interface SecretName {
  readonly tenant: string
  readonly name: string
}

interface Head extends ConfigVersion {
  readonly secrets: readonly SecretName[]
}

const textScope = (version: number) => `config/text/${version}`

/** The versions of the stored configuration; `load` before anything else. */
export class VersionBook {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  #heads: Head[] = []

  constructor(store: Pick<Store, 'commit' | 'memory'>) {
    this.#store = store
  }

  async load(): Promise<void> {
    const rows = await this.#store.memory(tenant, headScope)
    this.#heads = [...rows.values()].map((body) => JSON.parse(body) as Head)
    this.#heads.sort((a, b) => a.version - b.version)
  }

  /** Oldest first. */
  get versions(): readonly ConfigVersion[] {
    return this.#heads.map(({ secrets: _, ...version }) => version)
  }

  get newest(): ConfigVersion | undefined {
    return this.versions.at(-1)
  }

  async textOf(version: number): Promise<string | undefined> {
    if (!this.#heads.some((head) => head.version === version)) return undefined
    return (await this.#store.memory(tenant, textScope(version))).get(textKey)
  }

  /** Adds a version, with other rows of the same commit; answers which secrets no kept version refers to any more. */
  async add(head: Head, text: string, beside: readonly StoreChange[]): Promise<readonly SecretName[]> {
    const heads = [...this.#heads, head]
    const dropped = heads.splice(0, Math.max(0, heads.length - keptVersions))
    const put = { put: 'memory', tenant } as const
    await this.#store.commit(
      [
        ...beside,
        { ...put, scope: headScope, key: String(head.version), body: JSON.stringify(head) },
        { ...put, scope: textScope(head.version), key: textKey, body: text },
        ...dropped.flatMap(({ version }): StoreChange[] => [
          { delete: 'memory', tenant, scope: headScope, key: String(version) },
          { delete: 'memory', tenant, scope: textScope(version), key: textKey },
        ]),
      ],
      'full',
    )
    this.#heads = heads
    const used = new Set(heads.flatMap(({ secrets }) => secrets.map(keyOf)))
    return dropped.flatMap(({ secrets }) => secrets).filter((secret) => !used.has(keyOf(secret)))
  }
}

const keyOf = (secret: SecretName) => `${secret.tenant}/${secret.name}`
