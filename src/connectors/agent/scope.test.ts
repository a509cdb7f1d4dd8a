import { expect, test } from 'vitest'
import { Door } from './door.ts'
import { Scope } from './scope.ts'

test('an address, all that begin so, and all', () => {
  const scope = new Scope(['1001', '20*'])
  expect(['1001', '2001', '20', '10011', '3', ''].map((address) => scope.has(address))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  expect([scope.names('1001'), scope.names('2001')]).toEqual([true, false])
  expect(new Scope(['*']).has('anna')).toBe(true)
  expect(new Scope(['anna']).has('Anna')).toBe(false)
})

test('an agent may claim a part of those it may speak for, never more', () => {
  const scope = new Scope(['10*'])
  expect(['10*', '100*', '1*', '*', '1001'].map((word) => scope.has(word))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ])
})

test('the door opens for the right token of the right agent only', () => {
  const door = new Door([
    { id: 'a', token: 'token-of-a', addresses: ['*'] },
    { id: 'b', token: 'token-of-b', addresses: ['1'], write: false },
  ])
  expect(door.admit('a', 'token-of-a')).toMatchObject({ id: 'a', mayWrite: true })
  expect(door.admit('b', 'token-of-b')).toMatchObject({ id: 'b', mayWrite: false })
  for (const [id, token] of [
    ['a', 'token-of-b'],
    ['a', ''],
    ['a', undefined],
    ['nobody', 'nobody'],
  ] as const) {
    expect(door.admit(id, token)).toBeUndefined()
  }
})
