import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HubStore } from '../../src/core/hub-store.ts'
import type { StoreChange } from '../../src/core/ports.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { archiveStatement } from '../../src/store/postgresql/archive-reader.ts'
import { openPostgresqlStore } from '../../src/store/postgresql/open.ts'
import { createQuestioner } from '../../src/store/postgresql/questioner.ts'
import { ledgerStatement } from '../../src/store/postgresql/reader.ts'
import type { PostgresqlServer } from '../../src/store/postgresql/server.ts'
import type { Statement } from '../../src/store/postgresql/session.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

let running: TestServer
let near: PostgresqlServer
let database: string
const clock = systemClock({ unref: true })
const opened: HubStore[] = []

beforeAll(async () => {
  running = await startPostgresql()
  near = await running.store()
  database = new URL(near.url).pathname.slice(1)
  await running.ask("create role guest login password 'guests'")
  await running.ask('create schema own authorization guest', database)
})
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()))
  await running.remove()
})

const asGuest = () => `postgresql://guest:guests@127.0.0.1:${running.port}/${database}`

async function open(fields: Partial<PostgresqlServer>, sight?: () => readonly string[] | undefined) {
  const store = await openPostgresqlStore({ server: { ...near, ...fields }, clock, ...(sight && { sight }) })
  opened.push(store)
  return store
}

/** One row of every kind that the API reads. */
function rowsOf(tenant: string): StoreChange[] {
  const person = { tenant, presentity: 'p' }
  const entry = { ...person, id: 'l', connector: 'c', address: 'a', slot: 's', open: false, updatedAt: 1 }
  return [
    { put: 'history', row: { ...person, at: 1, policyVersion: 1, body: tenant } },
    { put: 'ledger', entry: { ...entry, body: tenant } },
    { put: 'memory', tenant, scope: 's', key: 'k', body: `of ${tenant}` },
    {
      put: 'audit',
      row: { id: tenant, tenant, at: 1, who: 'anna', what: 'release', about: 'p', detail: '' },
    },
    { put: 'policyVersion', row: { tenant, version: 1, at: 1, author: 'a', comment: '', body: '{}' } },
  ]
}

/** What the API can ask for, of the archive and the ledger. */
const questions = (tenant: string): readonly Statement[] => [
  archiveStatement({ of: 'historyAt', tenant, presentity: 'p', at: 9 }),
  archiveStatement({ of: 'historyOf', query: { tenant, presentity: 'p', from: 0, to: 9, limit: 9 } }),
  archiveStatement({ of: 'historyPeople', tenant }),
  archiveStatement({ of: 'memoryWith', tenant, text: 'of' }),
  archiveStatement({ of: 'audit', query: { tenant, limit: 9 } }),
  archiveStatement({ of: 'audit', query: { tenant, limit: 9, before: { at: 9, id: 'z' } } }),
  ledgerStatement(tenant, 'p', 9),
]

/** The tenant of each row that would be found if the question named none. */
function withoutWhere({ text, values = [] }: Statement): Statement {
  const open = text.replace('tenant = $1', '$1::text is not null').replace('limit 1', 'limit 9')
  expect(open).toContain('$1::text is not null')
  return { text: open.replace(/^select .*? from/s, 'select tenant from'), values }
}

test('a question whose `where` on the tenant is missing answers rows of the tenants in sight alone', async () => {
  const store = await open({ schema: 'missing', apiRole: 'hub_api' })
  await store.commit(['a', 'b', ''].flatMap(rowsOf), 'full')
  const questioner = createQuestioner({ ...near, schema: 'missing' }, 'the test', 'a test')
  const seen = async (statement: Statement, tenants?: readonly string[]) => {
    const limit = tenants && { role: 'hub_api', tenants }
    return (await questioner.ask(statement, limit)).rows.map(([tenant]) => String(tenant)).sort()
  }
  for (const question of questions('a').map(withoutWhere)) {
    expect(await seen(question), question.text).toEqual(['', 'a', 'b'])
    expect(await seen(question, ['a']), question.text).toEqual(['a'])
    expect(await seen(question, ['b', '']), question.text).toEqual(['', 'b'])
    expect(await seen(question, []), question.text).toEqual([])
    expect(await seen(question, ['a"b', "a'b", '{', 'a,b', '\\', 'a\0']), question.text).toEqual([])
  }
  // What is not of tenants in the API's role is not read in it at all, and nothing is written.
  const refused = (text: string) => expect(seen({ text }, ['a']), text).rejects.toThrow(/permission denied/)
  await refused('select tenant from presentity')
  await refused("select set_config('hookswitch.tenants', '{b}', true) from policy_version")
  // The connection is as it was, and the hub's own are not limited.
  expect(await seen({ text: 'select tenant from presentity union select current_user' })).toEqual([
    'postgres',
  ])
  expect(await store.pruneHistory([])).toBe(3)
  await questioner.close()
})

