import { expect, test } from 'vitest'
import type { Archive, AuditRow, HistoryRow } from '../../src/core/history.ts'
import type { Store, StoreChange } from '../../src/core/ports.ts'

type Current = () => Store & Archive

/** What the hub relies on of what is kept of the past, whatever the store is made of. */
export function testArchive(store: Current, reopen: () => Promise<Store & Archive>): void {
  test('an empty archive is empty', async () => {
    expect(await store().historyAt('t', 'p', 10)).toBeUndefined()
    expect(await store().historyOf({ tenant: 't', presentity: 'p', from: 0, to: 10, limit: 10 })).toEqual([])
    expect(await store().historyPeople('t')).toEqual([])
    expect(await store().policyVersions('t')).toEqual([])
    expect(await store().audit({ tenant: 't', limit: 10 })).toEqual([])
    expect(await store().memoryWith('t', 'x')).toEqual([])
  })

  test('G-11: the row at a moment is the newest at or before it; a second row of one moment replaces the first', async () => {
    await store().commit(
      [history({ at: 10 }), history({ at: 20, body: 'old' }), history({ at: 20 })],
      'normal',
    )
    await store().commit([history({ at: 5, presentity: 'q' }), history({ at: 7, tenant: 'v' })], 'normal')
    const at = async (time: number) => (await store().historyAt('t', 'p', time))?.at
    expect([await at(9), await at(10), await at(19), await at(20), await at(99)]).toEqual([
      undefined,
      10,
      10,
      20,
      20,
    ])
    expect(await (await reopen()).historyAt('t', 'p', 20)).toEqual(historyRow({ at: 20 }))
    expect(await store().historyPeople('t')).toEqual(['p', 'q'])
  })

  test('a stretch is after its beginning, up to its end, oldest first, at most the limit', async () => {
    await store().commit(
      [5, 3, 9, 1, 7].map((at) => history({ at })),
      'normal',
    )
    const between = async (from: number, to: number, limit: number) =>
      (await store().historyOf({ tenant: 't', presentity: 'p', from, to, limit })).map(({ at }) => at)
    expect(await between(1, 7, 10)).toEqual([3, 5, 7])
    expect(await between(1, 7, 2)).toEqual([3, 5])
    expect(await between(9, 99, 10)).toEqual([])
  })

  test('G-11: erasing a person leaves others, open ledger rows and the audit log', async () => {
    const ledger = (id: string, open: boolean, presentity = 'p'): StoreChange => ({
      put: 'ledger',
      entry: {
        id,
        tenant: 't',
        presentity,
        connector: 'c',
        address: 'a',
        slot: 's',
        open,
        updatedAt: 1,
        body: '{}',
      },
    })
    await store().commit(
      [
        history({}),
        history({ presentity: 'q' }),
        ledger('open', true),
        ledger('closed', false),
        ledger('other', false, 'q'),
        { put: 'audit', row: auditRow({ about: 'p' }) },
      ],
      'full',
    )
    await store().commit(
      [
        { delete: 'history', tenant: 't', presentity: 'p' },
        { delete: 'closedLedger', tenant: 't', presentity: 'p' },
      ],
      'full',
    )
    expect(await store().historyPeople('t')).toEqual(['q'])
    expect((await Array.fromAsync(store().openLedger())).map(({ id }) => id)).toEqual(['open'])
    expect(await store().ledgerOf('t', 'p', 10)).toEqual([])
    expect((await store().ledgerOf('t', 'q', 10)).length).toBe(1)
    expect((await store().audit({ tenant: 't', limit: 10 })).length).toBe(1)
  })

  test('G-09: versions of the rules stay as they were stored, oldest first', async () => {
    const version = (number: number, body: string): StoreChange => ({
      put: 'policyVersion',
      row: { tenant: 't', version: number, at: number, author: 'anna', comment: 'why', body },
    })
    await store().commit([version(2, 'two'), version(1, 'one')], 'full')
    await expect(store().commit([version(2, 'changed')], 'full')).rejects.toThrow()
    expect((await (await reopen()).policyVersions('t')).map(({ body }) => body)).toEqual(['one', 'two'])
  })

  test('G-09: an entry of the audit log is never replaced', async () => {
    await store().commit([{ put: 'audit', row: auditRow({}) }], 'full')
    const again: StoreChange = { put: 'audit', row: auditRow({ who: 'mallory' }) }
    await expect(store().commit([again], 'full')).rejects.toThrow()
    expect((await store().audit({ tenant: 't', limit: 1 }))[0]).toEqual(auditRow({}))
  })

  test('G-09: the audit log is read newest first, page by page, by person, by reader and by time', async () => {
    const rows = [1, 2, 2, 3].map((at, index) =>
      auditRow({ id: `e${index}`, at, who: index % 2 === 0 ? 'anna' : 'ben', about: `p${index}` }),
    )
    await store().commit(
      [...rows, auditRow({ id: 'x', tenant: 'v' })].map((row) => ({ put: 'audit' as const, row })),
      'full',
    )
    const ids = async (query: Partial<Parameters<Archive['audit']>[0]>) =>
      (await store().audit({ tenant: 't', limit: 10, ...query })).map(({ id }) => id)
    expect(await ids({})).toEqual(['e3', 'e2', 'e1', 'e0'])
    expect(await ids({ limit: 2 })).toEqual(['e3', 'e2'])
    expect(await ids({ before: { at: 2, id: 'e2' } })).toEqual(['e1', 'e0'])
    expect(await ids({ who: 'ben' })).toEqual(['e3', 'e1'])
    expect(await ids({ about: 'p2' })).toEqual(['e2'])
    expect(await ids({ from: 2, to: 2 })).toEqual(['e2', 'e1'])
    expect(await ids({ what: 'release' })).toEqual([])
  })

  test('entries of the memory are found by a text in key or body, any letter case', async () => {
    const memory = (key: string, body: string): StoreChange => ({
      put: 'memory',
      tenant: 't',
      scope: 's',
      key,
      body,
    })
    await store().commit([memory('Anna', '1'), memory('k', '["ANNA%"]'), memory('ben', '2')], 'full')
    expect((await store().memoryWith('t', 'anna')).map(({ key }) => key)).toEqual(['Anna', 'k'])
    expect((await store().memoryWith('t', 'a%')).map(({ key }) => key)).toEqual(['k'])
  })

  test('refuses times that are no whole numbers', async () => {
    await expect(store().commit([history({ at: 1.5 })], 'normal')).rejects.toThrow(/cannot be stored/)
    const row = auditRow({ at: Number.NaN })
    await expect(store().commit([{ put: 'audit', row }], 'normal')).rejects.toThrow(/cannot be stored/)
  })
}

function historyRow(fields: Partial<HistoryRow>): HistoryRow {
  return { tenant: 't', presentity: 'p', at: 1, policyVersion: 1, body: '{}', ...fields }
}

function history(fields: Partial<HistoryRow>): StoreChange {
  return { put: 'history', row: historyRow(fields) }
}

function auditRow(fields: Partial<AuditRow>): AuditRow {
  return {
    id: 'e',
    tenant: 't',
    at: 1,
    who: 'anna',
    what: 'history.read',
    about: 'p',
    detail: 'at noon',
    ...fields,
  }
}
