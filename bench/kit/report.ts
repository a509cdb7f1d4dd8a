import { commitLine } from './commit.ts'
import { machineLine } from './machine.ts'
import { summarize } from './samples.ts'
import { writeSection } from './sections.ts'

/** Bounds of times in milliseconds. */
export type TimeBounds = { readonly [K in 'p50' | 'p99' | 'max']?: number }

export interface Row {
  readonly cells: readonly string[]
  /** Undefined: shown for information, nothing was promised. */
  readonly pass: boolean | undefined
}

/** Everything one run has to say. */
export interface Report {
  /** Name of the command, for the section of docs/figures.md. */
  readonly name: string
  readonly title: string
  /** How it was measured, in a line or two. */
  readonly setup: readonly string[]
  readonly tables: readonly Table[]
}

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly Row[]
}

export const timesHead = ['time, ms', 'n', 'p50', 'p95', 'p99', 'max', 'target', 'result']
export const valuesHead = ['figure', 'value', 'target', 'result']

/** A row of percentiles; `bounds` undefined for information only. No samples at all fail a bound. */
export function timesRow(what: string, samples: readonly number[], bounds?: TimeBounds): Row {
  const found = summarize(samples)
  const wanted = Object.entries(bounds ?? {}) as ['p50' | 'p99' | 'max', number][]
  const target = wanted.map(([name, bound]) => `${name} ≤ ${round(bound)}`).join(', ') || '-'
  const pass = bounds && found.n > 0 && wanted.every(([name, bound]) => found[name] <= bound)
  const shown = [found.n, found.p50, found.p95, found.p99, found.max].map((value) => round(value))
  return { cells: [what, ...shown, target, verdict(pass)], pass }
}

/** A row of one value against a bound, at most or at least. */
export function valueRow(
  what: string,
  value: number,
  bound?: { readonly most?: number; readonly least?: number; readonly unit?: string },
): Row {
  const unit = bound?.unit ? ` ${bound.unit}` : ''
  const { most, least } = bound ?? {}
  const target = most !== undefined ? `≤ ${round(most)}${unit}` : `≥ ${round(least ?? 0)}${unit}`
  const pass =
    most === undefined && least === undefined
      ? undefined
      : value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? Number.NEGATIVE_INFINITY)
  return {
    cells: [what, `${round(value)}${unit}`, pass === undefined ? '-' : target, verdict(pass)],
    pass,
  }
}

/** Prints the report, writes its section of docs/figures.md if asked, and sets the exit code: 1 when a row failed. */
export function finish(report: Report, markdown: boolean): void {
  const failed = report.tables.some((table) => table.rows.some((row) => row.pass === false))
  process.stdout.write(`${plain(report)}\n\n${failed ? 'FAIL' : 'PASS'}\n`)
  if (markdown) writeSection(report.name, markdownOf(report))
  process.exitCode = failed ? 1 : 0
}

function verdict(pass: boolean | undefined): string {
  return pass === undefined ? '-' : pass ? 'PASS' : 'FAIL'
}

function round(value: number): string {
  if (!Number.isFinite(value)) return 'none'
  if (Number.isInteger(value)) return value.toLocaleString('en')
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 })
}

function plain({ title, setup, tables }: Report): string {
  return [
    title,
    machineLine(),
    ...setup,
    ...tables.flatMap((table) => ['', ...aligned([table.head, ...table.rows.map((row) => row.cells)])]),
  ].join('\n')
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
}

function markdownOf({ title, setup, tables }: Report): string {
  const date = new Date().toISOString().slice(0, 10)
  return [
    `## ${title}`,
    '',
    `${date}. ${commitLine()}. ${machineLine()}.`,
    '',
    ...setup.map((line) => `${line}  `),
    ...tables.flatMap(({ head, rows }) => ['', ...markdownTable([head, ...rows.map((row) => row.cells)])]),
  ].join('\n')
}

function markdownTable(lines: readonly (readonly string[])[]): string[] {
  const [head, ...rows] = lines.map((line) => `| ${line.join(' | ')} |`)
  const rule = `| ${lines[0]!.map((_, column) => (column === 0 ? '---' : '---:')).join(' | ')} |`
  return [head!, rule, ...rows]
}
