import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { HubStore } from '../../core/hub-store.ts'
import type { Clock, Log, Metrics } from '../../core/ports.ts'
import type { GoneThrough } from '../age-groups.ts'
import { createArchive } from '../archive.ts'
import { packChange } from '../changes.ts'
import { StoreFailure } from '../failure.ts'
import { checkLimits } from '../limits.ts'
import { type PageSource, tenantOf } from '../questions.ts'
import { type Row, toLedgerRow, toPresentityRow } from '../rows.ts'
import { archiveStatement } from './archive-reader.ts'
import { openLink } from './link.ts'
import { type ClusterMember, nameMember } from './member.ts'
import { type Pruner, pruneHistory, pruneLedger } from './pruner.ts'
import { createQuestioner, type Limit } from './questioner.ts'
import { ledgerStatement, pageStatement } from './reader.ts'
import { answerMs, describeServer, type PostgresqlServer } from './server.ts'
import type { Statement } from './session.ts'
import { Writer } from './writer.ts'

export interface PostgresqlStoreOptions {
  readonly server: PostgresqlServer
  readonly clock: Clock
  readonly log?: Log
  readonly metrics?: Metrics
  /** Refuses where no hub has been kept there, instead of making the schema. */
  readonly existing?: boolean
  /** Called when the server is away, and without a reason when it is back. */
  readonly away?: (reason: Error | undefined) => void
  /** One of several hubs in this schema. */
  readonly member?: ClusterMember
  /** Which tenants may be seen by whoever asks just now; undefined: every one that they ask about. */
  readonly sight?: () => readonly string[] | undefined
}

/** A name that no other process has: 63 bytes are kept of it. */
function nameOwner(): string {
  return `hookswitch ${hostname().slice(0, 20)} ${process.pid} ${randomBytes(6).toString('hex')}`
}

/**
 * Opens a schema of a PostgreSQL database as the store of this process. Rejects with StoreFailure: cannot be reached,
 * account refused, no rights, too old, in use by another process, made by a newer program.
 *
 * Commits are written in the order they were made, those made meanwhile together; one that was made while the server
 * is away waits for it. Reads see every commit made before them; the long ones come page by page, and a row that does
 * not change meanwhile comes exactly once.
 */
export async function openPostgresqlStore(options: PostgresqlStoreOptions): Promise<HubStore> {
  const { server, clock, log, metrics, existing = false, away, member, sight } = options
  const where = describeServer(server)
  const name = member ? nameMember(member) : nameOwner()
  const linkTo = { server, name }
  const link = await openLink({
    ...{ ...linkTo, now: clock.wall(), existing },
    member: member && { ...member, known: false },
  })
  const relink = () =>
    openLink({
      ...{ ...linkTo, now: clock.wall(), existing: true },
      member: member && { ...member, known: true },
    })
  for (const { version, name: migration, breaking } of link.migrated)
    log?.info('store schema upgraded', { server: where, version, name: migration, breaking })
  const writer = new Writer({ link, relink, where, log, metrics, away })
  const questioner = createQuestioner(server, where, name)

  const ask = async (statement: Statement, limit?: Limit) => {
    if (writer.refusal) throw writer.refusal
    await within(writer.settled(), where)
    return questioner.ask(statement, limit)
  }
  const rows = async (statement: Statement) => (await ask(statement)).rows
  const { apiRole: role } = server
  /** What people ask for, about one tenant. */
  const seen = async (statement: Statement, tenant: string) => {
    const limit = role === undefined ? undefined : { role, tenants: sight?.() ?? [tenant] }
    return (await ask(statement, limit)).rows
  }
  const pruner: Pruner = { rows, run: async (statement) => (await ask(statement)).count }
  const gone = { history: new Map() as GoneThrough, ledger: new Map() as GoneThrough }
  const walk = (source: PageSource) => walkPages(source, rows)
  const walkTenant = (source: PageSource, tenant: string | undefined) =>
    tenant === undefined ? walk(source) : rowsOf(tenant, walkPages(source, rows, [tenant, '']))

  return {
    async commit(changes, durability) {
      const packed = changes.map(packChange)
      if (packed.length === 0) return
      const began = clock.monotonic()
      try {
        await writer.commit(packed, durability === 'full')
        metrics?.observe('store_commit', clock.monotonic() - began, { durability })
      } catch (error) {
        metrics?.count('store_commit_failures', { durability })
        throw error
      }
    },
    async *presentities(tenant) {
      for await (const row of walkTenant({ of: 'presentities' }, tenant)) yield toPresentityRow(row)
    },
    async *openLedger(tenant) {
      for await (const row of walkTenant({ of: 'openLedger' }, tenant)) yield toLedgerRow(row)
    },
    async ledgerOf(tenant, presentity, limit) {
      const most = Math.max(0, Math.min(Math.floor(limit), 10_000))
      return (await seen(ledgerStatement(tenant, presentity, most), tenant)).map(toLedgerRow)
    },
    async memory(tenant, scope) {
      const found = new Map<string, string>()
      for await (const [key, body] of walk({ of: 'memory', tenant, scope }))
        found.set(String(key), String(body))
      return found
    },
    ...createArchive((call) => {
      const statement = archiveStatement(call)
      // The rules are read by the hub itself, whoever it was that made it begin anew with a tenant.
      return call.of === 'policyVersions' ? rows(statement) : seen(statement, tenantOf(call))
    }),
    async prune(limits) {
      checkLimits(limits)
      return pruneLedger(pruner, limits, gone.ledger)
    },
    pruneHistory: (limits) => pruneHistory(pruner, limits, gone.history),
    stopping: () => writer.giveUpSoon(),
    async close() {
      await writer.close()
      await questioner.close()
    },
  }
}

/** The first of rows that are in the order of their tenants; no id is empty, so that one is behind it. */
async function* rowsOf(tenant: string, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (row[0] !== tenant) return
    yield row
  }
}

async function* walkPages(
  source: PageSource,
  rows: (statement: Statement) => Promise<readonly Row[]>,
  after?: Row,
): AsyncGenerator<Row> {
  let page = await rows(pageStatement(source, after))
  while (page.length > 0) {
    yield* page
    page = await rows(pageStatement(source, page.at(-1)))
  }
}

/** A read waits for the writes before it, but not for a server that stays away. */
async function within(settled: Promise<void>, where: string): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const words = 'it cannot be reached, and what was written before waits. Try again when the server is back'
    late.reject(new StoreFailure('away', `${where}: ${words}`))
  }, answerMs)
  try {
    await Promise.race([settled, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
