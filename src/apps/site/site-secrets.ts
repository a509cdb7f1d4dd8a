import type { SealedValues } from '../../core/connector.ts'
import type { Log, Store } from '../../core/ports.ts'
import type { SiteSeal } from './place.ts'

/** Scope of what connectors were given. */
export const secrets = 'site/secrets'
/** Under which name one is sealed. */
export const sealedSecret = (key: string) => `secret ${key}`

interface SiteSecretParts {
  readonly store: Pick<Store, 'memory' | 'commit'>
  readonly tenant: string
  readonly seal: SiteSeal
  readonly log: Log
}

/** What connectors at a site were given while they ran, sealed. What does not open is as if it were not there. */
export async function openSiteSecrets({
  store,
  tenant,
  seal,
  log,
}: SiteSecretParts): Promise<(at: { readonly connector: string }) => SealedValues> {
  const clear = new Map<string, string>()
  for (const [key, body] of await store.memory(tenant, secrets)) {
    try {
      clear.set(key, seal.unseal(body, sealedSecret(key)))
    } catch (error) {
      log.warn('a secret of a connector does not open', { error })
    }
  }
  return ({ connector }) => ({
    get: (name) => clear.get(`${connector}/${name}`),
    set: async (name, value) => {
      const key = `${connector}/${name}`
      const body = seal.seal(value, sealedSecret(key))
      await store.commit([{ put: 'memory', tenant, scope: secrets, key, body }], 'full')
      clear.set(key, value)
    },
  })
}
