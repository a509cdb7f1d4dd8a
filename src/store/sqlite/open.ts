import { resolve } from 'node:path'
import type { Archive, HistoryLimit } from '../../core/history.ts'
import type { Clock, LedgerRow, Log, Metrics, Store } from '../../core/ports.ts'
import { createArchive } from '../archive.ts'
import { packChange } from '../changes.ts'
import { StoreFailure } from '../failure.ts'
import { type Row, toLedgerRow, toPresentityRow } from '../rows.ts'
import type { Page, PageSource, PruneLimits } from './protocol.ts'
import { type StoreThread, startThread } from './thread.ts'

export interface SqliteStoreOptions {
  /** The data directory; made where it is missing. */
  readonly path: string
  readonly clock: Clock
  readonly log?: Log
  readonly metrics?: Metrics
}

export interface SqliteStore extends Store, Archive {
  /** Forgets closed ledger rows now; resolves with how many. Open rows always stay. Other work goes first. */
  prune(limits: PruneLimits): Promise<number>
  /** Forgets history now, all of it for tenants that are not named; resolves with how many rows. Other work goes first. */
  pruneHistory(limits: readonly HistoryLimit[]): Promise<number>
}

/**
 * Opens the embedded store: one SQLite database in the directory, owned by one thread of this process. Rejects with
 * StoreFailure: in use by another process, made by a newer program, damaged, not writable, disk full.
 *
 * Commits are written in the order they were made, those made meanwhile together. Reads see every commit made
 * before them; the long ones come page by page, and a row that does not change meanwhile comes exactly once.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { path, clock, log, metrics } = options
  const directory = resolve(path)
  const thread = await startThread({ directory, now: clock.wall() }, (error) =>
    log?.error('the store stopped', { directory, error }),
  )
  for (const { version, name, breaking } of thread.migrated)
    log?.info('store schema upgraded', { directory, version, name, breaking })

  const prune = async (limits: PruneLimits): Promise<number> => {
    const numbers = limits.tenants.flatMap(({ before, rowsPerPerson }) => [before, rowsPerPerson])
    const valid = [limits.othersBefore, ...numbers].every(Number.isSafeInteger)
    if (!valid || limits.tenants.some(({ rowsPerPerson }) => rowsPerPerson < 0))
      throw new StoreFailure(
        'invalid',
        'prune wants whole numbers: othersBefore and before (ms), and rowsPerPerson (0 or more)',
      )
    return thread.ask<number>({ kind: 'prune', limits })
  }

  return {
    async commit(changes, durability) {
      const packed = changes.map(packChange)
      if (packed.length === 0) return
      const began = clock.monotonic()
      try {
        await thread.ask<void>({ kind: 'commit', full: durability === 'full', changes: packed })
        metrics?.observe('store_commit', clock.monotonic() - began, { durability })
      } catch (error) {
        metrics?.count('store_commit_failures', { durability })
        throw error
      }
    },
    async *presentities() {
      for await (const row of walk(thread, { of: 'presentities' })) yield toPresentityRow(row)
    },
    async *openLedger() {
      for await (const row of walk(thread, { of: 'openLedger' })) yield toLedgerRow(row)
    },
    ledgerOf: (tenant, presentity, limit) => readHistory(thread, { tenant, presentity, limit }),
    async memory(tenant, scope) {
      const found = new Map<string, string>()
      for await (const [key, body] of walk(thread, { of: 'memory', tenant, scope }))
        found.set(String(key), String(body))
      return found
    },
    ...createArchive((call) => thread.ask<readonly Row[]>({ kind: 'archive', call })),
    prune,
    pruneHistory: (limits) => thread.ask<number>({ kind: 'pruneHistory', limits }),
    close: () => thread.close(),
  }
}

async function* walk(thread: StoreThread, source: PageSource): AsyncGenerator<Row> {
  let after: Row | undefined
  for (;;) {
    const page: Page = await thread.ask<Page>({ kind: 'page', source, ...(after && { after }) })
    yield* page.rows
    if (!page.more) return
    after = page.rows.at(-1)
  }
}

interface HistoryQuery {
  readonly tenant: string
  readonly presentity: string
  readonly limit: number
}

async function readHistory(thread: StoreThread, query: HistoryQuery): Promise<readonly LedgerRow[]> {
  const limit = Math.max(0, Math.min(Math.floor(query.limit), 10_000))
  const rows = await thread.ask<readonly Row[]>({ kind: 'ledgerOf', ...query, limit })
  return rows.map(toLedgerRow)
}
