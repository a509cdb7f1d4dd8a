import { expect, test } from 'vitest'
import { ChannelBook } from './channel-book.ts'
import type { ChannelSeen } from './decode.ts'

const open = () => new ChannelBook({ domain: 'd', isExtension: (number) => /^10\d\d$/.test(number) })
const phone = (uuid: string, user: string, more: Partial<ChannelSeen> = {}): ChannelSeen => ({
  ...{ uuid, presenceId: `${user}@D`, name: `sofia/internal/${user}@d`, state: 'ACTIVE' },
  ...{ direction: 'inbound', callerNumber: user, destination: '1002', ...more },
})
const trunk = (uuid: string, more: Partial<ChannelSeen> = {}): ChannelSeen => ({
  ...{ uuid, name: 'sofia/external/0170', state: 'ACTIVE', direction: 'outbound', ...more },
})
const said = (book: ChannelBook, user: string) =>
  book.of(user).map((leg) => `${leg.state} ${leg.direction} ${leg.party}`)

test('X-14: whom a phone talks to is told by the other channel of the call', () => {
  const book = open()
  book.heard(phone('a', '1001', { destination: '0170' }), 0)
  expect(said(book, '1001')).toEqual(['confirmed outbound unknown'])
  expect([...book.heard(trunk('b', { call: 'a' }), 1)]).toEqual(['1001'])
  expect(said(book, '1001')).toEqual(['confirmed outbound external'])
  book.heard(phone('c', '1002', { direction: 'outbound', call: 'd' }), 2)
  book.heard(phone('d', '1003'), 3)
  expect(said(book, '1002')).toEqual(['confirmed inbound internal'])
  expect(said(book, '1003')).toEqual(['confirmed outbound internal'])
})

test('X-14: phones of a ring group ring side by side: the caller is who began the call', () => {
  const book = open()
  book.heard(trunk('a', { direction: 'inbound', state: 'RINGING' }), 0)
  for (const [uuid, user] of [
    ['b', '1001'],
    ['c', '1002'],
  ] as const) {
    book.heard(phone(uuid, user, { direction: 'outbound', state: 'RINGING', call: 'a' }), 1)
  }
  expect(said(book, '1001')).toEqual(['early inbound external'])
  expect(said(book, '1002')).toEqual(['early inbound external'])
})

test.each([
  ['1003', 'internal', undefined],
  ['*97', 'unknown', true],
  ['04255550100', 'external', undefined],
  ['park', 'unknown', undefined],
])('who dials %s alone: %s', (destination, party, featureCode) => {
  const book = open()
  book.heard(phone('a', '1001', { destination }), 0)
  expect(book.of('1001')[0]).toMatchObject({ party, remote: destination })
  expect(book.of('1001')[0]?.featureCode).toBe(featureCode)
})

test('somebody of another domain is outside; a loopback channel tells nothing', () => {
  const book = open()
  book.heard(phone('a', '1001', { direction: 'outbound', call: 'b' }), 0)
  book.heard({ ...trunk('b'), presenceId: '1001@other' }, 0)
  expect(said(book, '1001')).toEqual(['confirmed inbound external'])
  book.heard(trunk('b', { name: 'loopback/1001-b' }), 1)
  book.heard({ uuid: 'b', name: 'loopback/1001-b', presenceId: '@d' }, 1)
  expect(said(book, '1001')).toEqual(['confirmed inbound unknown'])
})

test('a state that nobody has described is a call; one that is being made is none', () => {
  const book = open()
  book.heard(phone('a', '1001', { state: 'WHISPERING' }), 0)
  book.heard(phone('b', '1002', { state: 'DOWN' }), 0)
  expect([...said(book, '1001'), ...said(book, '1002')]).toEqual(['confirmed outbound internal'])
})

test('a list that lags behind the events changes nothing they have told, a later one does', () => {
  const book = open()
  const old = [phone('a', '1001', { state: 'RINGING' })]
  book.heard(phone('a', '1001'), 5_000)
  book.heard(phone('b', '1002'), 5_000)
  book.heard(phone('c', '1003'), 5_000)
  book.ended('c', 5_500)
  book.read([...old, phone('c', '1003')], 6_000)
  expect([said(book, '1001'), said(book, '1002'), said(book, '1003')]).toEqual([
    ['confirmed outbound internal'],
    ['confirmed outbound internal'],
    [],
  ])
  book.read(old, 60_000)
  expect([said(book, '1001'), said(book, '1002')]).toEqual([['early outbound internal'], []])
  expect(book.size).toBe(1)
})

test('a new connection believes its list', () => {
  const book = open()
  book.heard(phone('a', '1001'), 0)
  book.forgetEvents()
  book.read([], 100)
  expect(book.size).toBe(0)
})