test('who asks is limited to the tenants they reach, whichever they ask about; the rules are read whoever asks', async () => {
  let sight: readonly string[] | undefined
  const store = await open({ schema: 'sight', apiRole: 'hub_api' }, () => sight)
  await store.commit(['a', 'b'].flatMap(rowsOf), 'full')
  const found = async (tenant: string) => [
    (await store.historyAt(tenant, 'p', 9))?.tenant,
    ...(await store.ledgerOf(tenant, 'p', 9)).map((row) => row.tenant),
    ...(await store.audit({ tenant, limit: 9 })).map((row) => row.tenant),
    ...(await store.memoryWith(tenant, 'of')).map(({ body }) => body.slice(3)),
  ]
  expect(await found('b')).toEqual(['b', 'b', 'b', 'b'])
  sight = ['a']
  expect(await found('a')).toEqual(['a', 'a', 'a', 'a'])
  expect(await found('b')).toEqual([undefined])
  expect(await store.policyVersions('b')).toHaveLength(1)
})

test('an account that owns its schema and may make no roles is told what to have said, and needs no more than that', async () => {
  const owned = { url: asGuest(), schema: 'own' }
  const wish = { ...owned, apiRole: 'own_api' }
  const before = await open(owned)
  await before.commit(['a', 'b'].flatMap(rowsOf), 'full')
  await before.close()
  const refusal = async (fields: Partial<PostgresqlServer> = {}) =>
    open({ ...wish, ...fields }).then(
      () => 'was let in',
      (error: Error) => error.message,
    )
  expect(await refusal()).toMatch(/no role own_api.*: create role own_api nologin; grant own_api to guest;/)
  await running.ask('create role own_api nologin')
  expect(await refusal()).toMatch(/no member of the role own_api.*: grant own_api to guest;/)
  await running.ask('grant own_api to guest')
  for (let time = 0; time < 2; time++) {
    const store = await open(wish, () => ['a'])
    expect(await store.audit({ tenant: 'b', limit: 9 })).toEqual([])
    expect(await store.audit({ tenant: 'a', limit: 9 })).toHaveLength(1)
    await store.close()
  }
  // A role that sees everything is no limit.
  expect(await refusal({ apiRole: 'guest' })).toMatch(/member of the role that owns the tables/)
  await running.ask('create role mighty nologin bypassrls; grant mighty to guest')
  expect(await refusal({ apiRole: 'mighty' })).toMatch(/passes over row level security/)
  await running.ask('alter table own.history disable row level security', database)
  expect(await refusal()).toMatch(/row level security is off.*enable row level security/)
  await running.ask('alter table own.history enable row level security', database)
  // Whoever reads the tables with an account of their own sees what they always did.
  await running.ask("create role reporting login password 'reports'")
  await running.ask(
    'grant usage on schema own to reporting; grant select on own.history to reporting',
    database,
  )
  const { rows } = await createQuestioner(
    { ...near, url: asGuest().replace('guest:guests', 'reporting:reports'), schema: 'own' },
    'the test',
    'a report',
  ).ask({ text: 'select tenant from history order by tenant' })
  expect(rows).toEqual([['a'], ['b']])
})

test('a server that crashes during a question takes nothing else with it, and the next question is answered', async () => {
  const store = await open({ schema: 'lost', apiRole: 'hub_api' })
  await store.commit(rowsOf('slow'), 'full')
  const questioner = createQuestioner({ ...near, schema: 'lost' }, 'the test', 'a test')
  const limit = { role: 'hub_api', tenants: ['slow'] }
  const statement = { text: 'select tenant, pg_sleep(60) from history' }
  const answer = questioner.ask(statement, limit).then(
    () => 'answered again',
    (error: Error) => error.message,
  )
  const asked = "select 1 from pg_stat_activity where state = 'active' and query like 'select tenant, pg_s%'"
  await expect.poll(async () => (await running.ask(asked)).length, { timeout: 30_000 }).toBe(1)
  await store.commit([{ delete: 'history', tenant: 'slow', presentity: 'p' }], 'full')
  await running.stop('immediate')
  await running.start()
  expect(await answer).toMatch(/answered again|^the test: /)
  expect((await questioner.ask({ text: 'select tenant from audit' }, limit)).rows).toEqual([['slow']])
  await questioner.close()
})
