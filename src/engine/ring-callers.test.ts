import { describe, expect, test } from 'vitest'
import { RefusedCalls } from './ring-callers.ts'

const minute = 60_000
const window = 3 * minute
const caller = (change: Partial<{ person: string; number: string; call: string }> = {}) => ({
  person: 'anna',
  number: '+14255550100',
  call: undefined,
  ...change,
})

describe('a second call from the same number', () => {
  test('rings within the window, and the first one does not', () => {
    const calls = new RefusedCalls()
    expect(calls.isSecond(caller(), 0, window)).toBe(false)
    expect(calls.isSecond(caller(), 2 * minute, window)).toBe(true)
    expect(calls.isSecond(caller(), 4 * minute, window)).toBe(true)
    expect(calls.isSecond(caller(), 8 * minute, window)).toBe(false)
  })

  test('is not the same call asked for again: by its id, or within a few seconds', () => {
    const calls = new RefusedCalls()
    calls.isSecond(caller({ call: 'a' }), 0, window)
    expect(calls.isSecond(caller({ call: 'a' }), minute, window)).toBe(false)
    expect(calls.isSecond(caller({ call: 'b' }), minute, window)).toBe(true)
    expect(calls.isSecond(caller({ call: 'b' }), minute + 1, window)).toBe(true)
    const plain = new RefusedCalls()
    plain.isSecond(caller(), 0, window)
    expect(plain.isSecond(caller(), 4999, window)).toBe(false)
    expect(plain.isSecond(caller(), 5000, window)).toBe(true)
    expect(plain.isSecond(caller(), 5001, window)).toBe(true)
  })

  test('is one person’s and one number’s', () => {
    const calls = new RefusedCalls()
    calls.isSecond(caller(), 0, window)
    expect(calls.isSecond(caller({ person: 'ben' }), minute, window)).toBe(false)
    expect(calls.isSecond(caller({ number: '+14255550101' }), minute, window)).toBe(false)
  })

  test('memory is bounded, and nothing is kept longer than the window', () => {
    const calls = new RefusedCalls(100)
    for (let index = 0; index < 10_000; index++)
      calls.isSecond(caller({ number: `+${index}` }), index, window)
    expect(calls.size).toBe(100)
    expect(calls.isSecond(caller({ number: '+9950', call: 'x' }), 9_999 + 5000, window)).toBe(true)
    expect(calls.isSecond(caller({ number: '+1' }), 9_999 + 5000, window)).toBe(false)
    calls.isSecond(caller(), 60 * minute, window)
    expect(calls.size).toBe(1)
  })
})
