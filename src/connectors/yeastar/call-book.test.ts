import { expect, test } from 'vitest'
import { CallBook } from './call-book.ts'
import type { Call } from './calls.ts'

const leg = (extension: string, status: string) => ({ channel: `PJSIP/${extension}-1`, extension, status })
const call = (id: string, legs: Call['legs'], more: Partial<Call> = {}): Call => ({
  ...{ id, legs, left: [], outside: undefined, ...more },
})
const talk = call('c', [leg('1001', 'ANSWERED'), leg('1002', 'ANSWER')])
const states = (book: CallBook, extension: string) =>
  book.of(extension).map(({ state, direction, party }) => `${state} ${direction} ${party}`)

test('an event newer than the question outlives the answer, at a beginning and at an end', () => {
  const book = new CallBook()
  book.heard(talk, 100)
  book.read([], 90)
  expect(states(book, '1001')).toEqual(['confirmed outbound internal'])
  book.ended('c', 120)
  book.read([talk], 110)
  expect(states(book, '1001')).toEqual([])
  book.read([talk], 5_130)
  expect(states(book, '1001')).toEqual(['confirmed outbound internal'])
})

test('what no event has told is named, of whom it touches', () => {
  const book = new CallBook()
  expect([...book.read([talk], 10)]).toEqual(['1001', '1002'])
  expect([...book.read([talk], 20)]).toEqual([])
  expect([...book.read([call('c', [leg('1001', 'HOLD'), leg('1002', 'ANSWER')])], 30)]).toEqual(['1001'])
  expect([...book.read([], 40)]).toEqual(['1001', '1002'])
})

test('a held call keeps its direction, and so does one that a reading shows first as held', () => {
  const book = new CallBook()
  book.heard(talk, 10)
  book.heard(call('c', [leg('1001', 'HOLD')]), 20)
  expect(states(book, '1001')).toEqual(['held outbound internal'])
  const other = new CallBook()
  other.read([call('c', [leg('1001', 'HOLD')], { outside: { number: '555', way: 'inbound' } })], 10)
  expect(states(other, '1001')).toEqual(['held inbound external'])
})

test('who is not named in an event goes on; who hung up leaves the rest in doubt until it is read', () => {
  const book = new CallBook()
  book.heard(talk, 10)
  expect(book.isDoubtful()).toBe(false)
  book.heard(call('c', [], { left: ['PJSIP/1001-1'] }), 20)
  expect([states(book, '1001').length, states(book, '1002').length]).toEqual([0, 1])
  expect(book.isDoubtful()).toBe(true)
  book.read([], 30)
  expect(states(book, '1002')).toEqual([])
  expect(book.isDoubtful()).toBe(false)
})

test('an idle extension is in no call, and its colleague is in doubt', () => {
  const book = new CallBook()
  book.heard(talk, 10)
  expect([...book.lamp('1001', 'idle', 20)].sort()).toEqual(['1001', '1002'])
  expect(states(book, '1001')).toEqual([])
  expect(states(book, '1002').length).toBe(1)
  expect(book.isDoubtful()).toBe(true)
})

test('a lamp counts once a reading shows no call, and no longer than it is lit', () => {
  const book = new CallBook()
  book.lamp('1001', 'busy', 10)
  expect([states(book, '1001'), book.isDoubtful()]).toEqual([[], true])
  book.read([], 20)
  expect([states(book, '1001'), book.isDoubtful()]).toEqual([['confirmed unknown unknown'], false])
  book.lamp('1001', 'idle', 30)
  expect(states(book, '1001')).toEqual([])
  book.lamp('1001', 'ringing', 40)
  book.read([], 50)
  expect(states(book, '1001')).toEqual(['early unknown unknown'])
  book.forgetLamps()
  expect(states(book, '1001')).toEqual([])
})

test('a list of calls that lags behind brings nobody back who has hung up', () => {
  const book = new CallBook()
  book.heard(talk, 10)
  book.lamp('1001', 'idle', 20)
  book.read([talk], 400)
  expect([states(book, '1001').length, states(book, '1002').length]).toEqual([0, 1])
  book.ended('c', 500)
  book.read([talk], 900)
  expect(states(book, '1002')).toEqual([])
  book.lamp('1001', 'busy', 1_000)
  book.read([call('d', talk.legs)], 1_100)
  expect(states(book, '1001').length).toBe(1)
})
