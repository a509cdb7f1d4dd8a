import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { coveragePage, tally } from './page.ts'
import { readResults, withoutPass } from './results.ts'
import { scanTests } from './scan.ts'

/**
 * Writes docs/coverage.md; exit 1 when an ID has neither a test nor a reason. With files of results (`vitest run
 * --reporter=json --outputFile=FILE`) also tells what became of each ID's tests; exit 1 when one failed or none ran.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const carriers = scanTests(root)
writeFileSync(`${root}/docs/coverage.md`, coveragePage(carriers))
const { tested, reasoned, missing } = tally(carriers)
process.stdout.write(`docs/coverage.md: ${tested} shown by tests, ${reasoned} with a reason\n`)
if (missing.length > 0) {
  process.stderr.write(`neither test nor reason: ${missing.join(', ')}\n`)
  process.exitCode = 1
}
const files = process.argv.slice(2)
if (files.length > 0) {
  const results = readResults(files)
  for (const [id, { passed, failed }] of results)
    process.stdout.write(`${id}: ${passed} passed, ${failed} failed\n`)
  const open = withoutPass([...carriers.keys()], results)
  if (open.length > 0) {
    process.stderr.write(`not shown by these results: ${open.join(', ')}\n`)
    process.exitCode = 1
  }
}
