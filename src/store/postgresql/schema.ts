import { StoreFailure } from '../failure.ts'
import {
  type AppliedMigration,
  loadMigrations,
  type Migration,
  migrationTable,
  planMigrations,
} from '../migrations.ts'
import type { Session } from './session.ts'

const oldestServer = 13

/** Throws StoreFailure where the server is not one that a hub can be kept in. */
export async function checkServer(session: Session, where: string): Promise<void> {
  const [row] = await session.rows({
    text: `select current_setting('server_version_num')::integer, current_setting('server_encoding'), pg_backend_pid(),
      current_setting('transaction_read_only')`,
  })
  const [version, encoding, pid, readOnly] = row ?? []
  // Who stands in between sends a number of its own (protocol: BackendKeyData).
  if (session.processId !== pid)
    throw Object.assign(new Error('the server process is not the one that answered'), { code: 'POOLER' })
  if (Number(version) < oldestServer * 10_000)
    throw new StoreFailure(
      'failed',
      `${where}: the server has version ${Math.floor(Number(version) / 10_000)}. Hookswitch needs PostgreSQL ${oldestServer} or newer`,
    )
  if (readOnly === 'on') throw Object.assign(new Error('it only reads'), { code: '25006' })
  if (encoding !== 'UTF8')
    throw new StoreFailure(
      'failed',
      `${where}: the database is encoded in ${encoding}. Make one with: create database NAME encoding 'UTF8' template template0`,
    )
}

/** Whether a hub has ever been kept there. */
export async function hasSchema(session: Session, schema: string): Promise<boolean> {
  const [row] = await session.rows({
    text: "select (to_regclass(format('%I.schema_migration', $1::text)) is not null)::integer",
    values: [schema],
  })
  return row?.[0] === 1
}

export interface Upgrade {
  readonly schema: string
  readonly where: string
  /** Wall clock, milliseconds. */
  readonly now: number
  readonly migrations?: readonly Migration[]
  /** Other hubs may be using the schema, of this version or of the next. */
  readonly shared?: boolean
}

/**
 * Brings the schema up to date, all or nothing; answers what was applied. Whoever calls holds the lock. Throws
 * StoreFailure and what the driver throws.
 */
export async function migrate(session: Session, upgrade: Upgrade): Promise<readonly Migration[]> {
  const { schema, where, now, shared = false } = upgrade
  const missing = await findMissing(session, upgrade)
  if (missing.length === 0) return missing
  const breaking = missing.find((one) => one.breaking)
  if (shared && breaking) await requireAlone(session, { breaking, where })
  await session.run({ text: 'begin' })
  try {
    // Asked first: `if not exists` wants the right to make one even where it is there.
    const there = await session.rows({
      text: 'select 1 from pg_namespace where nspname = $1',
      values: [schema],
    })
    if (there.length === 0) await session.run({ text: `create schema "${schema}"` })
    await session.run({ text: migrationTable })
    for (const { version, name, breaking, checksum, sql } of missing) {
      await session.run({ text: sql })
      await session.run({
        text: 'insert into schema_migration (version, name, breaking, checksum, applied_at) values ($1, $2, $3, $4, $5)',
        values: [version, name, breaking ? 1 : 0, checksum, Math.floor(now)],
      })
    }
    await session.run({ text: 'commit' })
  } catch (error) {
    await session.run({ text: 'rollback' }).catch(() => 0)
    throw error
  }
  return missing
}

/** What is still to be applied. Throws StoreFailure where the schema is not one for this version. */
export async function findMissing(
  session: Session,
  { schema, where, migrations = loadMigrations({ store: 'pg' }), shared = false }: Omit<Upgrade, 'now'>,
): Promise<readonly Migration[]> {
  const found = (await hasSchema(session, schema)) ? await readApplied(session) : []
  // A hub of the next version has gone ahead; what it added is no obstacle to this one.
  const applied = found.filter(({ version, breaking }) => !shared || breaking || version <= migrations.length)
  return planMigrations(migrations, applied, where)
}

/** What was applied to the schema that the connection is in. */
export async function readApplied(
  session: Session,
): Promise<readonly (AppliedMigration & { readonly breaking: boolean })[]> {
  const rows = await session.rows({
    text: 'select version, name, checksum, breaking from schema_migration order by version',
  })
  return rows.map(([version, name, checksum, breaking]) => ({
    version: Number(version),
    name: String(name),
    checksum: String(checksum),
    breaking: breaking === 1,
  }))
}

/** A change that hubs of the former version cannot live with waits until none of them runs. */
async function requireAlone(
  session: Session,
  { breaking, where }: { readonly breaking: Migration; readonly where: string },
): Promise<void> {
  const [known] = await session.rows({ text: "select (to_regclass('cluster_node') is not null)::integer" })
  if (known?.[0] !== 1) return
  const running = await session.rows({
    text: `select node from cluster_node where fenced = 0
      and lease_until > (extract(epoch from clock_timestamp()) * 1000)::bigint order by node`,
  })
  if (running.length === 0) return
  const names = running.map(([node]) => node).join(', ')
  throw new StoreFailure(
    'in-use',
    `${where}: this version changes the schema so that hubs of the former one cannot go on (migration ${breaking.version}, ${breaking.name}). Stop them first, all together: ${names}`,
  )
}
