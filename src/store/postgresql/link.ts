import { StoreFailure } from '../failure.ts'
import type { Migration } from '../migrations.ts'
import { prepareApiRole } from './api-role.ts'
import { checkMember } from './cluster-table.ts'
import { explainPostgresql } from './failure.ts'
import { dropLock, type LockWish, takeLock } from './lock.ts'
import { checkServer, findMissing, hasSchema, migrate, type Upgrade } from './schema.ts'
import { describeServer, type PostgresqlServer } from './server.ts'
import { openSession, type Session } from './session.ts'

/** The two connections of an owner: one that keeps the lock, one that writes. They live and end together. */
export interface Link {
  readonly writer: Session
  readonly migrated: readonly Migration[]
  /** How long the server waits at most, three times over, before it flushes what needs no flush at once. */
  readonly walWriterDelayMs: number
  /** Resolves when either is gone. */
  readonly lost: Promise<unknown>
  close(): Promise<void>
}

export interface LinkOptions {
  readonly server: PostgresqlServer
  /** What the connections are listed as at the server; nobody else's are called so. */
  readonly name: string
  /** Wall clock, milliseconds. */
  readonly now: number
  /** `existing`: refuses where no hub has been kept there, instead of making the schema. */
  readonly existing: boolean
  /** The schema is brought so far only: those of this program where it is left out. */
  readonly migrations?: readonly Migration[]
  /** One of several hubs: which incarnation it is. Refused where it is fenced, if it was known before. */
  readonly member?: { readonly incarnation: string; readonly known: boolean } | undefined
}

/** Takes the schema for this process and brings it up to date; throws StoreFailure and leaves nothing open. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { server, name, now, existing, migrations, member } = options
  const where = describeServer(server)
  const sessions: Session[] = []
  const open = async (bounded: boolean) => {
    const session = await openSession(server, { name, bounded })
    sessions.push(session)
    return session
  }
  const close = async () => void (await Promise.all(sessions.map((session) => session.close())))
  try {
    const wish: Omit<LockWish, 'lock'> = { schema: server.schema, where, own: name, shared: !!member }
    // An upgrade of a large table may take its time.
    const keeper = await open(false)
    await checkServer(keeper, where)
    if (existing && !(await hasSchema(keeper, server.schema))) throw nothingKept(where)
    await takeLock(keeper, { ...wish, lock: 'hub' })
    const writer = await open(true)
    await takeLock(writer, { ...wish, lock: 'writer' })
    const upgrade: Upgrade = {
      ...{ schema: server.schema, where, now, shared: !!member },
      ...(migrations && { migrations }),
    }
    const comesBack = member?.known === true && (await findMissing(keeper, upgrade)).length === 0
    // A hub that lost its connection does not wait for one of the next version, which may change the schema for minutes.
    const migrated = comesBack ? [] : await bringUpToDate(keeper, { ...wish, server, upgrade })
    if (member?.known) await checkMember(writer, member.incarnation, where)
    const [delay] = await writer.rows({
      text: "select setting::integer from pg_settings where name = 'wal_writer_delay'",
    })
    const walWriterDelayMs = Number(delay?.[0] ?? 200)
    return { writer, migrated, walWriterDelayMs, lost: Promise.race([keeper.lost, writer.lost]), close }
  } catch (error) {
    await close()
    throw explainPostgresql(error, where)
  }
}

/** One hub at a time. */
async function bringUpToDate(
  keeper: Session,
  { server, upgrade, ...wish }: Omit<LockWish, 'lock'> & { server: PostgresqlServer; upgrade: Upgrade },
): Promise<readonly Migration[]> {
  const { schema, where, shared } = wish
  if (shared) await takeLock(keeper, { ...wish, lock: 'upgrade', shared: false })
  const migrated = await migrate(keeper, upgrade)
  if (server.apiRole !== undefined) await prepareApiRole(keeper, { role: server.apiRole, schema, where })
  if (shared) await dropLock(keeper, { schema, lock: 'upgrade' })
  return migrated
}

export function nothingKept(where: string): StoreFailure {
  return new StoreFailure(
    'failed',
    `there is no ledger in ${where}. Correct store.url and store.schema in the configuration`,
  )
}
