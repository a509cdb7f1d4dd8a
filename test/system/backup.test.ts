import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/observe/clock.ts'
import { makeBackup, restoreBackup } from '../../src/store/backup.ts'
import { openStore, type StorePlace } from '../../src/store/open-store.ts'
import { runCommand } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { openKillWorld } from './scenarios/kill-world.ts'
import { until } from './support/child.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'
import { readAll, rowsOfEverything, texts } from './support/store-rows.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startPostgresql()
})
afterAll(() => server.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const clock = systemClock({ unref: true })
const kinds = ['sqlite', 'postgresql'] as const
type Kind = (typeof kinds)[number]

/** An empty place with a configuration that names it. */
async function place(kind: Kind, name: string) {
  const path = join(folder, name)
  const store: StorePlace =
    kind === 'postgresql'
      ? { kind, path, ...(await server.store()) }
      : { kind, path, schema: 'hookswitch', poolSize: 2, tls: 'auto' }
  const file = join(folder, `${name}.yaml`)
  // A secret that is not at hand and a person that is wrong: neither is needed here.
  writeFileSync(file, JSON.stringify({ store, tenants: [{ id: 'contoso', people: [{ upn: 7 }] }] }))
  return { store, file, open: () => openStore(store, { clock }) }
}

const backup = (from: { readonly file: string }, to: string) =>
  runCommand('backup', '--config', from.file, '--to', to)
const restore = (to: { readonly file: string }, from: string) =>
  runCommand('restore', '--config', to.file, '--from', from)

test.each(kinds.flatMap((from) => kinds.map((to) => [from, to] as const)))(
  'a backup of a running store on %s, restored to %s: every row, in the same order',
  async (from, to) => {
    const [old, fresh] = [await place(from, 'old'), await place(to, 'fresh')]
    const store = await old.open()
    await store.commit(rowsOfEverything(), 'full')
    const file = join(folder, 'of-today.backup')
    const made = await backup(old, file)
    expect(made).toEqual({ code: 0, output: expect.stringContaining(`The backup is ${file}`) })
    expect(made.output).toMatch(new RegExp(`audit +${texts.length} rows {2}[0-9a-f]{64}`))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await backup(old, file)).output).toContain('is there already')
    await store.commit([{ put: 'memory', tenant: 't', scope: 'later', key: 'k', body: 'b' }], 'full')
    await store.close()
    const put = await restore(fresh, file)
    expect(put).toEqual({ code: 0, output: expect.stringContaining('Everything is there') })
    const sums = (text: string) => text.match(/^\w+ +\d+ rows.*$/gm)
    expect(sums(put.output)).toEqual(sums(made.output))
    const was = await readAll(await old.open())
    const memory = was.memory.filter(({ scope }) => scope !== 'later')
    expect(await readAll(await fresh.open())).toEqual({ ...was, memory })
    expect((await restore(fresh, file)).output).toMatch(/Nothing was restored: .*(already|not empty)/)
  },
)

test('a backup during writes holds one moment: what was committed together is there together', async () => {
  const old = await place('sqlite', 'old')
  const store = await old.open()
  let count = 0
  let stop = false
  const writing = (async () => {
    while (!stop) {
      const body = String(++count)
      const row = { put: 'memory', tenant: 't', scope: 'pair', body } as const
      await store.commit(
        [
          { ...row, key: 'a' },
          { put: 'presentity', tenant: 't', id: 'z', body },
        ],
        'normal',
      )
    }
  })()
  await until(() => count > 50, 'some writes')
  for (let round = 0; round < 3; round++) {
    const file = join(folder, `${round}.backup`)
    await makeBackup({ place: old.store, file, program: 'test', now: 0 })
    const fresh = await place('sqlite', `fresh${round}`)
    await restoreBackup({ place: fresh.store, file, now: 0 })
    const { people, memory } = await readAll(await fresh.open())
    expect(people[0]?.body).toBe(memory[0]?.body)
  }
  stop = true
  await writing
  await store.close()
})

