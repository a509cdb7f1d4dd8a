import type { SecretKeeper } from '../../consent/pairings.ts'
import type { SealedValues } from '../../core/connector.ts'
import type { Log, Store } from '../../core/ports.ts'
import type { KeyRingOptions } from '../../secrets/key-ring.ts'
import type { Vault } from '../../secrets/vault.ts'
import { createVault } from '../config/hub-configuration.ts'

/** Secrets that people brought: in the vault of the configuration where that has one, so that a rotation finds them. */
export class HubSecrets implements SecretKeeper {
  #vault: Vault | undefined

  use(vault: Vault): void {
    this.#vault = vault
  }

  /** What does not open is as if it were not there: whoever it is of signs in again. */
  async open(
    store: Pick<Store, 'commit' | 'memory'>,
    of: { readonly keys: KeyRingOptions; readonly isShared: boolean },
    log: Log,
  ): Promise<void> {
    if (this.#vault) return
    this.#vault = createVault(store, of, (text) => log.warn(text))
    await this.#vault.open({ tolerant: true })
  }

  /** Those of one connector instance. */
  sealedFor(store: Pick<Store, 'commit'>, tenant: string, connector: string): SealedValues {
    const placeOf = (name: string) => ({ tenant, name: `kept/${connector}/${name}` })
    return {
      get: (name) => this.#vault?.get(placeOf(name)),
      set: async (name, value) => {
        const rows = this.rowsFor([{ ...placeOf(name), value }])
        await store.commit(rows, 'full')
        this.keep(rows)
      },
    }
  }

  async reread(): Promise<void> {
    await this.#vault?.open({ tolerant: true })
  }

  get(place: Parameters<SecretKeeper['get']>[0]): string | undefined {
    return this.#opened.get(place)
  }

  rowsFor(values: Parameters<SecretKeeper['rowsFor']>[0]): ReturnType<SecretKeeper['rowsFor']> {
    return this.#opened.rowsFor(values)
  }

  keep(rows: Parameters<SecretKeeper['keep']>[0]): void {
    this.#opened.keep(rows)
  }

  forget(places: Parameters<SecretKeeper['forget']>[0]): Promise<void> {
    return this.#opened.forget(places)
  }

  get #opened(): Vault {
    if (!this.#vault) throw new Error('no secret can be kept before the hub is put together')
    return this.#vault
  }
}
