import { readFileSync } from 'node:fs'
import { idsOfTitle } from './scan.ts'

/** What became of the tests that carry an ID. */
export interface IdResult {
  readonly passed: number
  readonly failed: number
}

/** What of vitest's JSON report is looked at. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

/** Results by ID, in the order of the IDs; a test carries the IDs of the groups it stands in as well. */
export function countResults(reports: readonly Report[]): ReadonlyMap<string, IdResult> {
  const counts = new Map<string, { passed: number; failed: number }>()
  for (const { assertionResults } of reports.flatMap(({ testResults }) => testResults)) {
    for (const { ancestorTitles, title, status } of assertionResults) {
      if (status !== 'passed' && status !== 'failed') continue
      for (const id of new Set([...ancestorTitles, title].flatMap(idsOfTitle))) {
        const count = counts.get(id) ?? { passed: 0, failed: 0 }
        count[status] += 1
        counts.set(id, count)
      }
    }
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function readResults(files: readonly string[]): ReadonlyMap<string, IdResult> {
  return countResults(files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report))
}

/** IDs of which a test failed, or none ran. */
export function withoutPass(
  ids: readonly string[],
  results: ReadonlyMap<string, IdResult>,
): readonly string[] {
  return ids.filter((id) => {
    const result = results.get(id)
    return !result || result.failed > 0 || result.passed === 0
  })
}
