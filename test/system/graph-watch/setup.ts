import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { stopWatching } from './preload.ts'

/** Runs before each system test file: what an emulated Graph says and hears, here and in child processes, has the published shape. */

const folder = mkdtempSync(join(tmpdir(), 'hookswitch-graph-'))
const file = join(folder, 'problems')
const options = process.env.NODE_OPTIONS
process.env.HOOKSWITCH_TEST_GRAPH_PROBLEMS = file
process.env.NODE_OPTIONS = `${options ?? ''} --import=${new URL('preload.ts', import.meta.url).href}`.trim()

afterAll(() => {
  stopWatching()
  if (options === undefined) delete process.env.NODE_OPTIONS
  else process.env.NODE_OPTIONS = options
  const problems = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  rmSync(folder, { recursive: true, force: true })
  expect([...new Set(problems)].slice(0, 20), 'Exchanges with Graph that are not as published').toEqual([])
})
