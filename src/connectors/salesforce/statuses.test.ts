import { expect, test } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL, PRESENTING } from '../../core/presence.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import type { Settings } from './config.ts'
import { StatusBook } from './statuses.ts'

const log = { debug() {}, info() {}, warn() {}, error() {}, with: () => log }
const clock: Clock = { wall: () => 0, monotonic: () => 0, after: () => ({ cancel() {} }) }

function open(labels: readonly string[], statuses: Settings['statuses'] = []) {
  const unknown = new UnknownValues({ clock, log })
  const book = new StatusBook({ statuses }, unknown)
  book.learn(labels.map((label) => ({ id: label, developerName: label.replaceAll(' ', '_'), label })))
  return { book, unknown }
}

test('the first status that means a state is written for it, those of the table first', () => {
  const labels = ['Available Chat', 'Available Phone', 'Busy']
  expect(open(labels).book.statusFor(AVAILABLE)?.label).toBe('Available Chat')
  const table = [{ status: 'available_phone', means: 'available' as const }]
  expect(open(labels, table).book.statusFor(AVAILABLE)?.label).toBe('Available Phone')
  const never = labels.map((status) => ({ status, means: 'available' as const, write: false }))
  expect(open(labels, never).book.statusFor(AVAILABLE)).toBeUndefined()
})

test('what no status means is written as the nearest, and never as less than was meant', () => {
  const { book } = open(['Available', 'Busy', 'Lunch'])
  for (const state of [IN_A_CALL, PRESENTING, DO_NOT_DISTURB]) {
    expect(book.statusFor(state)?.label).toBe('Busy')
  }
  expect(book.statusFor(AWAY)?.label).toBe('Lunch')
  expect(open(['Available']).book.statusFor(DO_NOT_DISTURB)).toBeUndefined()
  expect(open(['Available']).book.statusFor(AWAY)).toBeUndefined()
})

test('a status that nobody has explained counts by its kind, also where only its id is known', () => {
  const { book, unknown } = open(['Blue', 'Green'])
  expect([book.stateOf('Blue', false), book.stateOf('Green', true)]).toEqual([AVAILABLE, BUSY])
  expect([book.stateOf('Blue', undefined), book.stateOf('gone', undefined)]).toEqual([AVAILABLE, BUSY])
  expect(book.strange()).toEqual(['Blue', 'Green'])
  expect(
    unknown
      .list()
      .map(({ value }) => value)
      .sort(),
  ).toEqual(['Blue', 'Green', 'gone'])
})

test('UN-23: a status that says more than its state carries a reason: its label, or what the table says; else blank', () => {
  const table = [
    { status: 'Training', means: 'busy' as const, reason: 'T1' },
    { status: 'Back office', means: 'busy' as const, reason: '' },
  ]
  const labels = ['Available', 'On a Call', 'Do_Not_Disturb', 'Lunch', 'Blue', 'Training', 'Back office']
  const { book } = open(labels, table)
  expect(labels.map((label) => book.reasonOf(label))).toEqual([
    ...[undefined, undefined, undefined],
    ...['Lunch', 'Blue', 'T1', undefined],
  ])
  expect(book.reasonOf('gone')).toBeUndefined()
})

test('names in the table that the organisation does not have are told', () => {
  const table = [
    { status: 'BUSY', means: 'busy' as const },
    { status: 'Coaching', means: 'inAMeeting' as const },
  ]
  expect(open(['Busy'], table).book.missing()).toEqual(['Coaching'])
})
