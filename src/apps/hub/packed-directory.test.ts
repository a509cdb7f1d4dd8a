import { expect, it } from 'vitest'
import type { DirectoryEntry } from '../../core/connector.ts'
import { isSameDirectory, packDirectory, unpackDirectory } from './packed-directory.ts'

function entriesOf(count: number): DirectoryEntry[] {
  return Array.from({ length: count }, (_, number) => {
    return { address: String(number), displayName: `Jürgen ${number}`, mails: [], aliases: [], guest: false }
  })
}

it('gives back what was packed, in order', async () => {
  const entries = entriesOf(2500)
  const packed = await packDirectory(entries)
  expect(packed.reduce((sum, piece) => sum + piece.length, 0)).toBeLessThan(
    JSON.stringify(entries).length / 5,
  )
  expect(await Array.fromAsync(unpackDirectory(packed))).toEqual(entries)
  expect(packed.map(({ buffer }) => buffer.byteLength)).toEqual(packed.map(({ length }) => length))
  expect(await packDirectory([])).toEqual([])
})

it('tells a directory that changed from one that did not', async () => {
  const packed = await packDirectory(entriesOf(2500))
  expect(isSameDirectory(packed, await packDirectory(entriesOf(2500)))).toBe(true)
  expect(isSameDirectory(packed, await packDirectory(entriesOf(2499)))).toBe(false)
  expect(isSameDirectory(packed, await packDirectory(entriesOf(2000)))).toBe(false)
  expect(isSameDirectory(packed, [])).toBe(false)
})
