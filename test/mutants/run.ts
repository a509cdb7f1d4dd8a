import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CatchingTest, Mutant } from './mutants.ts'
import { mutants } from './mutants.ts'
import { record } from './record.ts'
import type { Verdict } from './verdict.ts'
import { readVerdict } from './verdict.ts'

/**
 * Applies each fault to a copy of the tree and runs the test that should notice it. A fault is caught when that test
 * fails by an assertion; a run that breaks, or in which another test fails, catches nothing. Exit code 1 when one is not
 * caught, when a text to replace is not there any more, or when a test fails without any fault. Names as arguments
 * pick some of them; `--record` writes the outcome of the whole list down in test/mutants/README.md.
 */
const root = join(import.meta.dirname, '../..')
const parts = ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'hookswitch-mutants-'))
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const timeLimitMs = 300_000

/** The run is killed after five minutes, and then leaves no report. */
function run(cwd: string, test: CatchingTest): Promise<Verdict> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const report = join(cwd, 'report.json')
  rmSync(report, { force: true })
  const output = ['--reporter=json', `--outputFile=${report}`]
  const args = [vitest, 'run', test.file, '-t', test.name, '--bail', '1', ...output]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: 'ignore',
      timeout: timeLimitMs,
      killSignal: 'SIGKILL',
    })
    child.on('close', () => {
      resolve(readVerdict(existsSync(report) ? readFileSync(report, 'utf8') : undefined, test.name))
    })
  })
}

async function runWith(copy: string, mutant: Mutant): Promise<Verdict> {
  const file = join(copy, mutant.file)
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(mutant.search, () => mutant.replace),
  )
  try {
    return await run(copy, mutant.test)
  } finally {
    writeFileSync(file, text)
  }
}

/** Tests that fail without any fault, or do not exist, prove nothing. */
async function failingTests(copy: string, chosen: readonly Mutant[]): Promise<string[]> {
  const tests = new Map(chosen.map(({ test }) => [`${test.file} ${test.name}`, test]))
  const failing: string[] = []
  for (const [key, test] of tests) {
    const verdict = await run(copy, test)
    if (verdict.kind !== 'passed') failing.push(`${key}: ${verdict.why}`)
  }
  return failing
}

/** A fault, and what its test made of it: one line. */
function inWords({ name, test }: Mutant, verdict: Verdict): string {
  const what = `${name} (${test.file}: ${test.name})`
  switch (verdict.kind) {
    case 'asserted':
      return `caught             ${what}`
    case 'passed':
      return `SURVIVED           ${what}`
    case 'broken':
      return `BROKEN RUN         ${what}: ${verdict.why}`
    case 'other':
      return `OTHER TEST FAILED  ${what}: ${verdict.why}`
  }
}

async function tryAll(copy: string, chosen: readonly Mutant[]): Promise<number> {
  let caught = 0
  for (const mutant of chosen) {
    const verdict = await runWith(copy, mutant)
    if (verdict.kind === 'asserted') caught += 1
    console.log(inWords(mutant, verdict))
  }
  console.log(`${caught} of ${chosen.length} faults caught`)
  return caught
}

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => arg !== '--record')
  const chosen = mutants.filter(({ name }) => names.length === 0 || names.includes(name))
  const { log } = console
  const lost = chosen.filter(({ file, search }) => {
    return readFileSync(join(root, file), 'utf8').split(search).length !== 2
  })
  for (const { name, file, search } of lost) log(`not found once in ${file}: ${name}: ${search}`)
  if (lost.length > 0) return 1
  const copy = copyTree()
  try {
    const failing = await failingTests(copy, chosen)
    for (const key of failing) log(`fails without a fault, or is not there: ${key}`)
    if (failing.length > 0) return 1
    const caught = await tryAll(copy, chosen)
    if (args.includes('--record') && names.length === 0) record(root, { caught, of: chosen.length })
    return caught < chosen.length ? 1 : 0
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2))
