import { PeopleText } from '../../../config/edit-people.ts'
import type { PersonConfig, TenantConfig } from '../../../config/resolved.ts'
import type { ConfigProblem } from '../../../core/config-port.ts'
import { type CsvRow, readCsv } from '../../../core/csv.ts'
import type { TableChange } from '../../../core/roster-port.ts'
import { type Column, columnsOf, foundColumn, tellingColumns } from './table-columns.ts'

/** What a table makes of a configuration. */
export interface TableDraft {
  /** The whole configuration. */
  readonly text: string
  readonly changes: readonly TableChange[]
  readonly unchanged: number
  readonly problems: readonly ConfigProblem[]
  /** The line of the table from which what stands at a path of the configuration came. */
  lineOf(path: string): number | undefined
}

const upnShape = /^[^\s@/]+@[^\s@/]+$/
/** A letter that the reader put in the place of bytes that are no UTF-8. */
const unreadable = '\uFFFD'

/** Edits the people of a tenant as a table has them; who is not in the table stays. @throws NothingToEdit */
export function draftTable(csv: string, configuration: string, tenant: TenantConfig): TableDraft {
  const people = new PeopleText(configuration, tenant.id)
  const problems: ConfigProblem[] = []
  const changes: TableChange[] = []
  const lines = new Map<string, number>()
  let unchanged = 0
  const before = writtenPeople(tenant)
  for (const { line, upn, cells } of readTable(csv, tenant, problems)) {
    const person = before.get(upn.toLowerCase())
    const fields = cells.flatMap(({ column, text }) => {
      const from = column.textOf(person)
      return from === text ? [] : [{ column, from, to: text }]
    })
    const isNew = !people.isDirectory && person === undefined
    if (isNew) people.add(upn)
    for (const { column, to } of fields) column.write(people, upn, to)
    lines.set(people.placeOf(upn), line)
    if (fields.length === 0 && !isNew) unchanged += 1
    else {
      const told = fields.map(({ column, from, to }) => ({ field: column.name, from, to }))
      changes.push({ line, upn, isNew, fields: told })
    }
  }
  const text = changes.length === 0 ? configuration : String(people)
  return { text, changes, unchanged, problems, lineOf: (path) => nearest(lines, path) }
}

/** By id: as the configuration has them, also those that it leaves out. */
export function writtenPeople({ people, directory }: TenantConfig): ReadonlyMap<string, PersonConfig> {
  const found = new Map(people.map((person) => [person.upn.toLowerCase(), person]))
  const entry = (upn: string) =>
    found.get(upn.toLowerCase()) ?? { upn, aliases: [], addresses: {}, sync: true }
  for (const [upn, addresses] of Object.entries(directory?.addresses ?? {})) {
    found.set(upn.toLowerCase(), { ...entry(upn), addresses })
  }
  for (const upn of directory?.except ?? []) found.set(upn.toLowerCase(), { ...entry(upn), sync: false })
  return found
}

interface TableLine {
  readonly line: number
  readonly upn: string
  readonly cells: readonly { readonly column: Column; readonly text: string }[]
}

function readTable(csv: string, tenant: TenantConfig, problems: ConfigProblem[]): readonly TableLine[] {
  const [head, ...rows] = readCsv(csv)
  const report = (line: number, path: string, [message, fix]: readonly [string, string]) => {
    problems.push({ path, line, message, fix })
  }
  if (csv.includes(unreadable)) {
    report(1, '', ['is not UTF-8', 'Save the table as "CSV UTF-8", or it would change names with umlauts.'])
    return []
  }
  const columns = head ? readHead(head, tenant, report) : undefined
  const upnAt = head?.cells.findIndex((name) => name.toLowerCase() === 'upn') ?? -1
  if (!columns || upnAt < 0) {
    report(1, '', ['has no column "upn"', 'Begin with a line of names; export the people to see one.'])
    return []
  }
  const first = new Map<string, number>()
  return rows.flatMap(({ line, cells }): TableLine[] => {
    const upn = cells[upnAt] ?? ''
    if (!upnShape.test(upn)) {
      report(line, 'upn', [`is no UPN: ${upn}`, 'It has the form name@domain.'])
      return []
    }
    const before = first.get(upn.toLowerCase())
    if (before !== undefined) {
      report(line, 'upn', [`is in line ${before} already: ${upn}`, 'Put a person in one line.'])
      return []
    }
    first.set(upn.toLowerCase(), line)
    return [{ line, upn, cells: readCells({ line, cells }, columns, report) }]
  })
}

type Report = (line: number, path: string, what: readonly [string, string]) => void

/** The column at each place; undefined at one that tells only. */
function readHead({ line, cells }: CsvRow, tenant: TenantConfig, report: Report) {
  const known = new Map(columnsOf(tenant).map((column) => [column.name.toLowerCase(), column]))
  const telling = new Set<string>([
    'upn',
    ...tellingColumns,
    ...tenant.connectors.map(({ id }) => foundColumn(id)),
  ])
  const seen = new Set<string>()
  return cells.map((cell) => {
    const name = cell.toLowerCase()
    const column = known.get(name)
    if (name !== '' && seen.has(name)) report(line, cell, ['is there twice', 'Take one of the columns out.'])
    seen.add(name)
    if (!column && name !== '' && !telling.has(name)) {
      const fix = `Columns are upn, ${[...known.values()].map((one) => one.name).join(', ')}.`
      const fromDirectory =
        tenant.directory && ['name', 'mail', 'aliases', 'groups', 'optedin'].includes(name)
      report(line, cell, [
        fromDirectory ? 'comes from the directory here' : 'is no column of this table',
        fix,
      ])
    }
    return column
  })
}

function readCells({ line, cells }: CsvRow, columns: readonly (Column | undefined)[], report: Report) {
  return columns.flatMap((column, index) => {
    if (!column) return []
    const read = column.read(cells[index] ?? '')
    if ('text' in read) return [{ column, text: read.text }]
    report(line, column.name, [read.wrong, read.fix])
    return []
  })
}

/** What stands at the path, or around it. */
function nearest(lines: ReadonlyMap<string, number>, path: string): number | undefined {
  for (let at = path; at !== ''; at = at.replace(/(\.[^.[\]]*|\[[^[\]]*\]|.)$/, '')) {
    const line = lines.get(at)
    if (line !== undefined) return line
  }
  return undefined
}
