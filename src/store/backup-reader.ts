import { type BackupHead, damaged, endLine, parseLine, readHead, readRow } from './backup-format.ts'
import { linesOf } from './backup-lines.ts'
import { describeDifference, pagesOf, type ReadPage, startSum, type TableSum } from './copy.ts'
import type { Row } from './rows.ts'
import type { Table } from './tables.ts'

/** A page ends at whichever comes first. */
const pageRows = 500
const pageCharacters = 4_000_000

export interface BackupReader {
  readonly head: BackupHead
  /** Answers the tables in their order, each from its first page to its last; rejects with StoreFailure where a sum is not right. */
  readonly read: ReadPage
  /** That nothing is missing at the end. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** Opens a backup. Rejects with StoreFailure. */
export async function openBackup(file: string): Promise<BackupReader> {
  const lines = linesOf(file)
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw damaged(file, 'it ends too early')
    return value
  }
  const head = readHead(await next(), file)
  let sum: ReturnType<typeof startSum> | undefined

  const begin = async (table: Table) => {
    const line = parseLine(await next()) as { table?: unknown } | undefined
    if (line?.table !== table.name) throw damaged(file, `the table ${table.name} is not where it belongs`)
    sum = startSum(table)
    return sum
  }
  const page = async (table: Table, own: ReturnType<typeof startSum>): Promise<readonly Row[]> => {
    const rows: Row[] = []
    let size = 0
    while (rows.length < pageRows && size < pageCharacters) {
      const line = await next()
      const value = parseLine(line)
      const row = readRow(value, table)
      if (row === undefined) {
        own.add(rows)
        sum = undefined
        checkSum((value as { sum?: TableSum } | undefined)?.sum, { sum: own.end(), file })
        return rows
      }
      size += line.length
      rows.push(row)
    }
    own.add(rows)
    return rows
  }
  return {
    head,
    async read(table, after) {
      const own = after === undefined ? await begin(table) : sum
      return own ? page(table, own) : []
    },
    async finish() {
      if (`${await next()}\n` !== endLine) throw damaged(file, 'its end is not there')
    },
    close: async () => void (await lines.return(undefined)),
  }
}

interface Read {
  readonly sum: TableSum
  readonly file: string
}

function checkSum(written: TableSum | undefined, { sum, file }: Read): void {
  if (written?.table !== sum.table || typeof written.checksum !== 'string')
    throw damaged(file, `in the table ${sum.table} there is a row that does not fit`)
  const wrong = describeDifference(written, sum)
  if (wrong !== undefined) throw damaged(file, wrong)
}

/** Reads a backup from its first line to its last and compares every sum. Rejects with StoreFailure. */
export async function verifyBackup(
  file: string,
): Promise<{ readonly head: BackupHead; readonly sums: readonly TableSum[] }> {
  const backup = await openBackup(file)
  try {
    const sums: TableSum[] = []
    for (const table of backup.head.tables) {
      const sum = startSum(table)
      for await (const page of pagesOf(table, backup.read)) sum.add(page)
      sums.push(sum.end())
    }
    await backup.finish()
    return { head: backup.head, sums }
  } finally {
    await backup.close()
  }
}
