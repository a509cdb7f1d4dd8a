import type { ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import { VersionBook } from '../../config/version-book.ts'
import type { ConfigApplied, ConfigPort } from '../../core/config-port.ts'
import type { Archive, AuditEntry } from '../../core/history.ts'
import type { Clock, Metrics, Store } from '../../core/ports.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { SafeLog } from '../../observe/log.ts'
import { makeKeyFile } from '../../secrets/key-file.ts'
import { type KeyRingOptions, readKeyRing } from '../../secrets/key-ring.ts'
import { Vault } from '../../secrets/vault.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import { checkSystems } from '../hub/check.ts'
import type { Outbound } from '../hub/outbound.ts'
import type { Reach } from '../hub/reach.ts'
import type { Parts } from '../hub/systems.ts'
import type { Registry } from '../registry.ts'
import type { Fixed } from './parse-stored.ts'
import { StoredConfig } from './stored-config.ts'

/** What a running hub lends to whoever keeps its configuration. */
export interface HubInside {
  readonly store: Store & Archive
  readonly clock: Clock
  readonly log: SafeLog
  readonly metrics: Metrics
  readonly signal: AbortSignal
  readonly registry: Registry
  /** The tenants that run now. */
  readonly running: () => readonly TenantConfig[]
  readonly reach: Reach
  readonly outbound: Outbound
  readonly sealedFor?: Parts['sealedFor']
  readonly sites: SiteLinks
  readonly note: (entry: AuditEntry) => Promise<void>
  /** Takes the vault of the configuration, for the hub's own secrets: there is one of a store. */
  readonly shareVault: (vault: Vault) => void
  readonly apply: (config: ResolvedConfig, change: PolicyChange) => Promise<ConfigApplied>
}

export interface StoredOptions {
  readonly fixed: Fixed
  readonly keys: KeyRingOptions
}

/** The vault of a data directory; its key is made at the first use, and the log says so. */
export function createVault(
  store: Pick<Store, 'commit' | 'memory'>,
  keys: KeyRingOptions,
  say: (text: string) => void,
): Vault {
  return new Vault({
    store,
    keys: () => readKeyRing(keys),
    makeKey: () => {
      const made = makeKeyFile(keys.directory)
      say(
        `A key was made for the secrets in ${keys.directory}: the file secret.key ("${made.id}"). Keep a copy of it elsewhere: without it they cannot be read.`,
      )
      return made
    },
  })
}

/** The stored configuration of a running hub. */
export async function openStoredConfig(
  { fixed, keys }: StoredOptions,
  inside: HubInside,
): Promise<ConfigPort> {
  const { store, log } = inside
  const vault = createVault(store, keys, (text) => log.warn(text))
  inside.shareVault(vault)
  const stored = new StoredConfig({
    ...inside,
    fixed,
    fetch: inside.outbound.fetch,
    vault,
    book: new VersionBook(store),
    archive: store,
    trial: async (config) => {
      for (const secret of config.secrets) log.hide(secret)
      const [checked] = await checkSystems(config.tenants, inside)
      return (checked?.findings ?? []).map(({ text, fix, ...finding }) => ({
        ...finding,
        text: log.clean(text),
        ...(fix !== undefined && { fix: log.clean(fix) }),
      }))
    },
  })
  await stored.open()
  return stored
}
