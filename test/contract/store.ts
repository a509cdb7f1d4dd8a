import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Archive } from '../../src/core/history.ts'
import type { LedgerRow, PresentityRow, Store, StoreChange } from '../../src/core/ports.ts'
import { testArchive } from './archive.ts'

/** An empty place of its own for one test: a directory, a database. */
export interface StorePlace {
  /** Opens the store there; again after it was closed. */
  open(): Promise<Store & Archive>
  remove(): Promise<void>
}

/** What the hub relies on, whatever the store is made of. */
export function storeContract(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`store contract: ${name}`, () => {
    let place: StorePlace
    let store: Store & Archive

    beforeEach(async () => {
      place = await makePlace()
      store = await place.open()
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })
    const current = () => store
    const reopen = async () => {
      await store.close()
      store = await place.open()
      return store
    }

    describe('rows', () => testRows(current, reopen))
    describe('ledger', () => testLedger(current))
    describe('commits', () => testCommits(current, reopen))
    describe('many rows', () => testPages(current))
    describe('archive', () => testArchive(current, reopen))
    describe('closing', () => testClosing(current, reopen))
  })
}

type Current = () => Store
type Reopen = () => Promise<Store>

function testRows(store: Current, reopen: Reopen): void {
  test('an empty store is empty', async () => {
    expect(await all(store().presentities())).toEqual([])
    expect(await all(store().openLedger())).toEqual([])
    expect(await store().ledgerOf('t', 'p', 10)).toEqual([])
    expect(await store().memory('t', 's')).toEqual(new Map())
  })

  test('put inserts and replaces, delete removes, a row that is not there may be deleted', async () => {
    await store().commit([person('a', '1'), person('b', '1'), person('a', '2')], 'normal')
    await store().commit(
      [
        { delete: 'presentity', tenant: 't', id: 'b' },
        { delete: 'presentity', tenant: 't', id: 'nobody' },
      ],
      'full',
    )
    expect(await all((await reopen()).presentities())).toEqual([{ tenant: 't', id: 'a', body: '2' }])
  })

  test('tenants, scopes and keys are kept apart', async () => {
    const memory = (tenant: string, scope: string, key: string): StoreChange => ({
      put: 'memory',
      tenant,
      scope,
      key,
      body: [tenant, scope, key].join('/'),
    })
    await store().commit([memory('t', 's', 'k'), memory('t', 's', 'l'), memory('t', 'u', 'k')], 'normal')
    await store().commit([memory('v', 's', 'k'), person('a', '1'), person('a', '2', 'v')], 'normal')
    await store().commit([{ delete: 'memory', tenant: 't', scope: 's', key: 'l' }], 'normal')
    expect(await store().memory('t', 's')).toEqual(new Map([['k', 't/s/k']]))
    expect(await store().memory('t', 'u')).toEqual(new Map([['k', 't/u/k']]))
    expect(await store().memory('v', 's')).toEqual(new Map([['k', 'v/s/k']]))
    expect(sorted(await all(store().presentities()))).toEqual([
      { tenant: 't', id: 'a', body: '1' },
      { tenant: 'v', id: 'a', body: '2' },
    ])
  })

  test('a new row is refused where its key is there, with everything of its commit', async () => {
    const first = (body: string): StoreChange => ({
      ...{ put: 'newMemory', tenant: '', scope: 's', key: '1' },
      body,
    })
    const writes = [[first('a')], [person('a', '1'), first('b')], [person('b', '1')]]
    const done = await Promise.allSettled(writes.map((changes) => store().commit(changes, 'full')))
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await store().memory('', 's')).toEqual(new Map([['1', 'a']]))
    expect((await all(store().presentities())).map(({ id }) => id)).toEqual(['b'])
  })

  test('texts come back as they went in', async () => {
    const texts = [
      '',
      'a\x1fb',
      ' ',
      "'; drop table presentity; --",
      '%_\\',
      '日本 ✆ 😀 e\u0301',
      '\r\n\t\u0001',
      '{"a":"\\u0000"}',
      'x'.repeat(2_000_000),
    ]
    await store().commit(
      texts.map((text, index) => ({
        put: 'memory' as const,
        tenant: 't',
        scope: 's',
        key: `${index}${text.slice(0, 40)}`,
        body: text,
      })),
      'full',
    )
    const found = await (await reopen()).memory('t', 's')
    expect([...found.values()].sort()).toEqual([...texts].sort())
    for (const [index, text] of texts.entries()) expect(found.get(`${index}${text.slice(0, 40)}`)).toBe(text)
  })

  test('keys may be empty, and differ by letter case and trailing blanks', async () => {
    const ids = ['', 'a', 'A', 'a ', 'ä']
    await store().commit(
      ids.flatMap((id) => [person(id, id), ledgerPut({ id, open: true })]),
      'normal',
    )
    expect(sorted(await all(store().presentities())).map((row) => row.id)).toEqual([...ids].sort())
    expect((await all(store().openLedger())).map((row) => row.id).sort()).toEqual([...ids].sort())
  })
}

