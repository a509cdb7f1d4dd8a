import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { HubStore, LedgerLimits } from '../../core/hub-store.ts'
import type { Clock, LedgerRow, Log, Metrics } from '../../core/ports.ts'
import { createArchive } from '../archive.ts'
import { packChange } from '../changes.ts'
import { StoreFailure } from '../failure.ts'
import { checkLimits } from '../limits.ts'
import type { PageSource } from '../questions.ts'
import { type Row, toLedgerRow, toPresentityRow } from '../rows.ts'
import { dataFile } from './data-file.ts'
import type { Page } from './protocol.ts'
import { type StoreThread, startThread } from './thread.ts'

export interface SqliteStoreOptions {
  /** The data directory; made where it is missing. */
  readonly path: string
  readonly clock: Clock
  readonly log?: Log
  readonly metrics?: Metrics
}

/**
 * Opens the embedded store: one SQLite database in the directory, owned by one thread of this process. Rejects with
 * StoreFailure: in use by another process, made by a newer program, damaged, not writable, disk full.
 *
 * Commits are written in the order they were made, those made meanwhile together. Reads see every commit made
 * before them; the long ones come page by page, and a row that does not change meanwhile comes exactly once.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<HubStore> {
  const { path, clock, log, metrics } = options
  const directory = resolve(path)
  const thread = await startThread({ directory, now: clock.wall() }, (error) =>
    log?.error('the store stopped', { directory, error }),
  )
  for (const { version, name, breaking } of thread.migrated)
    log?.info('store schema upgraded', { directory, version, name, breaking })

  const prune = async (limits: LedgerLimits): Promise<number> => {
    checkLimits(limits)
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
    async *presentities(tenant) {
      for await (const row of walk(thread, { of: 'presentities' }))
        if (tenant === undefined || row[0] === tenant) yield toPresentityRow(row)
    },
    async *openLedger(tenant) {
      for await (const row of walk(thread, { of: 'openLedger' }))
        if (tenant === undefined || row[0] === tenant) yield toLedgerRow(row)
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
    idle: () => thread.idle(),
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

/** Throws StoreFailure where no hub has kept its data: a wrong path would seem to be an empty ledger. */
export function requireData(path: string): void {
  if (existsSync(dataFile(path))) return
  throw new StoreFailure(
    'failed',
    `there is no ledger in ${path}. Correct store.path in the configuration, or run this on the machine of the hub`,
  )
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
