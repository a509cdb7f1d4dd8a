import { StoreFailure } from './failure.ts'
import type { Row } from './rows.ts'
import { type ColumnType, type Table, tables } from './tables.ts'

/**
 * A backup is lines of JSON, compressed by gzip: the head, then for each table its name, a list of values for each row,
 * and its sum, then the end. Nothing in it depends on which store it came from.
 */
export interface BackupHead {
  readonly format: 'hookswitch-backup'
  readonly formatVersion: 1
  /** Version of the program that made it. */
  readonly program: string
  /** ISO 8601. */
  readonly madeAt: string
  readonly from: 'sqlite' | 'postgresql'
  /** Version of the schema. */
  readonly schema: number
  readonly tables: readonly Table[]
}

export const endLine = '{"end":true}\n'

const types: readonly ColumnType[] = ['text', 'bigint', 'integer']
const isName = (value: unknown) => typeof value === 'string' && /^[a-z][a-z_]{0,39}$/.test(value)

/** Throws StoreFailure where the first line is not that of a backup which this program can read. */
export function readHead(line: string, file: string): BackupHead {
  const head = parseLine(line) as Partial<BackupHead> | undefined
  if (head?.format !== 'hookswitch-backup') throw damaged(file, 'it is no backup of Hookswitch')
  if (head.formatVersion !== 1)
    throw new StoreFailure(
      'newer-schema',
      `${file} has format ${String(head.formatVersion)}, made by Hookswitch ${String(head.program)}. Use that version or a newer one`,
    )
  const sound =
    Number.isSafeInteger(head.schema) &&
    Number(head.schema) > 0 &&
    Array.isArray(head.tables) &&
    head.tables.every(isTable)
  if (!sound) throw damaged(file, 'its first line does not describe its tables')
  return head as BackupHead
}

/** Names become part of statements: only such as a migration could have made. */
function isTable(value: unknown): boolean {
  const { name, columns, key } = (value ?? {}) as Partial<Table>
  if (!isName(name) || typeof columns !== 'object' || columns === null || !Array.isArray(key)) return false
  const known = Object.values(tables).some((table) => table.name === name)
  const named = Object.entries(columns).every(([column, type]) => isName(column) && types.includes(type))
  return known && named && key.length > 0 && key.every((column) => column in columns)
}

/** A row of the table, or undefined where the line holds none. */
export function readRow(value: unknown, table: Table): Row | undefined {
  const expected = Object.values(table.columns)
  if (!Array.isArray(value) || value.length !== expected.length) return undefined
  const fits = expected.every((type, index) =>
    type === 'text' ? typeof value[index] === 'string' : Number.isSafeInteger(value[index]),
  )
  return fits ? (value as Row) : undefined
}

/** Undefined where it is no JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

export function damaged(file: string, why: string): StoreFailure {
  return new StoreFailure('corrupt', `${file} cannot be used: ${why}. Take another copy`)
}
