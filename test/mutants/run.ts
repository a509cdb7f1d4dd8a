import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CatchingTest, Mutant } from './mutants.ts'
import { mutants } from './mutants.ts'

/**
 * Applies each fault to a copy of the tree and runs the test that should notice it. Exit code 1 when one goes
 * unnoticed, when a text to replace is not there any more, or when a test fails without any fault. Names as arguments
 * pick some of them.
 */
const root = join(import.meta.dirname, '../..')
const parts = ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'hookswitch-mutants-'))
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

interface Result {
  /** Tests that ran: a name that matches nothing must not look like a success. */
  readonly ran: number
  readonly passed: boolean
}

/** A test that does not end within three minutes has failed. */
function run(cwd: string, test: CatchingTest): Promise<Result> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const report = join(cwd, 'report.json')
  rmSync(report, { force: true })
  const output = ['--reporter=json', `--outputFile=${report}`]
  const args = [vitest, 'run', test.file, '-t', test.name, '--bail', '1', ...output]
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: 'ignore',
      timeout: 180_000,
      killSignal: 'SIGKILL',
    })
    child.on('close', (code) => resolve({ ran: countRan(report), passed: code === 0 }))
  })
}

function countRan(report: string): number {
  if (!existsSync(report)) return 0
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
    string,
    number
  >
  return (numPassedTests ?? 0) + (numFailedTests ?? 0)
}

async function isCaught(copy: string, mutant: Mutant): Promise<boolean> {
  const file = join(copy, mutant.file)
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(mutant.search, () => mutant.replace),
  )
  try {
    return !(await run(copy, mutant.test)).passed
  } finally {
    writeFileSync(file, text)
  }
}

/** Tests that fail without any fault, or do not exist, prove nothing. */
async function failingTests(copy: string, chosen: readonly Mutant[]): Promise<string[]> {
  const tests = new Map(chosen.map(({ test }) => [`${test.file} ${test.name}`, test]))
  const failing: string[] = []
  for (const [key, test] of tests) {
    const { ran, passed } = await run(copy, test)
    if (!passed || ran === 0) failing.push(key)
  }
  return failing
}

async function main(names: readonly string[]): Promise<number> {
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
    let survivors = 0
    for (const mutant of chosen) {
      const caught = await isCaught(copy, mutant)
      if (!caught) survivors += 1
      log(`${caught ? 'caught  ' : 'SURVIVED'} ${mutant.name} (${mutant.test.file}: ${mutant.test.name})`)
    }
    log(`${chosen.length - survivors} of ${chosen.length} faults caught`)
    return survivors > 0 ? 1 : 0
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2))
