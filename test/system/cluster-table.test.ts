import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ClusterTable } from '../../src/core/cluster.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { loadMigrations } from '../../src/store/migrations.ts'
import { createClusterTable } from '../../src/store/postgresql/cluster-table.ts'
import { takeLock } from '../../src/store/postgresql/lock.ts'
import { openPostgresqlStore } from '../../src/store/postgresql/open.ts'
import { migrate } from '../../src/store/postgresql/schema.ts'
import type { PostgresqlServer } from '../../src/store/postgresql/server.ts'
import { openSession } from '../../src/store/postgresql/session.ts'
import { until } from './support/child.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

let postgresql: TestServer
let server: PostgresqlServer
beforeAll(async () => {
  // The product gives a statement 2.5 s, which a busy disk may take; what survives a crash is tested elsewhere.
  postgresql = await startPostgresql({ fsync: 'off' })
})
afterAll(() => postgresql.remove())

let last = 0
/** A node's store and its row, as a hub opens them. */
async function join(node: string) {
  const member = { node, incarnation: `run${++last}` }
  const store = await openPostgresqlStore({ server, clock: systemClock(), member })
  const table = createClusterTable({ server, member, version: '1' })
  const close = async () => {
    await table.leave()
    await store.close()
  }
  try {
    expect(await table.connect()).toBe(true)
  } catch (error) {
    await close()
    throw error
  }
  return { member, store, table, close }
}

const nodeOf = async (table: ClusterTable, incarnation: string) =>
  (await table.look()).nodes.find((one) => one.incarnation === incarnation)
const note = (key: string) =>
  [{ put: 'memory', tenant: 't', scope: 's', key, body: '1' }] as const satisfies readonly unknown[]

describe('the rows of a cluster in PostgreSQL', () => {
  beforeEach(async () => {
    server = await postgresql.store()
  })

  test('nodes see each other, their leases and who has what; a tenant changes hands once', async () => {
    const [one, two] = [await join('one'), await join('two')]
    expect(await nodeOf(two.table, one.member.incarnation)).toMatchObject({
      ...{ node: 'one', connected: true, fenced: false, draining: false, renewals: 1 },
    })
    const free = { tenant: 'contoso', owner: '', epoch: 0, people: 0 }
    expect(await Promise.all([one.table.take(free), two.table.take(free)])).toContain(true)
    const [own] = (await one.table.look()).tenants
    const [owner, other] = own!.owner === one.member.incarnation ? [one, two] : [two, one]
    expect(await other.table.take(free)).toBe(false)
    expect(await other.table.hand(own!, other.member.incarnation)).toBe(false)
    await owner.table.weigh([{ tenant: 'contoso', people: 700 }])
    await other.table.weigh([{ tenant: 'contoso', people: 1 }])
    expect(await owner.table.hand(own!, other.member.incarnation)).toBe(true)
    expect(await one.table.look()).toMatchObject({
      nodes: [{ weighs: true }, { weighs: true }],
      tenants: [{ tenant: 'contoso', owner: other.member.incarnation, epoch: 2, people: 700 }],
    })
    expect(await one.table.renew(true)).toBe(true)
    const seen = await nodeOf(two.table, one.member.incarnation)
    expect(seen).toMatchObject({ renewals: 2, draining: true })
    expect(seen!.leaseLeftMs).toBeGreaterThan(5_000)
    await one.table.leave()
    expect(await nodeOf(two.table, one.member.incarnation)).toBeUndefined()
    await Promise.all([one.close(), two.close()])
  })

  test('a fenced node can neither write nor renew any more, whatever connections it had or opens', async () => {
    const [one, two] = [await join('one'), await join('two')]
    await one.store.commit(note('before'), 'full')
    await two.table.fence((await nodeOf(two.table, one.member.incarnation))!)
    await expect(one.store.commit(note('after'), 'full')).rejects.toMatchObject({ kind: 'fenced' })
    await until(() => !one.table.connected, 'the connection to be gone')
    await expect(one.table.renew(false)).rejects.toThrow()
    expect(await one.table.connect()).toBe(false)
    expect([...(await two.store.memory('t', 's')).keys()]).toEqual(['before'])
    expect((await two.table.look()).nodes.map(({ node }) => node)).toEqual(['two'])
    await Promise.all([one.close(), two.close()])
  })

  test('a node that lost its connection is listed so, and comes back as the same', async () => {
    const [one, two] = [await join('one'), await join('two')]
    await postgresql.ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'hookswitch one %'",
      new URL(server.url).pathname.slice(1),
    )
    await until(() => !one.table.connected, 'the loss to be noticed')
    expect(await nodeOf(two.table, one.member.incarnation)).toMatchObject({ connected: false, fenced: false })
    expect(await one.table.connect()).toBe(true)
    expect(await nodeOf(two.table, one.member.incarnation)).toMatchObject({ connected: true, renewals: 2 })
    await one.store.commit(note('again'), 'full')
    await Promise.all([one.close(), two.close()])
  })

  test('a hub that lost its connections comes back while another changes the schema, which may take long', async () => {
    const one = await join('one')
    const session = await openSession(server, { name: 'upgrade', bounded: true })
    const lock = { lock: 'upgrade', schema: server.schema, where: 'the schema', own: 'upgrade' } as const
    await takeLock(session, lock)
    await postgresql.ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'hookswitch one %'",
      new URL(server.url).pathname.slice(1),
    )
    await one.store.commit(note('meanwhile'), 'full')
    expect([...(await one.store.memory('t', 's')).keys()]).toEqual(['meanwhile'])
    await session.close()
    await one.close()
  })

  test('hubs of two versions run side by side, unless the newer one changes what the older relies on', async () => {
    const one = await join('one')
    const session = await openSession(server, { name: 'upgrade', bounded: true })
    const known = loadMigrations({ store: 'pg' })
    const next = (breaking: boolean, version: number) => ({
      ...{
        version,
        name: 'next',
        breaking,
        sql: 'create table if not exists next (id text)',
        checksum: 'next',
      },
    })
    const upgrade = { schema: server.schema, where: 'the schema', now: 1, shared: true }
    const last = known.length + 1
    await expect(migrate(session, { ...upgrade, migrations: [...known, next(true, last)] })).rejects.toThrow(
      /Stop them first, all together: one/,
    )
    await migrate(session, { ...upgrade, migrations: [...known, next(false, last)] })
    // The older one connects again, and another of the older ones starts.
    expect(await migrate(session, upgrade)).toEqual([])
    const two = await join('two')
    await two.store.commit(note('older'), 'full')
    await Promise.all([one.close(), two.close()])
    const newer = [...known, next(false, last), next(true, last + 1)]
    expect(await migrate(session, { ...upgrade, migrations: newer })).toHaveLength(1)
    await expect(migrate(session, upgrade)).rejects.toMatchObject({ kind: 'newer-schema' })
    await session.close()
  })

  test('a name that another process has, and a hub that would have the schema for itself, are refused', async () => {
    const one = await join('one')
    await expect(join('one')).rejects.toThrow(/node one in .* is in use by hookswitch one run/)
    await expect(openPostgresqlStore({ server, clock: systemClock() })).rejects.toMatchObject({
      kind: 'in-use',
    })
    await one.close()
    const alone = await openPostgresqlStore({ server, clock: systemClock() })
    await expect(join('two')).rejects.toMatchObject({ kind: 'in-use' })
    await alone.close()
  })
})
