import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mutants } from './mutants/mutants.ts'

const root = join(import.meta.dirname, '..')

it('every listed fault still finds its text, exactly once', () => {
  const wrong = mutants.filter(({ file, search }) => {
    return readFileSync(join(root, file), 'utf8').split(search).length !== 2
  })
  expect(wrong.map(({ name, file }) => `${name} in ${file}`)).toEqual([])
})

it('lists at least 25 faults, each with a test that exists', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  expect(mutants.length).toBeGreaterThanOrEqual(25)
  expect(mutants.filter(({ test }) => !existsSync(join(root, test.file)))).toEqual([])
})