test('a file that is damaged, cut off, changed, or of a newer program is refused, and nothing is made of it', async () => {
  const [old, fresh] = [await place('sqlite', 'old'), await place('sqlite', 'fresh')]
  const store = await old.open()
  await store.commit(rowsOfEverything(), 'full')
  await store.close()
  const file = join(folder, 'good.backup')
  await makeBackup({ place: old.store, file, program: '1.2.3', now: 0 })
  const good = readFileSync(file)
  const text = gunzipSync(good).toString()
  const write = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(folder, name), typeof bytes === 'string' ? gzipSync(bytes) : bytes)
    return join(folder, name)
  }
  const spoiled = Buffer.from(good)
  spoiled[Math.floor(spoiled.length / 2)]! ^= 0xff
  const cases: readonly (readonly [string, RegExp])[] = [
    [write('spoiled', spoiled), /cannot be used/],
    [write('cut', good.subarray(0, good.length - 200)), /is damaged or cut off/],
    [write('plain', Buffer.from(text)), /is damaged or cut off/],
    [write('short', text.slice(0, text.lastIndexOf('{"end"'))), /ends too early/],
    [write('changed', text.replace('"release"', '"relaese"')), /the table audit came out different/],
    [write('row', text.replace(/^\["t","a.*$/m, '["t"]')), /a row that does not fit/],
    [write('newer', text.replace('"schema":', '"schema":9')), /made by Hookswitch 1\.2\.3, which is newer/],
    [write('format', text.replace('"formatVersion":1', '"formatVersion":2')), /has format 2/],
    [write('names', text.replace('"presentity"', '"p; drop table ledger"')), /does not describe its tables/],
    [write('other', '{"a":1}\n'), /is no backup of Hookswitch/],
    [join(folder, 'missing'), /missing/],
  ]
  for (const [name, words] of cases) {
    await expect(restoreBackup({ place: fresh.store, file: name, now: 0 }), name).rejects.toThrow(words)
  }
  expect(existsSync(fresh.store.path)).toBe(false)
  const verified = await runCommand('restore', '--verify', '--from', file)
  expect([verified.code, verified.output]).toEqual([
    0,
    expect.stringContaining('by Hookswitch 1.2.3 from sqlite'),
  ])
})

test.each(kinds)('a store on %s that a hub has open is not restored to', async (kind) => {
  const old = await place('sqlite', 'old')
  await (await old.open()).close()
  const file = join(folder, 'one.backup')
  await makeBackup({ place: old.store, file, program: 'test', now: 0 })
  const busy = await place(kind, 'busy')
  const store = await busy.open()
  const { code, output } = await restore(busy, file)
  await store.close()
  expect([code, output]).toEqual([73, expect.stringMatching(/Nothing was restored: .* is in use by/)])
})

test('what is not right on the command line is said', async () => {
  const missing = await place('sqlite', 'none')
  const runs = [
    await runCommand('backup', '--config', missing.file),
    await runCommand('restore', '--config', missing.file),
    await backup(missing, join(folder, 'a.backup')),
    await backup(await place('postgresql', 'empty'), join(folder, 'a.backup')),
  ]
  expect(runs.map(({ code }) => code)).toEqual([64, 64, 73, 73])
  expect(runs[2]?.output).toMatch(/No backup was made: there is no ledger in/)
  expect(runs[3]?.output).toMatch(/there is no ledger in PostgreSQL at/)
})

test.each(kinds)(
  'G-02: a hub with a call and a do not disturb of its own on %s is backed up and destroyed; restored elsewhere it ends both',
  async (kind) => {
    const store = kind === 'postgresql' ? { kind, ...(await server.store()) } : undefined
    const opened = await openKillWorld(store ? { store } : {})
    const { world, soon } = opened
    const config = `${world.data}/hookswitch.yaml`
    const [anna, chiara] = [world.person('anna'), world.person('chiara')]
    const phones = { anna: world.phone('1001'), chiara: world.phone('1003') }
    try {
      await opened.start()
      phones.anna.dial()
      chiara.status(DND)
      await until(() => anna.shown() === IN_A_CALL && phones.chiara.dnd() === 'on', 'both', soon + 7_000)
      const made = await runCommand('backup', '--config', config, '--to', folder)
      expect(made.code).toBe(0)
      await opened.kill()
      opened.loseLedger()
      if (store) await server.ask('drop schema hookswitch cascade', new URL(store.url).pathname.slice(1))
      const file = join(folder, readdirSync(folder)[0]!)
      expect(file).toMatch(/hookswitch-\d{8}T\d{6}Z\.backup$/)
      expect((await runCommand('restore', '--config', config, '--from', file)).code).toBe(0)
      // Both end while nobody looks.
      phones.anna.hangup()
      chiara.status(null)
      await opened.start()
      await until(
        () => anna.shown() === FREE && anna.sessions() === 0 && phones.chiara.dnd() === 'off',
        () =>
          `both to be free: Teams ${anna.shown()}, ${anna.sessions()} sessions, phone ${phones.chiara.dnd()}`,
        soon + 7_000,
      )
    } finally {
      await opened.stop()
    }
  },
)
