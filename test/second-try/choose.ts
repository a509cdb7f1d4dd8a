/** So many files may fail by chance in one run; where more fail, something is wrong. */
export const mostFiles = 2

/** What fails here once is no chance: it may be a phone that stays in do not disturb, and a seed shows it again. */
const never = /[/]cluster-faults[.]test[.]ts$/

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

/** The files to run once more, or in words why none is. */
export function chooseAgain({ testResults = [] }: RunReport): readonly FailedFile[] | string {
  const failed = testResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return 'the run failed, and no file of it did'
  const grave = failed.find(({ name }) => never.test(name))
  if (grave) return `${grave.name} failed, which has none`
  if (failed.length > mostFiles) return `${failed.length} files failed, more than may by chance`
  return failed.map(({ name, assertionResults }) => ({
    file: name,
    tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  }))
}