function testLedger(store: Current): void {
  test('an open row is found until it is closed; then it is history', async () => {
    const row = ledgerRow({ id: 'one', open: true, updatedAt: 1_795_000_000_123, body: '{"a":1}' })
    await store().commit([{ put: 'ledger', entry: row }], 'full')
    expect(await all(store().openLedger())).toEqual([row])
    expect(await store().ledgerOf('t', 'p', 10)).toEqual([])
    const closed = { ...row, open: false, updatedAt: row.updatedAt + 1, body: '{}' }
    await store().commit([{ put: 'ledger', entry: closed }], 'full')
    expect(await all(store().openLedger())).toEqual([])
    expect(await store().ledgerOf('t', 'p', 10)).toEqual([closed])
  })

  test('history is of one person, newest first, at most the limit', async () => {
    const times = [5, 3, 9, 1, 7, 9]
    await store().commit(
      times.map((updatedAt, index) => ledgerPut({ id: `r${index}`, updatedAt })),
      'normal',
    )
    await store().commit(
      [
        ledgerPut({ id: 'other', presentity: 'q', updatedAt: 100 }),
        ledgerPut({ id: 'r2', tenant: 'v', updatedAt: 100 }),
      ],
      'normal',
    )
    const times3 = (await store().ledgerOf('t', 'p', 3)).map((row) => row.updatedAt)
    expect(times3).toEqual([9, 9, 7])
    expect((await store().ledgerOf('t', 'p', 100)).length).toBe(6)
    expect(await store().ledgerOf('t', 'p', 0)).toEqual([])
  })
}

function testCommits(store: Current, reopen: Reopen): void {
  test('a commit without changes is done', async () => {
    await store().commit([], 'full')
  })

  test('the rows of a commit are written together or not at all; others are not hindered', async () => {
    const bad = { put: 'ledger', entry: ledgerRow({ updatedAt: Number.NaN }) } as const
    const results = await Promise.allSettled([
      store().commit([person('a', '1')], 'normal'),
      store().commit([person('b', '1'), bad, person('c', '1')], 'normal'),
      store().commit([person('d', '1')], 'full'),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(sorted(await all((await reopen()).presentities())).map((row) => row.id)).toEqual(['a', 'd'])
  })

  test.each([
    ['a NUL character', person('a\0b', '1')],
    ['half a surrogate pair', person('a', '\ud83d')],
    ['what is no text', person('a', 5 as unknown as string)],
    ['an unknown table', { put: 'nothing', tenant: 't', id: 'a', body: '' } as unknown as StoreChange],
    ['nothing', {} as StoreChange],
  ])('refuses %s and says so', async (_what, change) => {
    await expect(store().commit([change], 'normal')).rejects.toThrow(/cannot be stored/)
    expect(await all(store().presentities())).toEqual([])
  })

  test('commits take effect in the order they were made, whatever their durability', async () => {
    const commits = Array.from({ length: 300 }, (_, index) =>
      store().commit([person('a', String(index))], index % 3 === 0 ? 'full' : 'normal'),
    )
    expect(await all(store().presentities())).toEqual([{ tenant: 't', id: 'a', body: '299' }])
    await Promise.all(commits)
  })

  test('a read sees every commit made before it, awaited or not', async () => {
    const commit = store().commit([person('a', '1')], 'normal')
    const read = all(store().presentities())
    expect((await read).length).toBe(1)
    await commit
  })

  test('what is changed in the caller after the call is not changed in the store', async () => {
    const changes = [person('a', '1')]
    const commit = store().commit(changes, 'normal')
    changes.push(person('b', '1'))
    await commit
    expect((await all(store().presentities())).length).toBe(1)
  })

  test('a thousand commits at once', async () => {
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => store().commit([person(`p${index}`, '1')], 'normal')),
    )
    expect((await all(store().presentities())).length).toBe(1_000)
  })
}

