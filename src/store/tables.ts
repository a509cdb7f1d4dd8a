/** How the values of a column are kept: see the first lines of sql/0001-foundation.sql. */
export type ColumnType = 'text' | 'bigint' | 'integer'

export interface Table {
  readonly name: string
  /** In the order in which rows are read, packed and written. */
  readonly columns: Readonly<Record<string, ColumnType>>
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[]
}

const text = 'text' as const

/** Every table that a migration makes, apart from the record of the migrations. */
export const tables = {
  presentity: { name: 'presentity', columns: { tenant: text, id: text, body: text }, key: ['tenant', 'id'] },
  ledger: {
    name: 'ledger',
    columns: {
      ...{ tenant: text, id: text, presentity: text, connector: text, address: text, slot: text },
      ...{ is_open: 'integer', updated_at: 'bigint', body: text },
    },
    key: ['tenant', 'id'],
  },
  memory: {
    name: 'memory',
    columns: { tenant: text, scope: text, key: text, body: text },
    key: ['tenant', 'scope', 'key'],
  },
  history: {
    name: 'history',
    columns: { tenant: text, presentity: text, at: 'bigint', policy_version: 'integer', body: text },
    key: ['tenant', 'presentity', 'at'],
  },
  policyVersion: {
    name: 'policy_version',
    columns: { tenant: text, version: 'integer', at: 'bigint', author: text, comment: text, body: text },
    key: ['tenant', 'version'],
  },
  audit: {
    name: 'audit',
    columns: { tenant: text, id: text, at: 'bigint', who: text, what: text, about: text, detail: text },
    key: ['id'],
  },
} as const satisfies Readonly<Record<string, Table>>
