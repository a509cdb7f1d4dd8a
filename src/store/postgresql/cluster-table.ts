import {
  type ClusterNode,
  type ClusterTable,
  type ClusterView,
  leaseMs,
  type Ownership,
} from '../../core/cluster.ts'
import { StoreFailure } from '../failure.ts'
import { explainPostgresql } from './failure.ts'
import { lockNumbers, takeLock } from './lock.ts'
import { type ClusterMember, nameMember } from './member.ts'
import { describeServer, type PostgresqlServer } from './server.ts'
import { openSession, type Session, type Statement } from './session.ts'

/** The server's clock, milliseconds since the epoch: the only one that leases are measured by. */
const serverNow = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** A server that takes longer is away: the lease has to be renewed in time, milliseconds. */
const patienceMs = 2_500
/** A node that vanished is given up by the server after so long, milliseconds. */
const lostAfterMs = 3_000
const againMs = 20

export interface ClusterTableOptions {
  readonly server: PostgresqlServer
  readonly member: ClusterMember
  /** Of this program. */
  readonly version: string
}

/** Refuses a connection for writing to a hub whose tenants others have taken over. */
export async function checkMember(session: Session, incarnation: string, where: string): Promise<void> {
  const rows = await session.rows({
    text: 'select 1 from cluster_node where incarnation = $1 and fenced = 0',
    values: [incarnation],
  })
  if (rows.length === 0) throw fenced(where)
}

/** The failure of a hub that must not write any more. */
export function fenced(where: string): StoreFailure {
  return new StoreFailure(
    'fenced',
    `${where}: this hub could not renew its lease in time, and others have taken its tenants over. It has to start anew`,
  )
}

/** The cluster's rows in PostgreSQL, over a connection of its own; its advisory lock is what the others look at. */
export function createClusterTable({ server, member, version }: ClusterTableOptions): ClusterTable {
  const { node, incarnation } = member
  const where = describeServer(server)
  const lock = { lock: `node ${node}`, schema: server.schema } as const
  let session: Session | undefined
  let joined = false

  const drop = async () => {
    const former = session
    session = undefined
    await former?.close()
  }
  const ask = async <Result>(work: (session: Session) => Promise<Result>): Promise<Result> => {
    if (!session) throw new StoreFailure('failed', `${where}: the connection is not there`)
    try {
      return await work(session)
    } catch (error) {
      // Whether it still holds the lock is not sure then.
      await drop()
      throw explainPostgresql(error, where)
    }
  }
  const changes = (statement: Statement) => ask(async (one) => (await one.run(statement)) > 0)

  const renew = (draining: boolean) =>
    changes({
      text: `update cluster_node set lease_until = ${serverNow} + ${leaseMs}, renewals = renewals + 1, draining = $2
        where incarnation = $1 and fenced = 0`,
      values: [incarnation, draining ? 1 : 0],
    })

  return {
    incarnation,
    get connected() {
      return session !== undefined
    },
    async connect() {
      await drop()
      try {
        const opened = await openSession(server, {
          ...{ name: nameMember(member), bounded: patienceMs, lostAfterMs },
        })
        session = opened
        void opened.lost.then(() => {
          if (session === opened) session = undefined
        })
        await takeLock(opened, { ...lock, where: `node ${node} in ${where}`, own: nameMember(member) })
      } catch (error) {
        await drop()
        throw explainPostgresql(error, where)
      }
      if (joined) return renew(false)
      joined = await changes({
        text: `insert into cluster_node
          (incarnation, node, version, lock_class, lock_object, lease_until, renewals, draining, fenced, weighs)
          values ($1, $2, $3, $4, $5, ${serverNow} + ${leaseMs}, 1, 0, 0, 1)`,
        values: [incarnation, node, version, ...lockNumbers(lock)],
      })
      return joined
    },
    renew,
    look: () => ask(look),
    take: ({ tenant, owner, epoch }) =>
      changes({
        text: `insert into cluster_tenant (tenant, owner, epoch, since)
          select $1, incarnation, $4::bigint + 1, ${serverNow} from cluster_node where incarnation = $2 and fenced = 0
          on conflict (tenant) do update set owner = excluded.owner, epoch = excluded.epoch, since = excluded.since
          where cluster_tenant.owner = $3 and cluster_tenant.epoch = $4::bigint`,
        values: [tenant, incarnation, owner, epoch],
      }),
    hand: ({ tenant, epoch }, to) =>
      changes({
        text: `update cluster_tenant set epoch = epoch + 1, since = ${serverNow},
          owner = coalesce((select incarnation from cluster_node where incarnation = $4 and fenced = 0), '')
          where tenant = $1 and owner = $2 and epoch = $3`,
        values: [tenant, incarnation, epoch, to],
      }),
    async weigh(weights) {
      await changes({
        text: `update cluster_tenant own set people = noted.people
          from unnest($2::text[], $3::bigint[]) as noted(tenant, people)
          where own.tenant = noted.tenant and owner = $1`,
        values: [incarnation, weights.map(({ tenant }) => tenant), weights.map(({ people }) => people)],
      })
    },
    fence: (other) => ask((one) => fence(one, other)),
    async leave() {
      await changes({
        text: 'delete from cluster_node where incarnation = $1 and fenced = 0',
        values: [incarnation],
      }).catch(() => false)
      await drop()
    },
  }
}

async function look(session: Session): Promise<ClusterView> {
  const nodes = await session.rows({
    name: 'cluster-nodes',
    text: `select incarnation, node, version, lease_until - ${serverNow}, renewals, draining, fenced, weighs,
      (exists (select 1 from pg_locks held where held.locktype = 'advisory' and held.granted and held.objsubid = 2
        and held.database = (select oid from pg_database where datname = current_database())
        and held.classid::bigint = lock_class and held.objid::bigint = lock_object))::integer
      from cluster_node order by incarnation`,
  })
  const tenants = await session.rows({
    name: 'cluster-tenants',
    text: 'select tenant, owner, epoch, people from cluster_tenant order by tenant',
  })
  return {
    nodes: nodes.map(
      ([incarnation, node, version, left, renewals, draining, isFenced, weighs, held]): ClusterNode => ({
        ...{ incarnation: String(incarnation), node: String(node), version: String(version) },
        ...{ leaseLeftMs: Number(left), renewals: Number(renewals), connected: held === 1 },
        ...{ draining: draining === 1, fenced: isFenced === 1, weighs: weighs === 1 },
      }),
    ),
    tenants: tenants.map(
      ([tenant, owner, epoch, people]): Ownership => ({
        ...{ tenant: String(tenant), owner: String(owner), epoch: Number(epoch), people: Number(people) },
      }),
    ),
  }
}

/**
 * First the mark, which refuses every new connection of that incarnation to write; then the end of those it has. Only when the
 * server lists none of them the row goes, and the tenants are anybody's.
 */
async function fence(session: Session, { node, incarnation }: ClusterNode): Promise<void> {
  const name = nameMember({ node, incarnation })
  await session.run({
    text: 'update cluster_node set fenced = 1 where incarnation = $1',
    values: [incarnation],
  })
  for (;;) {
    const left = await session.rows({
      text: 'select pg_terminate_backend(pid)::integer from pg_stat_activity where application_name = $1',
      values: [name],
    })
    if (left.length === 0) break
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
  await session.run({
    text: 'delete from cluster_node where incarnation = $1 and fenced = 1',
    values: [incarnation],
  })
}
