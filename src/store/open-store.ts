import type { HubStore } from '../core/hub-store.ts'
import type { Clock, Log, Metrics } from '../core/ports.ts'
import type { ClusterMember } from './postgresql/member.ts'
import type { PostgresqlServer } from './postgresql/server.ts'
import type { ReadOnlyArchive } from './read-only-archive.ts'

/** Where a hub keeps its rows: the part `store` of the configuration. */
export interface StorePlace extends Omit<PostgresqlServer, 'url'> {
  readonly kind: 'sqlite' | 'postgresql'
  /** The data directory, whatever the store is. */
  readonly path: string
  readonly url?: string
}

export interface StoreOptions {
  readonly clock: Clock
  readonly log?: Log
  readonly metrics?: Metrics
  /** Refuses where no hub has been kept there: a wrong address would otherwise seem to be an empty ledger. */
  readonly existing?: boolean
  /** Called when a server is away that writing waits for, and without a reason when it is back. */
  readonly away?: (reason: Error | undefined) => void
  /** One of several hubs in this schema: PostgreSQL only. */
  readonly member?: ClusterMember
  /** Which tenants may be seen by whoever asks just now; undefined: every one that they ask about. */
  readonly sight?: () => readonly string[] | undefined
}

/** Opens what the configuration names, for this process alone. Rejects with StoreFailure. */
export async function openStore(place: StorePlace, options: StoreOptions): Promise<HubStore> {
  if (place.kind === 'sqlite') {
    const { openSqliteStore, requireData } = await import('./sqlite/open.ts')
    if (options.existing) requireData(place.path)
    return openSqliteStore({ ...options, path: place.path })
  }
  const [{ openPostgresqlStore }, { lockDirectory }] = await Promise.all([
    import('./postgresql/open.ts'),
    import('./sqlite/directory-lock.ts'),
  ])
  // The command line of this machine finds a running hub by its directory.
  const lock = lockDirectory(place.path, options.clock.wall())
  try {
    const store = await openPostgresqlStore({ ...options, server: serverOf(place) })
    const close = async () => {
      await store.close()
      lock.release()
    }
    return { ...store, close }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Opens the archive for reading only, beside a hub that may be running. Rejects with StoreFailure. */
export async function openArchive(place: StorePlace): Promise<ReadOnlyArchive> {
  if (place.kind === 'sqlite') return (await import('./sqlite/read-archive.ts')).openArchive(place.path)
  return (await import('./postgresql/read-archive.ts')).openArchive(serverOf(place))
}

/** Whoever checked the configuration has seen that there is an address. */
export function serverOf({ url = '', schema, poolSize, tls, ca, apiRole }: StorePlace): PostgresqlServer {
  const optional = { ...(ca !== undefined && { ca }), ...(apiRole !== undefined && { apiRole }) }
  return { url, schema, poolSize, tls, ...optional }
}
