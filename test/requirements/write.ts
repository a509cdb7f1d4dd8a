import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { coveragePage, findUnfounded, tally, withoutTest } from './page.ts'
import { findUnshown, readResults } from './results.ts'
import { scanTests } from './scan.ts'

/**
 * Writes docs/coverage.md; exit 1 when an ID has neither a test nor a reason with the issue or
 * page that covers it. With `--results` and files that vitest
 * has written (`--reporter=json --outputFile=FILE`; `npm test` makes them in dist/results) it also writes
 * dist/coverage.md, the same page with results; exit 1 when a test that carries an ID failed or did not run.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const { values, positionals } = parseArgs({
  options: { results: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const carriers = scanTests(root)
writeFileSync(`${root}/docs/coverage.md`, coveragePage(carriers))
const { tested, reasoned, missing } = tally(carriers)
process.stdout.write(`docs/coverage.md: ${tested} shown by tests, ${reasoned} with a reason\n`)
const unfounded = findUnfounded(withoutTest, (page) => existsSync(`${root}${page}`))
if (unfounded.length > 0) fail(`reasons without ground:\n${unfounded.join('\n')}`)
if (missing.length > 0) fail(`neither test nor reason: ${missing.join(', ')}`)
if (values.results) {
  if (positionals.length === 0) fail('--results wants the files of the results behind it')
  else {
    try {
      judge(positionals)
    } catch (error) {
      fail((error as Error).message)
    }
  }
}

function judge(files: readonly string[]): void {
  const results = readResults(files, root)
  mkdirSync(`${root}/dist`, { recursive: true })
  writeFileSync(`${root}/dist/coverage.md`, coveragePage(carriers, results))
  const unshown = findUnshown(carriers, results)
  process.stdout.write(`dist/coverage.md: ${results.size} requirements with results\n`)
  if (unshown.length > 0) fail(`not shown by these results:\n${unshown.join('\n')}`)
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}
