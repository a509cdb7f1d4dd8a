import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildBoard } from './board-browser.ts'

test('the board is built for its users, whoever builds it: no tools for developers, at most 250 kB compressed', async () => {
  expect(process.env.NODE_ENV).toBe('test')
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-build-'))
  try {
    await buildBoard(folder)
    const assets = join(folder, 'assets')
    const files = readdirSync(assets).map((name) => readFileSync(join(assets, name)))
    expect(files.filter((file) => file.includes('React DevTools'))).toEqual([])
    const compressed = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
    expect(compressed).toBeLessThan(250_000)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
