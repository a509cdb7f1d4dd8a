import type { AuditQuery, HistoryQuery } from '../core/history.ts'

/** Which rows: all of a table, or one scope of the memory. */
export type PageSource =
  | { readonly of: 'presentities' | 'openLedger' }
  | { readonly of: 'memory'; readonly tenant: string; readonly scope: string }

/** A question to the archive; the answer is rows of the table it is about. */
export type ArchiveCall =
  | { readonly of: 'historyAt'; readonly tenant: string; readonly presentity: string; readonly at: number }
  | { readonly of: 'historyOf'; readonly query: HistoryQuery }
  | { readonly of: 'historyPeople' | 'policyVersions'; readonly tenant: string }
  | { readonly of: 'audit'; readonly query: AuditQuery }
  | { readonly of: 'memoryWith'; readonly tenant: string; readonly text: string }

/** The one tenant that a question is about. */
export function tenantOf(call: ArchiveCall): string {
  return 'query' in call ? call.query.tenant : call.tenant
}
