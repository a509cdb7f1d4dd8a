import { expect, test } from 'vitest'
import { numberOf } from './device.ts'

test.each([
  ['1001', '1001'],
  [' 1001 ', '1001'],
  ['N<302118840100>;noa=nk', '302118840100'],
  ['N<+49301234567!8>Anna', '+49301234567'],
  ['1001:CM1::0', '1001'],
  ['sip:1001@pbx.example.com', '1001'],
  ['tel:+49-30-123', '+4930123'],
  ['+49 (30) 123', '+4930123'],
  ['*97', '*97'],
  ['anna.keller@example.com', 'anna.keller'],
  ['', undefined],
  ['N<>', undefined],
  [':::0', undefined],
])('the number in %j is %j', (identifier, number) => {
  expect(numberOf(identifier)).toBe(number)
})
