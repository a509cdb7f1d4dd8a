import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { labSystems } from '../../src/apps/cli/lab-systems.ts'
import { runCommand } from './e2e/hub-process.ts'
import { type Child, startChild, until } from './support/child.ts'

const program = join(import.meta.dirname, '../../bin/hookswitch.js')

let lab: Child | undefined
let folder: string
afterEach(async () => {
  await lab?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('Outcome: every system of the lab is set up with its one line: check finds no error, and tells of each', async () => {
  folder = await mkdtemp(join(tmpdir(), 'hookswitch-check-'))
  const file = join(folder, 'hookswitch.yaml')
  const names = Object.keys(labSystems)
  const child = startChild(process.execPath, [program, 'lab', '--with', names.join(), '--write-config', file])
  lab = child
  await until(
    () => {
      if (!child.running()) throw new Error(`the lab ended at once:\n${child.output()}`)
      return child.output().includes('The lab is running') && existsSync(file)
    },
    () => `the lab to run:\n${child.output()}`,
    90_000,
  )
  const { output } = await runCommand('check', '--config', file)
  expect(output.split('\n').filter((line) => line.startsWith('  error'))).toEqual([])
  for (const name of names) expect(output).toMatch(new RegExp(`^contoso/${name}\\n {2}ok `, 'm'))
})
