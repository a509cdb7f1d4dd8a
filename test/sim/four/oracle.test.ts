import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Every file that a file imports, and those that they import; types too. */
function reach(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, to] of readFileSync(join(root, path), 'utf8').matchAll(/from '(\.[^']+)'/g)) {
    reach(relative(root, join(root, dirname(path), to!)), seen)
  }
  return seen
}

it('the oracle of the random days imports nothing of the product', () => {
  const files = [...reach('test/sim/four/judge.ts')]
  expect(files).toContain('test/sim/four/hub-model.ts')
  expect(files.filter((path) => !path.startsWith('test/'))).toEqual([])
})
