import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { registry } from '../../src/apps/registry.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Contribution } from '../../src/core/ledger.ts'
import type { StoreChange } from '../../src/core/ports.ts'
import { DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { ExplainView } from '../../src/core/view.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createLog } from '../../src/observe/log.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'

const minute = 60_000
const day = 24 * 60 * minute
/** How long ago the writes were over. */
const ages = { weeks: 20 * day, days: 5 * day, yesterday: day, hour: 60 * minute, now: minute }

const histories = {
  long: '{ days: 10 }',
  short: '{ days: 2 }',
  none: '{}',
  council: '{ days: 30, worksCouncil: true }',
}
type Tenant = keyof typeof histories
const tenants = Object.keys(histories) as Tenant[]

let folder: string
let hub: RunningHub | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-retention-'))
})
afterEach(async () => {
  await hub?.stop()
  hub = undefined
  rmSync(folder, { recursive: true, force: true })
})

function closedWrite(tenant: Tenant, age: keyof typeof ages): StoreChange {
  const at = Math.round(Date.now() - ages[age])
  const contribution: Contribution = {
    id: `${tenant}-${age}`,
    slot: 'dnd',
    act: 'assert',
    state: DO_NOT_DISTURB,
    cause: { link: 'teams to pbx', kind: 'choice', at: at - 5000, text: age },
    found: undefined,
    before: undefined,
    confirmedAt: undefined,
    expiresAt: undefined,
    refreshedAt: undefined,
    endConfirmedAt: undefined,
    intentAt: at - 5000,
    ackAt: at - 4000,
    endIntentAt: at - 1000,
    endAckAt: at,
    ending: 'withdrawn',
  }
  const place = {
    tenant,
    presentity: `anna@${tenant}.example`,
    connector: 'pbx',
    address: '1001',
    slot: 'dnd',
  }
  const body = JSON.stringify(contribution)
  return { put: 'ledger', entry: { id: contribution.id, ...place, open: false, updatedAt: at, body } }
}

/** Writes as a hub of before has left them. */
async function seed(): Promise<void> {
  const store = await openSqliteStore({
    path: join(folder, 'data'),
    clock: systemClock(),
  })
  const changes = tenants.flatMap((tenant) =>
    (Object.keys(ages) as (keyof typeof ages)[]).map((age) => closedWrite(tenant, age)),
  )
  await store.commit(changes, 'full')
  await store.close()
}

async function start(clock: LabClock): Promise<RunningHub> {
  const file = join(folder, 'hookswitch.yaml')
  const list = tenants.map(
    (id) => `  - id: ${id}\n    history: ${histories[id]}\n    people: [{ upn: anna@${id}.example }]`,
  )
  writeFileSync(file, `http: { port: 0 }\nstore: { path: ./data }\ntenants:\n${list.join('\n')}\n`)
  const log = createLog({ level: 'error' })
  return await startHub(loadConfig({ file, types: registry, env: {} }), { log, clock })
}

/** Ages of the rows that are in the table itself. */
function inTable(tenant: Tenant): readonly string[] {
  const database = new Database(join(folder, 'data', 'hookswitch.db'), { readonly: true })
  try {
    const rows = database
      .prepare<[string], string>('select id from ledger where tenant = ? order by updated_at')
      .pluck()
    return rows.all(tenant).map((id) => id.slice(tenant.length + 1))
  } finally {
    database.close()
  }
}

async function ask<T>(path: string): Promise<T> {
  return (await (await fetch(`${hub!.url}/api/v1${path}`)).json()) as T
}

test('G-11: closed writes are kept per tenant; without history or in works council mode only what is recent', async () => {
  await seed()
  const clock = new LabClock()
  hub = await start(clock)
  await expect.poll(() => inTable('none')).toEqual(['now'])
  await expect.poll(() => inTable('council')).toEqual(['now'])
  await expect.poll(() => inTable('long')).toEqual(['days', 'yesterday', 'hour', 'now'])
  await expect.poll(() => inTable('short')).toEqual(['yesterday', 'hour', 'now'])
  // A look at the tables plans the next one when it is done, so time goes on in small steps.
  const left = () => {
    clock.advance(minute)
    return [...inTable('none'), ...inTable('council')]
  }
  await expect.poll(left).toEqual([])
  expect(inTable('short')).toEqual(['yesterday', 'hour', 'now'])
})

test('G-09 G-11: a plain explanation tells only recent writes, with history or without; older ones are told audited', async () => {
  await seed()
  hub = await start(new LabClock())
  for (const tenant of tenants) {
    const plain = await ask<ExplainView>(`/people/anna@${tenant}.example/explain`)
    expect(new Set(plain.history.map(({ because }) => because))).toEqual(new Set(['now']))
    expect((await ask<{ entries: unknown[] }>(`/audit?tenant=${tenant}&what=history.read`)).entries).toEqual(
      [],
    )
  }
  const anna = '/people/anna@long.example'
  await fetch(`${hub.url}/api/v1${anna}/signals/door`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'away', ttl: 600 }),
  })
  await expect
    .poll(async () => (await ask<Partial<ExplainView>>(`${anna}/explain?at=${Date.now()}`)).history?.length)
    .toBeGreaterThan(2)
  const { entries } = await ask<{ entries: unknown[] }>('/audit?tenant=long&what=history.read')
  expect(entries.length).toBeGreaterThan(0)
})
