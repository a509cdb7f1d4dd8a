import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { StoreChange } from '../../src/core/ports.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { openStore, type StorePlace } from '../../src/store/open-store.ts'
import { runCommand } from './e2e/hub-process.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'
import { readAll, rowsOfEverything, texts } from './support/store-rows.ts'

let server: TestServer
let folder: string
let from: StorePlace
let to: StorePlace
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server.remove())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-migrate-'))
  const common = { schema: 'hookswitch', poolSize: 2, tls: 'auto' } as const
  from = { ...common, kind: 'sqlite', path: join(folder, 'data') }
  to = { kind: 'postgresql', path: join(folder, 'data'), ...(await server.store()) }
  for (const [name, store] of Object.entries({ old: from, new: to }))
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify({ store, tenants: [{ id: 'contoso' }] }))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const clock = systemClock({ unref: true })
async function fill(): Promise<void> {
  const store = await openStore(from, { clock })
  const many = Array.from({ length: 1_500 }, (_, index): StoreChange => {
    return { put: 'presentity', tenant: 'many', id: `p${index}`, body: String(index) }
  })
  await store.commit([...rowsOfEverything(), ...many], 'full')
  await store.close()
}

const run = () =>
  runCommand('migrate-store', '--config', join(folder, 'old.yaml'), '--to', join(folder, 'new.yaml'))

test('a stopped hub moves from SQLite to PostgreSQL: every row, in the same order', async () => {
  await fill()
  const { code, output } = await run()
  expect(output).toContain('number and checksum of every table are the same')
  expect(output).toMatch(new RegExp(`presentity +${1_500 + texts.length} rows {2}[0-9a-f]{64}`))
  expect(output).toMatch(new RegExp(`audit +${texts.length} rows`))
  expect(code).toBe(0)
  const moved = await readAll(await openStore(to, { clock }))
  expect(moved).toEqual(await readAll(await openStore(from, { clock })))
  expect(moved.audit).toHaveLength(texts.length)
})

test('a store that is not empty is refused and left as it is; emptied, the move can be run again', async () => {
  await fill()
  const target = await openStore(to, { clock })
  await target.commit([{ put: 'memory', tenant: 'x', scope: 's', key: 'k', body: 'b' }], 'full')
  const busy = await run()
  // Both configurations have one data directory, which the open store holds.
  expect(busy.output).toMatch(/Nothing was moved: .*in use by/)
  await target.close()
  const refused = await run()
  expect(refused.output).toMatch(/is not empty: the table memory has rows/)
  expect([busy.code, refused.code]).toEqual([73, 73])
  const database = new URL(to.url!).pathname.slice(1)
  await server.ask('delete from hookswitch.memory', database)
  expect((await run()).code).toBe(0)
  const again = await run()
  expect(again.output).toMatch(/is not empty: the table presentity has rows/)
})

test('a copy that came out different is told and not kept', async () => {
  await fill()
  await (await openStore(to, { clock })).close()
  const database = new URL(to.url!).pathname.slice(1)
  await server.ask(
    `create function hookswitch.spoil() returns trigger language plpgsql as
       $$ begin if new.id = 'p7' then new.body := '8'; end if; return new; end $$;
     create trigger spoil before insert on hookswitch.presentity for each row execute function hookswitch.spoil()`,
    database,
  )
  const { code, output } = await run()
  expect([code, output]).toEqual([
    73,
    expect.stringMatching(/table presentity came out different .* Nothing was kept/),
  ])
  expect(await server.ask('select count(*)::integer as n from hookswitch.presentity', database)).toEqual([
    { n: 0 },
  ])
})

test('a running hub, a missing directory and two stores of one kind are refused', async () => {
  const missing = await run()
  expect(missing.output).toMatch(/there is no ledger in/)
  const same = await runCommand(
    'migrate-store',
    '--config',
    join(folder, 'old.yaml'),
    '--to',
    join(folder, 'old.yaml'),
  )
  expect([same.code, same.output]).toEqual([64, expect.stringContaining('from sqlite to postgresql')])
  const running = await openStore(from, { clock })
  const { code, output } = await run()
  expect([code, output]).toEqual([73, expect.stringMatching(/data directory .* is in use by process/)])
  await running.close()
})
