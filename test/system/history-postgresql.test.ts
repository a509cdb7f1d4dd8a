import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { registry } from '../../src/apps/registry.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { StoreChange } from '../../src/core/ports.ts'
import type { ExplainView } from '../../src/core/view.ts'
import { createLog } from '../../src/observe/log.ts'
import { makePostgresqlPlace } from '../contract/postgresql-place.ts'
import { runCommand } from './e2e/hub-process.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

let server: TestServer
let hub: RunningHub | undefined
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-history-pg-'))
const file = join(folder, 'hookswitch.yaml')
beforeAll(async () => {
  server = await startPostgresql()
})
afterEach(async () => {
  await hub?.stop()
  hub = undefined
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function start(store: object, history: object): Promise<void> {
  const tenants = [{ id: 'contoso', history, people: [{ upn: 'anna@contoso.example' }] }]
  writeFileSync(file, JSON.stringify({ http: { port: 0 }, store, tenants }))
  hub = await startHub(loadConfig({ file, types: registry, env: {} }), { log: createLog({ level: 'error' }) })
}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await fetch(`${hub!.url}/api/v1/people/anna@contoso.example${path}`, init)).json()) as T
}

async function say(state: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await ask('/signals/door', { method: 'PUT', headers, body: JSON.stringify({ state, ttl: 600 }) })
}

test('G-09, G-11: on PostgreSQL a past moment is explained, also after a restart; without a retention all of it is forgotten', async () => {
  const { place } = await makePostgresqlPlace(server, 'history_api')
  await start(place, { days: 7 })
  await say('inACall')
  const explain = (at: number) => ask<Partial<ExplainView> & { detail?: string }>(`/explain?at=${at}`)
  await expect.poll(async () => (await explain(Date.now())).person?.state.label).toBe('In a call')
  const then = Date.now()
  await say('away')
  await expect.poll(async () => (await explain(Date.now())).person?.state.label).toBe('Away')
  await hub!.stop()
  await start(place, { days: 7 })
  expect((await explain(then)).person?.state.label).toBe('In a call')
  const data = await ask<{ history: unknown[]; audit: { what: string }[] }>('/data')
  expect(data.history.length).toBeGreaterThan(1)
  expect(data.audit.map(({ what }) => what)).toContain('history.read')
  // The past is read beside a hub that runs.
  const replayed = await runCommand('replay', '--config', file, '--url', hub!.url)
  expect(replayed.output).toMatch(/Tenant contoso: [1-9]\d* records? of 1 person/)
  await hub!.stop()
  await start(place, {})
  expect((await explain(then)).detail).toMatch(/No history is kept/)
  const count = async () =>
    (
      await server.ask(
        'select count(*)::integer as n from hookswitch.history',
        new URL(place.url).pathname.slice(1),
      )
    )[0]?.n
  await expect.poll(count).toBe(0)
})

test('G-09: PostgreSQL itself changes and forgets no entry of the audit log', async () => {
  const place = await makePostgresqlPlace(server)
  const store = await place.open()
  const row = {
    tenant: 'contoso',
    id: '1',
    at: 1,
    who: 'olga',
    what: 'release',
    about: '*',
    detail: '',
  } as const
  await store.commit([{ put: 'audit', row }], 'full')
  const database = new URL(place.place.url).pathname.slice(1)
  for (const text of [
    "update hookswitch.audit set who = 'nobody'",
    'delete from hookswitch.audit',
    'truncate hookswitch.audit',
  ]) {
    await expect(server.ask(text, database), text).rejects.toThrow(/only ever added to/)
  }
  expect(await store.audit({ tenant: 'contoso', limit: 9 })).toEqual([row])
  await store.close()
})

test('G-11: what is to be forgotten goes by age, by number and by tenant; open rows and what still describes a moment stay', async () => {
  const place = await makePostgresqlPlace(server)
  const store = await place.open()
  const ledger = (tenant: string, id: string, updatedAt: number, open = false): StoreChange => ({
    put: 'ledger',
    entry: {
      tenant,
      id,
      presentity: 'p',
      connector: 'c',
      address: 'a',
      slot: 's',
      open,
      updatedAt,
      body: '',
    },
  })
  const history = (tenant: string, at: number, body = '{}'): StoreChange => ({
    put: 'history',
    row: { tenant, presentity: 'p', at, policyVersion: 1, body },
  })
  await store.commit(
    [
      ...[1, 2, 3, 4, 5].flatMap((at) => [ledger('kept', `k${at}`, at), ledger('gone', `g${at}`, at)]),
      ledger('kept', 'open', 0, true),
      ...[1, 5, 9].flatMap((at) => [history('kept', at), history('gone', at)]),
      history('left', 1, '{"person":{"points":[],"more":1}}'),
    ],
    'full',
  )
  const limits = { tenants: [{ tenant: 'kept', before: 3, rowsPerPerson: 2 }], othersBefore: 5 }
  expect(await store.prune(limits)).toBe(4 + 3)
  expect((await store.ledgerOf('kept', 'p', 9)).map(({ id }) => id)).toEqual(['k5', 'k4'])
  expect((await store.ledgerOf('gone', 'p', 9)).map(({ id }) => id)).toEqual(['g5'])
  expect((await Array.fromAsync(store.openLedger())).map(({ id }) => id)).toEqual(['open'])
  // What passes a limit later goes later; a tenant that is named no more loses what it has, however old.
  const byAge = (before: number, othersBefore: number) =>
    store.prune({ tenants: before ? [{ tenant: 'kept', before }] : [], othersBefore })
  expect([await byAge(4, 5), await byAge(5, 6), await byAge(0, 6)]).toEqual([0, 1 + 1, 1])
  const forgotten = await store.pruneHistory([
    { tenant: 'kept', before: 7 },
    { tenant: 'left', before: 7 },
    { tenant: 'none', before: Number.POSITIVE_INFINITY },
  ])
  expect(forgotten).toBe(1 + 3 + 1)
  const left = await store.historyOf({ tenant: 'kept', presentity: 'p', from: 0, to: 99, limit: 9 })
  expect(left.map(({ at }) => at)).toEqual([5, 9])
  // What passes the limit later goes later: only that is looked at.
  await store.commit([history('kept', 12), history('left', 8, '{"person":{"points":[]}}')], 'full')
  const later = (before: number) => store.pruneHistory(['kept', 'left'].map((tenant) => ({ tenant, before })))
  expect([await later(8), await later(9), await later(5), await later(12)]).toEqual([0, 2, 0, 1])
  const rest = await store.historyOf({ tenant: 'kept', presentity: 'p', from: 0, to: 99, limit: 9 })
  expect(rest.map(({ at }) => at)).toEqual([12])
  await expect(store.prune({ ...limits, othersBefore: Number.NaN })).rejects.toThrow(/whole numbers/)
  await store.close()
  await place.remove()
})
