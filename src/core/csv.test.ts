import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteOrderMark, csvLine, readCsv } from './csv.ts'

const cells = (text: string) => readCsv(text).map((row) => row.cells)

test('reads back what it wrote, whatever stands in a cell', () => {
  const cell = fc.oneof(
    fc.constantFrom('a,b', 'say "hello"', '=1+1', '+49 30', '-', '@x', 'two\r\nlines', "'quoted", 'ä;ö'),
    fc.string().map((text) => text.trim()),
  )
  // A cell that a spreadsheet's guard could have made is read as what it guards.
  const plain = cell.filter((text) => !/^'[=+\-@\t\r]/.test(text))
  const row = fc.array(plain, { minLength: 2, maxLength: 5 }).filter((all) => all.some((one) => one !== ''))
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const head = ['name', 'address', 'more', 'and', 'more']
      expect(cells(byteOrderMark + [head, ...rows].map(csvLine).join(''))).toEqual([head, ...rows])
    }),
  )
})

test('a text that a spreadsheet would calculate is guarded', () => {
  expect(csvLine(['=HYPERLINK("x")', '+49', '-1', '@a', '1'])).toBe(`"'=HYPERLINK(""x"")",'+49,'-1,'@a,1\r\n`)
})

test('semicolons and tabs part as well, lines end in three ways, and keep their numbers', () => {
  expect(cells('a;b;c\nd;e,f;g')).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e,f', 'g'],
  ])
  expect(cells('a\tb\rc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  expect(readCsv('a,b\r\n\r\n"x\ny",1\n,\nlast,2').map(({ line }) => line)).toEqual([1, 3, 6])
})

test('a quotation mark that is never closed, or text behind one that is, breaks nothing', () => {
  expect(cells('a,b\n"open,1\nmore')).toEqual([['a', 'b'], ['open,1\nmore']])
  expect(cells('a,b\n"x"y,2')).toEqual([
    ['a', 'b'],
    ['x', '2'],
  ])
  expect(readCsv('')).toEqual([])
})
