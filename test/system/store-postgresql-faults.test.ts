import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HubStore } from '../../src/core/hub-store.ts'
import type { StoreChange } from '../../src/core/ports.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { openStore } from '../../src/store/open-store.ts'
import { makePostgresqlPlace, type PostgresqlPlace } from '../contract/postgresql-place.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'
import { killWriters } from './support/store-kills.ts'
import { startTcpGate } from './support/tcp-gate.ts'

let server: TestServer
let place: PostgresqlPlace
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server.remove())
beforeEach(async () => {
  place = await makePostgresqlPlace(server)
})
afterEach(() => place.remove())

const kills = 12
/** Real milliseconds for many restarts on a busy machine. */
const patienceMs = 400_000
test(
  `nothing acknowledged is lost and no commit is torn by ${kills} kills of the hub during writes`,
  async () => {
    const commits = await killWriters(place, kills)
    expect(commits).toBeGreaterThan(kills)
    console.log(`PostgreSQL: ${kills} kills, ${commits} acknowledged commits, none lost, none torn`)
  },
  patienceMs,
)

const memory = (key: string, body: string): StoreChange => ({
  put: 'memory',
  tenant: 't',
  scope: 's',
  key,
  body,
})
const audit = (id: string): StoreChange => ({
  put: 'audit',
  row: { id, tenant: 't', at: 1, who: 'anna', what: 'release', about: '*', detail: id },
})

describe('the server goes and comes back', () => {
  let store: HubStore
  beforeEach(async () => {
    store = await place.open()
  })
  afterEach(() => store.close())

  test(
    'commits made meanwhile are written, in their order, each once',
    async () => {
      const stops = 6
      let over = false
      const acknowledged = new Map<string, number>()
      const written: string[] = []
      let failures = 0
      const writers = Array.from({ length: 8 }, async (_, index) => {
        const writer = `w${index}`
        for (let number = 1; !over; number++) {
          const id = `${writer}-${number}`
          const changes = [memory(writer, String(number)), memory(`${writer}+`, String(number)), audit(id)]
          await store.commit(changes, number % 2 === 0 ? 'full' : 'normal').catch(() => failures++)
          acknowledged.set(writer, number)
          written.push(id)
        }
      })
      for (let round = 0; round < stops; round++) {
        const before = written.length
        await expect.poll(() => written.length, { timeout: 60_000 }).toBeGreaterThan(before + 20)
        await server.stop(round % 2 === 0 ? 'fast' : 'immediate')
        await server.start()
      }
      over = true
      await Promise.all(writers)
      expect(failures).toBe(0)
      const rows = await store.memory('t', 's')
      for (const [writer, number] of acknowledged) {
        expect(rows.get(writer), writer).toBe(String(number))
        expect(rows.get(`${writer}+`), writer).toBe(String(number))
      }
      const kept = await server.ask('select id from hookswitch.audit order by id', place.database)
      expect(kept.map(({ id }) => id)).toEqual([...written].sort())
      console.log(
        `PostgreSQL: ${stops} stops, ${written.length} commits acknowledged, none lost, none refused`,
      )
    },
    patienceMs,
  )

  test('what is asked while it is away waits: commits and the reads behind them', async () => {
    await store.commit([memory('a', '1')], 'full')
    await server.stop('immediate')
    const commit = store.commit([memory('a', '2')], 'full')
    const read = store.memory('t', 's')
    await server.start()
    await commit
    expect(await read).toEqual(new Map([['a', '2']]))
  })

  test('each of its connections may be ended alone', async () => {
    for (let round = 0; round < 3; round++) {
      await server.ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'hookswitch %'
         and pid = (select pid from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database()) order by objid ${round % 2 ? 'desc' : 'asc'} limit 1)`,
        place.database,
      )
      await store.commit([memory('a', String(round))], 'normal')
      expect(await store.memory('t', 's')).toEqual(new Map([['a', String(round)]]))
    }
  })
})

test('whoever stops while the server is away is told so, and what waits is refused after some seconds', async () => {
  const told: (Error | undefined)[] = []
  const away = (reason: Error | undefined) => void told.push(reason)
  const store = await openStore(place.place, { clock: systemClock({ unref: true }), away })
  await server.stop('fast')
  await expect.poll(() => told.length).toBeGreaterThan(0)
  expect(told[0]?.message).toMatch(/cannot be reached|does not accept/)
  await server.start()
  await expect.poll(() => told.at(-1)).toBeUndefined()
  await server.stop('fast')
  const waiting = store.commit([memory('a', '1')], 'full')
  store.stopping?.()
  await expect(waiting).rejects.toThrow(/was closed while its server was away/)
  await store.close()
  await server.start()
})

test('a commit whose answer was lost is written again, and an entry of the audit log is there once', async () => {
  const gate = await startTcpGate(server.port)
  const url = place.place.url.replace(`:${server.port}`, `:${gate.port}`)
  const store = await openStore({ ...place.place, url }, { clock: systemClock({ unref: true }) })
  try {
    await store.commit([audit('one')], 'full')
    gate.holdAnswers()
    const lost = store.commit([audit('two'), memory('a', '1')], 'full')
    const count = async () => {
      const [row] = await server.ask('select count(*)::integer as n from hookswitch.audit', place.database)
      return row?.n
    }
    await expect.poll(count).toBe(2)
    gate.cut()
    await lost
    expect(await count()).toBe(2)
    await expect(store.commit([audit('two')], 'full')).rejects.toThrow(/duplicate key/)
    await expect(store.commit([memory('a', '2')], 'full')).resolves.toBeUndefined()
  } finally {
    await store.close()
    await gate.close()
  }
})
