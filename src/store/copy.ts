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

/** All rows of a table, page by page. */
export async function* pagesOf(table: Table, read: ReadPage): AsyncGenerator<readonly Row[]> {
  let page = await read(table, undefined)
  while (page.length > 0) {
    yield page
    page = await read(table, page.at(-1))
  }
}

/** Sums a table up while its rows pass. */
export function startSum(table: Table) {
  const hash = createHash('sha256')
  let rows = 0
  return {
    /** Answers the rows as they are summed: a line of JSON for each. */
    add(page: readonly Row[]): string {
      const lines = page.map((row) => `${JSON.stringify(canonical(table, row))}\n`).join('')
      hash.update(lines)
      rows += page.length
      return lines
    },
    /** Once. */
    end: (): TableSum => ({ table: table.name, rows, checksum: hash.digest('hex') }),
  }
}

/** Reads a table page by page; `each` sees every page before the next is read. */
export async function sumTable(
  table: Table,
  read: ReadPage,
  each: (rows: readonly Row[]) => Promise<void> = async () => {},
): Promise<TableSum> {
  const sum = startSum(table)
  for await (const page of pagesOf(table, read)) {
    sum.add(page)
    await each(page)
  }
  return sum.end()
}

/** What is wrong with a copy, in words; undefined where it is the same. */
export function describeDifference(wanted: TableSum, copy: TableSum): string | undefined {
  if (copy.rows === wanted.rows && copy.checksum === wanted.checksum) return undefined
  return `the table ${wanted.table} came out different (${copy.rows} rows with checksum ${copy.checksum.slice(0, 12)} instead of ${wanted.rows} with ${wanted.checksum.slice(0, 12)})`
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
