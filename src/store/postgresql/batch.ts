import type { ChangeName, PackedChange } from '../changes.ts'
import type { Row } from '../rows.ts'
import { type Table, tables } from '../tables.ts'
import type { Statement } from './session.ts'

type Values = readonly (string | number)[]

/** How many columns of a table, from the first, name a row. */
const upserts: Readonly<Record<string, { readonly table: Table; readonly code: string }>> = {
  putPresentity: { table: tables.presentity, code: 'P' },
  putLedger: { table: tables.ledger, code: 'L' },
  putMemory: { table: tables.memory, code: 'M' },
  putHistory: { table: tables.history, code: 'H' },
}
const inserts: typeof upserts = {
  putPolicyVersion: { table: tables.policyVersion, code: 'V' },
  putAudit: { table: tables.audit, code: 'A' },
  putNewMemory: { table: tables.memory, code: 'C' },
}
const deletes: typeof upserts = {
  deletePresentity: { table: tables.presentity, code: 'p' },
  deleteMemory: { table: tables.memory, code: 'm' },
}
/** What is deleted here is more than the row that is named: what comes before must have been written. */
const ranges: Readonly<Record<string, string>> = {
  deleteHistory: 'delete from history where tenant = $1 and presentity = $2',
  deleteClosedLedger: 'delete from ledger where is_open = 0 and tenant = $1 and presentity = $2',
}

/**
 * The fewest statements that do what the changes do one after the other. Of one row only its last change is left,
 * and each statement writes all tables it concerns, each by one array per column.
 *
 * `again`: whether they were written is not known; then rows that are only ever added are passed over where they are
 * there already, value for value.
 */
export function buildStatements(changes: Iterable<PackedChange>, again: boolean): readonly Statement[] {
  const statements: Statement[] = []
  let batch = new Map<ChangeName, Map<string, Values>>()
  const flush = () => {
    if (batch.size > 0) statements.push(buildOne(batch, again))
    batch = new Map()
  }
  for (const [name, ...values] of changes) {
    const range = ranges[name]
    if (range !== undefined) {
      flush()
      statements.push({ text: range, values, name })
    } else if (name === 'putNewMemory') {
      // What the same rows are given or lose before and after stays in its order.
      flush()
      add(batch, name, values)
      flush()
    } else add(batch, name, values)
  }
  flush()
  return statements.filter(({ text }) => text !== '')
}

function add(batch: Map<ChangeName, Map<string, Values>>, name: ChangeName, values: Values): void {
  const own = batch.get(name) ?? batch.set(name, new Map()).get(name)!
  if (inserts[name]) {
    // Twice the same is for the server to refuse.
    own.set(String(own.size), values)
    return
  }
  const table = (upserts[name] ?? deletes[name])!.table
  const key = JSON.stringify(values.slice(0, table.key.length))
  const opposite = name.startsWith('put') ? `delete${name.slice(3)}` : `put${name.slice(6)}`
  batch.get(opposite as ChangeName)?.delete(key)
  own.set(key, values)
}

function buildOne(batch: ReadonlyMap<ChangeName, ReadonlyMap<string, Values>>, again: boolean): Statement {
  const parts: Omit<TableWrite, 'source'>[] = []
  const lists: Values[] = []
  let name = again ? 'again-' : 'write-'
  for (const [change, rows] of [...batch].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (rows.size === 0) continue
    const { table, code } = (upserts[change] ?? inserts[change] ?? deletes[change])!
    const columns = deletes[change] ? table.key : Object.keys(table.columns)
    for (const index of columns.keys()) lists.push(Array.from(rows.values(), (row) => row[index]!))
    parts.push({ table, columns, change, again })
    name += code
  }
  const joined = joinAll(lists)
  if (!joined) name += '-listed'
  let first = 1
  const texts = parts.map((part) => {
    const source = arraysOf(part.table, part.columns, { first, joined: joined !== undefined })
    first += part.columns.length
    return writeTable({ ...part, source })
  })
  const last = texts.pop()
  if (last === undefined) return { text: '' }
  const text =
    texts.length === 0
      ? last
      : `with ${texts.map((part, index) => `w${index} as (${part})`).join(', ')} ${last}`
  return { text, values: joined ?? lists, name }
}

/** Stands in no text but one that somebody meant to break something with. */
const separator = '\x1f'

/**
 * Each list as one text, which the server splits: in the literal of an array every quote of a body has to be escaped,
 * which takes eight times as long. Undefined where a text has the separator in it, or nothing would tell the text from none.
 */
function joinAll(lists: readonly Values[]): readonly string[] | undefined {
  const joined: string[] = []
  for (const list of lists) {
    if (list.some((value) => typeof value === 'string' && value.includes(separator))) return undefined
    const text = list.join(separator)
    if (text === '') return undefined
    joined.push(text)
  }
  return joined
}

interface Given {
  /** The number of the first column's value. */
  readonly first: number
  readonly joined: boolean
}

/** The rows as one array of the server's per column. */
function arraysOf(table: Table, columns: readonly string[], { first, joined }: Given): string {
  const arrays = columns.map((column, index) => {
    const given = joined ? `string_to_array($${first + index}, chr(31))` : `$${first + index}`
    return `${given}::${table.columns[column]}[]`
  })
  return `unnest(${arrays.join(', ')})`
}

/** Adds rows that are not there. */
export function insertRows(table: Table, rows: readonly Row[]): Statement {
  const columns = Object.keys(table.columns)
  const list = columns.join(', ')
  const source = arraysOf(table, columns, { first: 1, joined: false })
  return {
    text: `insert into ${table.name} (${list}) select ${list} from ${source} as given (${list})`,
    values: columns.map((_, index) => rows.map((row) => row[index]!)),
  }
}

interface TableWrite {
  readonly table: Table
  readonly columns: readonly string[]
  readonly source: string
  readonly change: ChangeName
  readonly again: boolean
}

function writeTable({ table, columns, source, change, again }: TableWrite): string {
  const list = columns.join(', ')
  if (deletes[change]) {
    const same = columns.map((column) => `${table.name}.${column} = gone.${column}`).join(' and ')
    return `delete from ${table.name} using ${source} as gone (${list}) where ${same}`
  }
  const insert = `insert into ${table.name} (${list}) select ${list} from ${source} as given (${list})`
  if (inserts[change]) {
    const same = columns.map((column) => `there.${column} = given.${column}`).join(' and ')
    return again ? `${insert} where not exists (select 1 from ${table.name} there where ${same})` : insert
  }
  const set = columns
    .filter((column) => !table.key.includes(column))
    .map((column) => `${column} = excluded.${column}`)
  return `${insert} on conflict (${table.key.join(', ')}) do update set ${set.join(', ')}`
}
