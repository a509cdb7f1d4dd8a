/** Tables as RFC 4180 has them, in the form that spreadsheets write and read. */

/** Excel takes a file without it for the machine's own code page. */
export const byteOrderMark = '\uFEFF'

/** What a spreadsheet would calculate (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/

/** One line with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\r\n`
}

function quote(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of a table that was read. */
export interface CsvRow {
  /** Where it begins in the text, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Reads a table; the first line tells whether commas, semicolons (a German spreadsheet) or tabs part the cells. What
 * `csvLine` put before a formula is taken off again; lines without any text are left out. A quotation mark that is never
 * closed ends with the text.
 */
export function readCsv(text: string): readonly CsvRow[] {
  const body = text.startsWith(byteOrderMark) ? text.slice(1) : text
  const cell = cellOf(separatorOf(body))
  const rows: CsvRow[] = []
  let line = 1
  let begun = line
  let cells: string[] = []
  for (let at = 0; at <= body.length; ) {
    cell.lastIndex = at
    const [whole = '', quoted, plain = '', end = ''] = cell.exec(body) ?? []
    cells.push(unguard((quoted?.replaceAll('""', '"') ?? plain).trim()))
    line += whole.split(/\r\n|\r|\n/).length - 1
    at += whole.length
    const isLast = at >= body.length && !isSeparator(end)
    if (isSeparator(end)) continue
    if (cells.some((one) => one !== '')) rows.push({ line: begun, cells })
    if (isLast) break
    cells = []
    begun = line
  }
  return rows
}

const isSeparator = (text: string) => text !== '' && !/[\r\n]/.test(text)

function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r\n|\r|\n/, 1)
  const counts = [',', ';', '\t'].map((one) => [first.split(one).length, one] as const)
  return counts.reduce((most, one) => (one[0] > most[0] ? one : most))[1]
}

/** A cell with what ends it: quoted, or as far as the next separator. */
function cellOf(separator: string): RegExp {
  return new RegExp(
    `(?:"((?:[^"]|"")*)(?:"|$)[^${separator}\\r\\n]*|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`,
    'y',
  )
}

function unguard(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text
}
