import { createHash } from 'node:crypto'
import { StoreFailure } from '../failure.ts'
import type { Session } from './session.ts'

/**
 * `hub`: who has it owns the schema. `writer`: held by the connection that writes, so that nobody can begin to write
 * while a connection of an earlier owner still can. Several hubs share both. `upgrade`: one of them at a time brings the
 * schema up to date. `node ...`: each has its own.
 */
export type LockName = 'hub' | 'writer' | 'upgrade' | `node ${string}`

export interface LockWish {
  readonly lock: LockName
  readonly schema: string
  /** For messages. */
  readonly where: string
  /** The application name of our own connections: what they left behind is ended. */
  readonly own: string
  /** Beside others that share it. */
  readonly shared?: boolean
}

/** The server notices the end of a killed process at once; its last statement may still run. Milliseconds. */
const patienceMs = 5_000
const againMs = 100

/**
 * Takes an advisory lock of the session, which the server drops with the connection, however that ends. Throws
 * StoreFailure `in-use` where another process has it. https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS
 */
export async function takeLock(session: Session, wish: LockWish): Promise<void> {
  const numbers = lockNumbers(wish)
  const until = performance.now() + patienceMs
  for (;;) {
    const [row] = await session.rows({
      text: `select pg_try_advisory_lock${wish.shared ? '_shared' : ''}($1::integer, $2::integer)::integer`,
      values: numbers,
    })
    if (row?.[0] === 1) return
    const holder = await findHolder(session, numbers)
    // A connection of ours that broke on the way may still be open at the server.
    if (holder?.application === wish.own)
      await session.rows({ text: 'select pg_terminate_backend($1::integer)', values: [holder.pid] })
    else if (performance.now() > until) throw inUse(wish, holder)
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}

/** Lets go of a lock before the connection ends. */
export async function dropLock(session: Session, wish: Pick<LockWish, 'lock' | 'schema'>): Promise<void> {
  await session.rows({
    text: 'select pg_advisory_unlock($1::integer, $2::integer)::integer',
    values: lockNumbers(wish),
  })
}

/** The two numbers of an advisory lock. */
export function lockNumbers({ lock, schema }: Pick<LockWish, 'lock' | 'schema'>): readonly [number, number] {
  const sum = createHash('sha256').update(`hookswitch ${lock} of ${schema}`).digest()
  // Without the sign, so that they read the same in pg_locks.
  return [sum.readUInt32BE(0) >>> 1, sum.readUInt32BE(4) >>> 1]
}

interface Holder {
  readonly pid: number
  readonly application: string
  readonly from: string
}

async function findHolder(session: Session, numbers: readonly [number, number]): Promise<Holder | undefined> {
  const [row] = await session.rows({
    text: `select held.pid, coalesce(other.application_name, ''), coalesce(host(other.client_addr), 'the same machine')
      from pg_locks held left join pg_stat_activity other on other.pid = held.pid
      where held.locktype = 'advisory' and held.granted and held.objsubid = 2
      and held.database = (select oid from pg_database where datname = current_database())
      and held.classid::bigint = $1::bigint and held.objid::bigint = $2::bigint`,
    values: numbers,
  })
  return row && { pid: Number(row[0]), application: String(row[1]), from: String(row[2]) }
}

function inUse({ where }: LockWish, holder: Holder | undefined): StoreFailure {
  const who = holder
    ? `${holder.application || 'another process'} from ${holder.from} (server process ${holder.pid})`
    : 'another process'
  return new StoreFailure(
    'in-use',
    `${where} is in use by ${who}. Stop it first, or give each hub a store.schema of its own. Hubs that are to share it have the part cluster, each with a node of its own`,
  )
}
