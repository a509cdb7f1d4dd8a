/** So many files may fail by chance in one build; where more fail, something is wrong. */
const mostFiles = 2

/** What of vitest's JSON report is looked at. */
export interface RunReport {
  readonly testResults?: readonly {
    /** The file. */
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

export interface FailedFile {
  readonly file: string
  /** Full names of its tests that failed; none where it failed before or after them. */
  readonly tests: readonly string[]
}

interface Before {
  /** How many have passed only when run again, in this build. */
  readonly unsteady: number
  /** What went wrong outside of any test. */
  readonly unhandled: string
}

/** The files to run once more, or in words why none is. */
export function chooseAgain(
  { testResults = [] }: RunReport,
  { unsteady, unhandled }: Before,
): readonly FailedFile[] | string {
  if (unhandled !== '') return `something failed outside of the tests: ${unhandled}`
  const failed = testResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return 'the run failed, and no file of it did'
  const all = unsteady + failed.length
  if (all > mostFiles) return `${all} files failed, more than may by chance`
  return failed.map(({ name, assertionResults }) => ({
    file: name,
    tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  }))
}
