import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Of every way to write an import: `from`, for its effect alone, at run time, `require`. */
const imports = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`]+)\1/g

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(imports)].map(([, , to]) => to!)
}

/** Every file that a file imports, and those that they import; types too. What is no path stays as it is written. */
function reach(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const to of importsOf(readFileSync(join(root, path), 'utf8'))) {
    if (to.startsWith('.')) reach(relative(root, join(root, dirname(path), to)), seen)
    else seen.add(to)
  }
  return seen
}

it('an import is seen however it is written', () => {
  const text = [
    `import { a } from '../src/a.ts'`,
    `import type { b } from "../src/b.ts"`,
    `import '../src/c.ts'`,
    `const d = await import('../src/d.ts')`,
    'const e = await import(`../src/e.ts`)',
    `type F = import('../src/f.ts').F`,
    `const g = require('../src/g.ts')`,
    `export * from '../src/h.ts'`,
    `import i from 'hookswitch/src/i.ts'`,
  ].join('\n')
  expect(importsOf(text).map((to) => to.at(-4))).toEqual([...'abcdefghi'])
})

it('the oracle of the random days imports nothing of the product', () => {
  const files = [...reach('test/sim/four/judge.ts')]
  expect(files).toContain('test/sim/four/hub-model.ts')
  // Neither src/, nor a package, which might be this one by its name.
  expect(files.filter((path) => !path.startsWith('test/') && !path.startsWith('node:'))).toEqual([])
})
