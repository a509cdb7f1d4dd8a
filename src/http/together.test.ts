import { expect, test } from 'vitest'
import { joinLists } from './together.ts'

test('lists of several hubs are one; what all say is said once, what has a time the newest first', () => {
  expect(
    joinLists([
      { alerts: [{ key: 'a' }], channels: [{ name: 'mail', waiting: 0 }], more: 1 },
      { alerts: [{ key: 'b' }], channels: [{ name: 'mail', waiting: 0 }], more: 2 },
    ]),
  ).toEqual({ alerts: [{ key: 'a' }, { key: 'b' }], channels: [{ name: 'mail', waiting: 0 }], more: 1 })
  expect(joinLists([{ done: [{ at: 1 }] }, { done: [{ at: 3 }, { at: 2 }] }], 2)).toEqual({
    done: [{ at: 3 }, { at: 2 }],
  })
})
