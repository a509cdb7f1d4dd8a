import type { Archive } from '../core/history.ts'
import type { ArchiveCall } from './questions.ts'
import { type Row, toAuditRow, toHistoryRow, toMemoryRow, toPolicyVersionRow } from './rows.ts'

/** Most rows of one answer, whatever is asked for. */
const mostRows = 10_000

/** The archive over whoever answers its questions with rows: a store's thread, or a file opened for reading. */
export function createArchive(ask: (call: ArchiveCall) => Promise<readonly Row[]>): Archive {
  return {
    async historyAt(tenant, presentity, at) {
      const [row] = await ask({ of: 'historyAt', tenant, presentity, at })
      return row && toHistoryRow(row)
    },
    async historyOf(query) {
      return (await ask({ of: 'historyOf', query: { ...query, limit: bound(query.limit) } })).map(
        toHistoryRow,
      )
    },
    async historyPeople(tenant) {
      return (await ask({ of: 'historyPeople', tenant })).map(([id]) => String(id))
    },
    async policyVersions(tenant) {
      return (await ask({ of: 'policyVersions', tenant })).map(toPolicyVersionRow)
    },
    async audit(query) {
      return (await ask({ of: 'audit', query: { ...query, limit: bound(query.limit) } })).map(toAuditRow)
    },
    async memoryWith(tenant, text) {
      return (await ask({ of: 'memoryWith', tenant, text })).map(toMemoryRow)
    },
  }
}

function bound(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), mostRows))
}
