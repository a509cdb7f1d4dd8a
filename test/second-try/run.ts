import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseAgain, type RunReport } from './choose.ts'

/**
 * `npm run again PROJECT`, after a run of that project failed within `npm test`: runs the files that failed once more,
 * one after the other with nothing beside them. Exit 0 when all pass. What passed only then is noted in `unsteady.txt`
 * beside the results, which `npm test` prints at its end. Why, and what has no second try: docs/decisions/0033-a-second-try.md.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const [project] = process.argv.slice(2)
const results = process.env.HOOKSWITCH_TEST_RESULTS
if (project === undefined || results === undefined)
  throw new Error('Say the project, and with HOOKSWITCH_TEST_RESULTS where its results are.')

const read = (name: string, missing: string) => {
  const file = join(root, results, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : missing
}
const noted = 'unsteady.txt'
const chosen = chooseAgain(JSON.parse(read(`${project}.json`, '{}')) as RunReport, {
  unsteady: read(noted, '').split('\n').length - 1,
  unhandled: read(`${project}.unhandled`, ''),
})
if (typeof chosen === 'string') {
  process.stderr.write(`No second try: ${chosen}.\n`)
  process.exit(1)
}
const files = chosen.map(({ file }) => relative(root, file))
process.stdout.write(`\nOnce more, with nothing beside: ${files.join(', ')}\n`)
const reporters = [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}/${project}-again.json`,
]
const again = spawnSync(
  'npx',
  ['vitest', 'run', '--project', project, '--no-file-parallelism', ...reporters, ...files],
  // Told here where its results are, it is not told by its configuration.
  { cwd: root, stdio: 'inherit', env: { ...process.env, HOOKSWITCH_TEST_RESULTS: '' } },
)
if (again.status !== 0) process.exit(1)
const lines = chosen.map(
  ({ file, tests }) => `${relative(root, file)}: ${tests.join('; ') || 'as a whole'}\n`,
)
appendFileSync(join(root, results, noted), lines.join(''))
