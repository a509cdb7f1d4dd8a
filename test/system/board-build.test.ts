import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBoard } from './board-browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'hookswitch-build-'))
const assets = join(folder, 'assets')
beforeAll(() => buildBoard(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Files of the build that this one cannot do without, itself among them. */
function withImports(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known
  known.add(name)
  const text = readFileSync(join(assets, name), 'utf8')
  if (!name.endsWith('.js')) return known
  for (const [, other] of text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) withImports(other!, known)
  return known
}

test('the board is built for its users, whoever builds it: no tools for developers', () => {
  expect(process.env.NODE_ENV).toBe('test')
  const files = readdirSync(assets).map((name) => readFileSync(join(assets, name)))
  expect(files.filter((file) => file.includes('React DevTools'))).toEqual([])
})

test('the first load is at most 250 kB compressed, in German too; the other pages come when they are asked for', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const first = new Set<string>()
  for (const [, name] of page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)) withImports(name!, first)
  const german = readdirSync(assets).find((name) => name.startsWith('german'))!
  expect(first).not.toContain(german)
  withImports(german, first)
  const compressed = [...first].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length,
    0,
  )
  expect(compressed).toBeLessThan(250_000)
  expect(first.size).toBeLessThan(readdirSync(assets).length)
})
