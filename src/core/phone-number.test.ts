import { describe, expect, test } from 'vitest'
import { defaultNumberPlan, isListed, normalizeNumber } from './phone-number.ts'

const german = { ...defaultNumberPlan, countryCode: '49' }
const american = { countryCode: '1', internationalPrefix: '011', nationalPrefix: '' }

describe('one spelling of a number', () => {
  test.each([
    ['+49 (89) 1234-567', german, '+49891234567'],
    ['0049891234567', german, '+49891234567'],
    ['0891234567', german, '+49891234567'],
    [' 49891234567', german, '+49891234567'],
    ['1001', german, '1001'],
    ['0112', german, '0112'],
    ['0891234567', defaultNumberPlan, '0891234567'],
    ['0049891234567', defaultNumberPlan, '+49891234567'],
    ['4255550100', american, '+14255550100'],
    ['01149891234567', american, '+49891234567'],
    ['*97', german, '*97'],
    ['anonymous', german, undefined],
    ['<unknown>', german, undefined],
    ['', german, undefined],
  ] as const)('%s', (written, plan, expected) => {
    expect(normalizeNumber(written, plan)).toBe(expected)
  })
})

describe('lists of numbers', () => {
  test.each([
    ['+4989123', ['089 123*'], false],
    ['089123456', ['+4989123*'], true],
    ['+49891234567', ['0891234567'], true],
    ['+49891234568', ['0891234567'], false],
    ['1001', ['10*'], true],
    ['anonymous', ['*'], false],
    ['+49891234567', [], false],
  ] as const)('%s on %j: %s', (number, list, expected) => {
    expect(isListed(number, list, german)).toBe(expected)
  })
})
