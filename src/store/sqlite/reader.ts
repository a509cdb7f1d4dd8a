import type Database from 'better-sqlite3'
import type { PageSource } from '../questions.ts'
import { ledgerColumns, type Row } from '../rows.ts'
import type { Page } from './protocol.ts'

/** A page ends at whichever comes first, so that neither many rows nor large ones fill the memory. */
const pageRows = 1_000
const pageCharacters = 1_000_000

export interface Reader {
  /** The rows after a row of an earlier page, or the first ones. Every source begins with its key's columns. */
  page(source: PageSource, after?: Row): Page
  /** Closed rows, newest first. */
  history(tenant: string, presentity: string, limit: number): readonly Row[]
}

export function createReader(database: Database.Database): Reader {
  const prepare = (sql: string) => database.prepare<(string | number)[], Row>(sql).raw()
  /** Keys may be empty texts, so the first page begins at, and every other one behind, a key. */
  const walk = (sql: (comparison: string) => string) => ({
    first: prepare(sql('>=')),
    next: prepare(sql('>')),
  })

  const presentities = walk(
    (after) =>
      `select tenant, id, body from presentity where (tenant, id) ${after} (?, ?) order by tenant, id`,
  )
  const openLedger = walk(
    (after) =>
      `select ${ledgerColumns} from ledger where is_open = 1 and (tenant, id) ${after} (?, ?) order by tenant, id`,
  )
  const memory = walk(
    (after) => `select key, body from memory where tenant = ? and scope = ? and key ${after} ? order by key`,
  )
  const history = prepare(
    `select ${ledgerColumns} from ledger where is_open = 0 and tenant = ? and presentity = ?
     order by updated_at desc, id desc limit ?`,
  )

  return {
    page(source, after) {
      const step = after ? 'next' : 'first'
      const [one = '', two = ''] = after ?? []
      switch (source.of) {
        case 'presentities':
          return takePage(presentities[step].iterate(one, two))
        case 'openLedger':
          return takePage(openLedger[step].iterate(one, two))
        case 'memory':
          return takePage(memory[step].iterate(source.tenant, source.scope, one))
      }
    },
    history: (tenant, presentity, limit) => history.all(tenant, presentity, limit),
  }
}

function takePage(source: Iterable<Row>): Page {
  const rows: Row[] = []
  let characters = 0
  for (const row of source) {
    rows.push(row)
    for (const value of row) characters += typeof value === 'string' ? value.length : 8
    if (rows.length >= pageRows || characters >= pageCharacters) return { rows, more: true }
  }
  return { rows, more: false }
}
