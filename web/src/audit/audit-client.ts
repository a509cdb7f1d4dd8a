import type { AuditRow } from '../../../src/core/history.ts'
import { ask } from '../live/http.ts'

/** What is looked for; texts as they were typed, times as a date-time field writes them. */
export interface AuditFilters {
  readonly tenant: string
  readonly who: string
  readonly what: string
  readonly about: string
  readonly from: string
  readonly to: string
}

export interface AuditPageAnswer {
  readonly entries: readonly AuditRow[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string
}

const pageSize = 50

/** One page, newest first. Throws HubError with why not. */
export async function readAudit(filters: AuditFilters, before?: string): Promise<AuditPageAnswer> {
  const query = queryOf(filters)
  query.set('limit', String(pageSize))
  if (before !== undefined) query.set('before', before)
  return (await ask(`/api/v1/audit?${query}`)) as AuditPageAnswer
}

/** Where every entry that fits is, as CSV. */
export function auditTablePath(filters: AuditFilters): string {
  return `/api/v1/audit/export?${queryOf(filters)}`
}

function queryOf(filters: AuditFilters): URLSearchParams {
  const query = new URLSearchParams({ tenant: filters.tenant })
  for (const name of ['who', 'what', 'about'] as const) {
    const text = filters[name].trim()
    if (text !== '') query.set(name, name === 'about' ? text.toLowerCase() : text)
  }
  for (const name of ['from', 'to'] as const) {
    const at = Date.parse(filters[name])
    if (!Number.isNaN(at)) query.set(name, String(at))
  }
  return query
}
