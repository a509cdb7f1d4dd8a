import { createHash } from 'node:crypto'
import type { Row } from './rows.ts'
import type { Table } from './tables.ts'

/** What is known of a table after it was read whole, in the order of its key. */
export interface TableSum {
  readonly table: string
  readonly rows: number
  /** SHA-256 over all values of all rows; the same rows have the same sum in every store. */
  readonly checksum: string
}

/** Rows of a table after those of an earlier page, by the key's bytes; none behind the last. */
export type ReadPage = (table: Table, after: Row | undefined) => Promise<readonly Row[]>

/** Reads a table page by page; `each` sees every page before the next is read. */
export async function sumTable(
  table: Table,
  read: ReadPage,
  each: (rows: readonly Row[]) => Promise<void> = async () => {},
): Promise<TableSum> {
  const hash = createHash('sha256')
  let rows = 0
  let page = await read(table, undefined)
  while (page.length > 0) {
    for (const row of page) hash.update(`${JSON.stringify(canonical(table, row))}\n`)
    rows += page.length
    await each(page)
    page = await read(table, page.at(-1))
  }
  return { table: table.name, rows, checksum: hash.digest('hex') }
}

/** Of 64 bits a driver makes a text or a number. */
function canonical(table: Table, row: Row): readonly (string | number)[] {
  return Object.values(table.columns).map((type, index) => {
    const value = row[index]!
    return type === 'text' ? value : Number(value)
  })
}

/** The place of the key's columns in a row. */
export function keyOf(table: Table, row: Row): Row {
  const columns = Object.keys(table.columns)
  return table.key.map((name) => row[columns.indexOf(name)]!)
}
