import type { TripKeeper } from '../../access/oidc/round-trips.ts'
import type { ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import { VersionBook } from '../../config/version-book.ts'
import type { ConfigApplied, ConfigPort, ConfigWarning } from '../../core/config-port.ts'
import type { Archive, AuditEntry } from '../../core/history.ts'
import type { Clock, Metrics, Store } from '../../core/ports.ts'
import type { SharedRows } from '../../core/shared-rows.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { SafeLog } from '../../observe/log.ts'
import { makeKeyFile } from '../../secrets/key-file.ts'
import { type KeyRingOptions, readKeyRing } from '../../secrets/key-ring.ts'
import { KeyFailure } from '../../secrets/key-source.ts'
import { Vault } from '../../secrets/vault.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import { checkSystems } from '../hub/check.ts'
import type { Outbound } from '../hub/outbound.ts'
import type { Reach } from '../hub/reach.ts'
import type { Parts } from '../hub/systems.ts'
import type { Registry } from '../registry.ts'
import { markOf, putCommonKey, readCommonKeys } from './common-keys.ts'
import type { Fixed } from './parse-stored.ts'
import { StoredConfig } from './stored-config.ts'
import type { Refusal } from './version-follower.ts'

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
  /** Versions are kept in them. */
  readonly rows: SharedRows
  /** Ways of browsers to systems, which may end at another hub than they began. */
  readonly trips: TripKeeper
  /** Hubs that take over what is changed here. */
  readonly others?: ConfigOthers | undefined
  /** What the hub was started with. */
  readonly given: ResolvedConfig
  readonly note: (entry: AuditEntry) => Promise<void>
  /** Takes the vault of the configuration, for the hub's own secrets: there is one of a store. */
  readonly shareVault: (vault: Vault) => void
  readonly apply: (config: ResolvedConfig, change: PolicyChange) => Promise<ConfigApplied>
}

/** The other hubs of an installation, as far as the configuration goes. */
export interface ConfigOthers {
  /** Resolves when each of them has tried to take over a version: what went wrong, in words. */
  ask(version: number): Promise<readonly ConfigWarning[]>
  /** Names of those that have not a key; by its mark. */
  without(mark: string): Promise<readonly string[]>
  /** How this hub answers that. */
  haveKeys(marks: () => Promise<readonly string[]>): void
  /** How this hub answers what became of a version; `stop` when it stops. */
  settleWith(stored: { settle(version: number): Promise<string | undefined>; stop(): void }): void
  /** Whether the newest version is in force at this hub: tells its operators. */
  stands(refusal: Refusal | undefined): void
}

export interface StoredOptions {
  readonly fixed: Fixed
  readonly keys: KeyRingOptions
}

/** The vault of a data directory; its key is made at the first use, and the log says so. Of several hubs none makes one by itself. */
export function createVault(
  store: Pick<Store, 'commit' | 'memory'>,
  { keys, isShared = false }: { readonly keys: KeyRingOptions; readonly isShared?: boolean },
  say: (text: string) => void,
): Vault {
  return new Vault({
    store,
    keys: () => (isShared ? readCommonKeys({ store, keys }) : readKeyRing(keys)),
    makeKey: () => {
      if (isShared) {
        throw new KeyFailure(
          'Several hubs need the same keys before they can keep a secret: make one with "hookswitch keys generate", give the list to each (--keys, or HOOKSWITCH_KEYS), and start them anew.',
        )
      }
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
  const { store, log, rows, others } = inside
  const vault = createVault(store, { keys, isShared: fixed.frame !== undefined }, (text) => log.warn(text))
  inside.shareVault(vault)
  const stored = new StoredConfig({
    ...inside,
    fixed,
    fetch: inside.outbound.fetch,
    vault,
    rows,
    book: new VersionBook(rows),
    archive: store,
    ...(others && { mayRotate: () => changeCommonKey(store, keys, others) }),
    ...(others && { elsewhere: (version: number) => others.ask(version) }),
    ...(others && { stands: (refusal) => others.stands(refusal) }),
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
  await stored.open(others && { running: inside.given })
  others?.haveKeys(async () => (await readKeyRing(keys)).map(markOf))
  others?.settleWith(stored)
  return stored
}

/** Before anything is sealed with it, every hub has to have it. */
async function changeCommonKey(
  store: Pick<Store, 'commit'>,
  keys: KeyRingOptions,
  others: ConfigOthers,
): Promise<string | undefined> {
  const [first] = await readKeyRing(keys)
  if (!first) return 'This hub has no keys. Give every hub the same (--keys, or HOOKSWITCH_KEYS).'
  const without = await others.without(markOf(first))
  if (without.length > 0) {
    return `The key "${first.id}" is not at every hub: ${without.join(', ')} did not say to have it. Give all of them the same keys, and ask again.`
  }
  await putCommonKey(store, first)
  return undefined
}
