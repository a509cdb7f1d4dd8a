import type { TripKeeper } from '../../access/oidc/round-trips.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { VersionBook } from '../../config/version-book.ts'
import type { ConfigApplied, ConfigWarning } from '../../core/config-port.ts'
import type { Finding } from '../../core/connector.ts'
import type { Archive, AuditEntry } from '../../core/history.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { SharedRows } from '../../core/shared-rows.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { Vault } from '../../secrets/vault.ts'
import type { Registry } from '../registry.ts'
import type { Fixed } from './parse-stored.ts'
import type { Refusal } from './version-follower.ts'

/** What a stored configuration is made from. */
export interface StoredConfigParts {
  readonly registry: Registry
  readonly fixed: Fixed
  readonly vault: Vault
  readonly book: VersionBook
  /** Ways of browsers to systems and back. */
  readonly trips: TripKeeper
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  /** Where versions are kept; of several hubs any may add one. */
  readonly rows: Pick<SharedRows, 'turn' | 'watch'>
  /** Waits until every other hub has taken over a version; answers what went wrong where. */
  readonly elsewhere?: (version: number) => Promise<readonly ConfigWarning[]>
  /** Of several hubs: whether the newest version is in force here. */
  readonly stands?: (refusal: Refusal | undefined) => void
  /** Of several hubs: has the first key of the list become the one of all, or why it cannot. */
  readonly mayRotate?: () => Promise<string | undefined>
  /** For a sign-in in the browser. */
  readonly fetch: typeof fetch
  /** On the disk before what it tells of goes on. */
  readonly note: (entry: AuditEntry) => Promise<void>
  /** Brings the running hub to another configuration. */
  readonly apply: (config: ResolvedConfig, change: PolicyChange) => Promise<ConfigApplied>
  /** The past, for trying links. */
  readonly archive: Archive
  /** Trial connections of a configuration that has the one connector. */
  readonly trial: (config: ResolvedConfig) => Promise<readonly Finding[]>
}
