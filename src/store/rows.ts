import type { AuditAct, AuditRow, HistoryRow, MemoryRow, PolicyVersionRow } from '../core/history.ts'
import type { LedgerRow, PresentityRow } from '../core/ports.ts'

/** A row as the values of its columns, in the order they were asked for. */
export type Row = readonly (string | number)[]

/** The columns that `toLedgerRow` reads; the primary key comes first. */
export const ledgerColumns =
  'tenant, id, presentity, connector, address, slot, is_open, updated_at, body' as const

export function toLedgerRow(row: Row): LedgerRow {
  const [tenant, id, presentity, connector, address, slot, open, updatedAt, body] = row
  return {
    id: String(id),
    tenant: String(tenant),
    presentity: String(presentity),
    connector: String(connector),
    address: String(address),
    slot: String(slot),
    open: Number(open) === 1,
    updatedAt: Number(updatedAt),
    body: String(body),
  }
}

/** From the columns tenant, id, body. */
export function toPresentityRow([tenant, id, body]: Row): PresentityRow {
  return { tenant: String(tenant), id: String(id), body: String(body) }
}

/** From the columns tenant, presentity, at, policy_version, body. */
export function toHistoryRow([tenant, presentity, at, version, body]: Row): HistoryRow {
  return {
    tenant: String(tenant),
    presentity: String(presentity),
    at: Number(at),
    policyVersion: Number(version),
    body: String(body),
  }
}

/** From the columns tenant, version, at, author, comment, body. */
export function toPolicyVersionRow([tenant, version, at, author, comment, body]: Row): PolicyVersionRow {
  return {
    tenant: String(tenant),
    version: Number(version),
    at: Number(at),
    author: String(author),
    comment: String(comment),
    body: String(body),
  }
}

/** From the columns tenant, id, at, who, what, about, detail. */
export function toAuditRow([tenant, id, at, who, what, about, detail]: Row): AuditRow {
  return {
    tenant: String(tenant),
    id: String(id),
    at: Number(at),
    who: String(who),
    what: String(what) as AuditAct,
    about: String(about),
    detail: String(detail),
  }
}

/** From the columns scope, key, body. */
export function toMemoryRow([scope, key, body]: Row): MemoryRow {
  return { scope: String(scope), key: String(key), body: String(body) }
}
