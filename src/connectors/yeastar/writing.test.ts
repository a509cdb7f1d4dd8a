import { expect, test } from 'vitest'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, UNKNOWN } from '../../core/presence.ts'
import { wordFor } from './writing.ts'

const lunch = { word: 'lunch' }

test.each([
  ['assert', DO_NOT_DISTURB, 'available', undefined, 'do_not_disturb'],
  ['assert', DO_NOT_DISTURB, 'do_not_disturb', undefined, undefined],
  ['assert', AWAY, 'available', undefined, 'away'],
  // A word with the same meaning is as right.
  ['assert', AWAY, 'lunch', undefined, undefined],
  ['assert', AVAILABLE, 'off_work', undefined, 'available'],
  ['assert', AVAILABLE, 'a word of next year', undefined, 'available'],
  ['withdraw', UNKNOWN, 'do_not_disturb', undefined, 'available'],
  ['withdraw', UNKNOWN, 'available', undefined, undefined],
  // What was found is put back exactly where it is what the hub asks for.
  ['withdraw', AWAY, 'do_not_disturb', lunch, 'lunch'],
  ['withdraw', AVAILABLE, 'do_not_disturb', lunch, 'available'],
  ['withdraw', UNKNOWN, 'do_not_disturb', lunch, 'available'],
] as const)('%s %o over %s, found %o: %s', (act, state, shown, found, wanted) => {
  expect(wordFor({ act, state }, shown, found)).toBe(wanted)
})
