import { expect, test } from 'vitest'
import { recentWritesMs } from '../../core/ledger.ts'
import { historyLimits, ledgerLimits } from './kept.ts'

const day = 86_400_000
const now = 1_000 * day

test('G-11: writes are kept as long as the tenant keeps its history; without one, or in works council mode, minutes', () => {
  const tenants = [
    { id: 'long', history: { days: 30, worksCouncil: false } },
    { id: 'short', history: { days: 1, worksCouncil: false } },
    { id: 'none', history: { days: 0, worksCouncil: false } },
    { id: 'council', history: { days: 30, worksCouncil: true } },
  ]
  const kept = [
    { tenant: 'long', before: now - 30 * day },
    { tenant: 'short', before: now - day },
  ]
  expect(historyLimits(tenants, now)).toEqual(kept)
  expect(ledgerLimits(tenants, now, { counted: true })).toEqual({
    tenants: kept.map((limit) => ({ ...limit, rowsPerPerson: 5_000 })),
    othersBefore: now - recentWritesMs,
  })
  expect(ledgerLimits(tenants, now, { counted: false })).toEqual({
    tenants: kept,
    othersBefore: now - recentWritesMs,
  })
  expect(recentWritesMs).toBeLessThanOrEqual(15 * 60_000)
})
