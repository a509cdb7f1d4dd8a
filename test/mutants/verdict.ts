/** What a run of vitest says about one test, from its JSON report (`--reporter=json`). */

/** How a run of the named test ended; `why` in one line. */
export type Verdict =
  /** Every test of that name that ran has passed. */
  | { readonly kind: 'passed' }
  /** A test of that name failed because something was not as it asserts. */
  | { readonly kind: 'asserted'; readonly why: string }
  /** It proves nothing: no report, a file that does not load, an error on the way, a test that took too long. */
  | { readonly kind: 'broken'; readonly why: string }
  /** Something failed that has another name. */
  | { readonly kind: 'other'; readonly why: string }

interface OneTest {
  readonly ancestorTitles: readonly string[]
  readonly title: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

interface Report {
  readonly success: boolean
  readonly testResults: readonly {
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly OneTest[]
  }[]
}

const nameOf = ({ ancestorTitles, title }: OneTest) => [...ancestorTitles, title].join(' > ')

/** As `vitest -t` picks tests: a regular expression on the names from the outermost in. */
const isNamed = (test: OneTest, name: string) => new RegExp(name).test(nameOf(test))

/** Of a failure's text, the line that says what failed. */
const firstLine = (text: string | undefined) => (text ?? '').split('\n', 1)[0]!.slice(0, 160)

/** fast-check wraps what the property threw, and names it further down. */
const isAssertion = (text: string) =>
  /^AssertionError\b/.test(text) ||
  (/^Error: Property failed after/.test(text) && /AssertionError\b/.test(text))

/** Reads a report, or what there is instead of one, for the test of that name. */
export function readVerdict(report: string | undefined, name: string): Verdict {
  if (report === undefined) return { kind: 'broken', why: 'the run left no report' }
  const { success, testResults } = JSON.parse(report) as Report
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = tests.filter(({ status }) => status === 'failed')
  const named = failed.filter((test) => isNamed(test, name))
  const asserted = named.flatMap(({ failureMessages }) => failureMessages).find(isAssertion)
  if (asserted !== undefined) return { kind: 'asserted', why: firstLine(asserted) }
  if (named.length > 0) return { kind: 'broken', why: firstLine(named[0]!.failureMessages[0]) }
  if (failed.length > 0) return { kind: 'other', why: nameOf(failed[0]!) }
  const file = testResults.find(({ status }) => status === 'failed')
  if (file) return { kind: 'broken', why: firstLine(file.message) }
  if (!success) return { kind: 'broken', why: 'vitest failed, and no test did' }
  const ran = tests.some((test) => test.status === 'passed' && isNamed(test, name))
  return ran ? { kind: 'passed' } : { kind: 'broken', why: 'no test of that name ran' }
}