function testPages(store: Current): void {
  test('every row comes once, also while others are written, and large bodies are no obstacle', async () => {
    const body = 'x'.repeat(5_000)
    const ids = Array.from({ length: 3_000 }, (_, index) => `p${String(index).padStart(5, '0')}`)
    await store().commit(
      ids.flatMap((id) => [person(id, body), ledgerPut({ id, open: true, body })]),
      'normal',
    )
    const seen: string[] = []
    for await (const row of store().presentities()) {
      if (seen.length % 500 === 0) await store().commit([person(row.id, 'changed')], 'normal')
      seen.push(row.id)
    }
    expect(seen.sort()).toEqual(ids)
    expect((await all(store().openLedger())).map((row) => row.id).sort()).toEqual(ids)
  })

  test('the rows of one tenant alone, whatever the tenants before and after it are called', async () => {
    const tenants = ['a', 't', 't-', 't0', 'u']
    const ids = Array.from({ length: 1_200 }, (_, index) => `p${String(index).padStart(5, '0')}`)
    await store().commit(
      tenants.flatMap((tenant) =>
        ids.flatMap((id) => [
          person(id, tenant, tenant),
          ledgerPut({ tenant, id, open: true, body: tenant }),
        ]),
      ),
      'normal',
    )
    for (const tenant of ['t', 't-', 'nobody']) {
      const wanted = tenant === 'nobody' ? [] : ids.map((id) => `${tenant} ${id}`)
      const people = await all(store().presentities(tenant))
      expect(people.map((row) => `${row.tenant} ${row.id}`)).toEqual(wanted)
      const ledger = await all(store().openLedger(tenant))
      expect(ledger.map((row) => `${row.tenant} ${row.id}`)).toEqual(wanted)
    }
  })

  test('reading may stop early', async () => {
    await store().commit(
      Array.from({ length: 5_000 }, (_, index) => person(`p${index}`, '1')),
      'normal',
    )
    for await (const row of store().presentities()) {
      expect(row.tenant).toBe('t')
      break
    }
    await store().commit([person('after', '1')], 'full')
  })

  test('a large scope of the memory comes whole', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `k${index}`)
    await store().commit(
      keys.map((key) => ({ put: 'memory' as const, tenant: 't', scope: 's', key, body: key })),
      'normal',
    )
    expect(await store().memory('t', 's')).toEqual(new Map(keys.map((key) => [key, key])))
  })
}

function testClosing(store: Current, reopen: Reopen): void {
  test('what was asked before close is done; what is asked after it is refused', async () => {
    const closing = store()
    const commit = closing.commit([person('a', '1')], 'normal')
    const closed = closing.close()
    await expect(closing.commit([person('b', '1')], 'normal')).rejects.toThrow(/closed/)
    await expect(closing.ledgerOf('t', 'p', 1)).rejects.toThrow(/closed/)
    await Promise.all([commit, closed, closing.close()])
    expect((await all((await reopen()).presentities())).map((row) => row.id)).toEqual(['a'])
  })

  test('schema upgrades are not repeated', async () => {
    await store().commit([person('a', '1')], 'full')
    await reopen()
    expect((await all((await reopen()).presentities())).length).toBe(1)
  })
}

function person(id: string, body: string, tenant = 't'): StoreChange {
  return { put: 'presentity', tenant, id, body }
}

function ledgerRow(fields: Partial<LedgerRow>): LedgerRow {
  return {
    id: 'l',
    tenant: 't',
    presentity: 'p',
    connector: 'pbx',
    address: '1001',
    slot: 'dnd',
    open: false,
    updatedAt: 1,
    body: '{}',
    ...fields,
  }
}

function ledgerPut(fields: Partial<LedgerRow>): StoreChange {
  return { put: 'ledger', entry: ledgerRow(fields) }
}

async function all<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  return Array.fromAsync(rows)
}

/** In no order that a store promises. */
function sorted(rows: PresentityRow[]): PresentityRow[] {
  const key = (row: PresentityRow) => `${row.tenant}/${row.id}`
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
