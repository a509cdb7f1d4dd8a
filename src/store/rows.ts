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
