import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { idsOfTitle } from './scan.ts'

/** What became of the tests that carry an ID. */
export interface IdResult {
  readonly passed: number
  readonly failed: number
  /** Skipped, or left out by a filter. */
  readonly notRun: number
  /** Test files with at least one test of that ID that passed, relative to the root. */
  readonly files: ReadonlySet<string>
}

/** Results by ID, in the order of the IDs. */
export type Results = ReadonlyMap<string, IdResult>

/** What of vitest's JSON report is looked at. */
interface Report {
  /** Milliseconds since 1970. */
  readonly startTime?: number
  readonly testResults: readonly {
    /** The file. */
    readonly name: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

/** A test carries the IDs of the groups it stands in as well. Of a file that ran twice its last run counts. */
export function countResults(reports: readonly Report[], root: string): Results {
  const counts = new Map<string, { passed: number; failed: number; notRun: number; files: Set<string> }>()
  const inOrder = reports.toSorted((a, b) => (a.startTime ?? 0) - (b.startTime ?? 0))
  const files = new Map(inOrder.flatMap(({ testResults }) => testResults.map((file) => [file.name, file])))
  for (const { name, assertionResults } of files.values()) {
    for (const { ancestorTitles, title, status } of assertionResults) {
      for (const id of new Set([...ancestorTitles, title].flatMap(idsOfTitle))) {
        const count = counts.get(id) ?? { passed: 0, failed: 0, notRun: 0, files: new Set() }
        counts.set(id, count)
        count[status === 'passed' || status === 'failed' ? status : 'notRun'] += 1
        if (status === 'passed') count.files.add(relative(root, name))
      }
    }
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @throws Error for a file that is missing or is no report of vitest. */
export function readResults(files: readonly string[], root: string): Results {
  const reports = files.map((file) => {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Partial<Report>
    if (!Array.isArray(report.testResults)) {
      throw new Error(`${file} is no report: make it with vitest run --reporter=json --outputFile=FILE`)
    }
    return report as Report
  })
  return countResults(reports, root)
}

/** IDs that these results do not show, each with why: a test failed or did not run, or a whole file did not. */
export function findUnshown(
  carriers: ReadonlyMap<string, readonly string[]>,
  results: Results,
): readonly string[] {
  return [...carriers].flatMap(([id, files]) => {
    const result = results.get(id)
    if (!result) return [`${id}: no test of it ran`]
    const { failed, notRun } = result
    const silent = files.filter((file) => !result.files.has(file))
    return [
      ...(failed > 0 ? [`${id}: ${failed} failed`] : []),
      ...(notRun > 0 ? [`${id}: ${notRun} did not run`] : []),
      ...(silent.length > 0 ? [`${id}: none passed in ${silent.join(', ')}`] : []),
    ]
  })
}
