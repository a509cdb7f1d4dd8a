import type { PageSource } from '../questions.ts'
import { ledgerColumns, type Row } from '../rows.ts'
import type { Statement } from './session.ts'

/** A page ends at whichever comes first, so that neither many rows nor large ones fill the memory. */
const pageRows = 1_000
const pageBytes = 1_000_000

/**
 * The rows after a row of an earlier page, or the first ones; an empty page is behind the last one. Every source
 * begins with its key's columns.
 */
export function pageStatement(source: PageSource, after: Row | undefined): Statement {
  // Keys may be empty texts, so the first page begins at, and every other one behind, a key.
  const behind = after ? '>' : '>='
  const [one = '', two = ''] = after ?? []
  switch (source.of) {
    case 'presentities':
      return page({
        columns: 'tenant, id, body',
        rows: `presentity where (tenant, id) ${behind} ($1, $2)`,
        order: 'tenant, id',
        values: [one, two],
      })
    case 'openLedger':
      return page({
        columns: ledgerColumns,
        rows: `ledger where is_open = 1 and (tenant, id) ${behind} ($1, $2)`,
        order: 'tenant, id',
        values: [one, two],
      })
    case 'memory':
      return page({
        columns: 'key, body',
        rows: `memory where tenant = $1 and scope = $2 and key ${behind} $3`,
        order: 'key',
        values: [source.tenant, source.scope, one],
      })
  }
}

interface PageOf {
  readonly columns: string
  readonly rows: string
  readonly order: string
  readonly values: readonly (string | number)[]
}

function page({ columns, rows, order, values }: PageOf): Statement {
  const text = `select ${columns} from (
      select ${columns}, sum(octet_length(body)) over (order by ${order}) - octet_length(body) as earlier
      from (select ${columns} from ${rows} order by ${order} limit ${pageRows}) as page
    ) as measured where earlier < ${pageBytes} order by ${order}`
  return { text, values }
}

/** Closed rows of a person, newest first. */
export function ledgerStatement(tenant: string, presentity: string, limit: number): Statement {
  return {
    text: `select ${ledgerColumns} from ledger where is_open = 0 and tenant = $1 and presentity = $2
      order by updated_at desc, id desc limit $3`,
    values: [tenant, presentity, limit],
  }
}
