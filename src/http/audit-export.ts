import { csvLine } from '../core/csv.ts'
import type { AuditQuery, AuditRow } from '../core/history.ts'
import type { HistoryPort } from '../core/history-port.ts'

export type AuditFormat = 'csv' | 'jsonl'

/** Read at once; no more than two of these are in memory. */
const rowsAtOnce = 1000
const columns = ['at', 'who', 'what', 'about', 'detail', 'tenant', 'id'] as const

interface Wanted {
  readonly query: Omit<AuditQuery, 'limit' | 'before'>
  readonly format: AuditFormat
}

/** The log as text, newest first, read as fast as it is taken. Entries made meanwhile are not in it. */
export async function* writeAudit(
  history: Pick<HistoryPort, 'audit'>,
  { query, format }: Wanted,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(columns)
  let last: AuditRow | undefined
  for (;;) {
    const place = last && { before: { at: last.at, id: last.id } }
    const rows = await history.audit({ ...query, ...place, limit: rowsAtOnce })
    if (rows.length > 0) yield rows.map(format === 'csv' ? toCsv : toLine).join('')
    last = rows.at(-1)
    if (rows.length < rowsAtOnce) return
  }
}

function toLine(row: AuditRow): string {
  return `${JSON.stringify(row)}\n`
}

/** RFC 4180; the time as ISO 8601. */
function toCsv(row: AuditRow): string {
  return csvLine(columns.map((name) => (name === 'at' ? new Date(row.at).toISOString() : row[name])))
}
