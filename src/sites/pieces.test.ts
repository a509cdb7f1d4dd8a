import { expect, test } from 'vitest'
import { Assembler, cutPieces } from './pieces.ts'

test('a long text goes in pieces and comes out as it was, characters beyond the basic plane too', () => {
  const text = JSON.stringify({ long: `${'x'.repeat(59_990)}${'😀é'.repeat(70_000)}` })
  const pieces = cutPieces(text)
  expect(pieces.length).toBeGreaterThan(4)
  for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThan(256 * 1024)
  const assembler = new Assembler()
  const sent = pieces.map((piece) => Buffer.from(piece).toString('utf8'))
  const taken = sent.map((piece) => assembler.take(piece))
  expect(taken.slice(0, -1).every((one) => one === undefined)).toBe(true)
  expect(taken.at(-1)).toBe(text)
  expect(assembler.take('{}')).toBe('{}')
  expect(cutPieces('{}')).toEqual(['{}'])
})

test('whoever never ends is stopped', () => {
  const assembler = new Assembler()
  const piece = `+${'x'.repeat(200_000)}`
  expect(() => {
    for (let count = 0; count < 400; count += 1) assembler.take(piece)
  }).toThrow('more at once')
})
