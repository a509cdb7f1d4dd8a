import { expect, test } from 'vitest'
import type { Clock } from '../core/ports.ts'
import { soleRows } from '../core/shared-rows.ts'
import { SessionBook } from './session-book.ts'

const hour = 3_600_000

function openBook() {
  let now = Date.UTC(2026, 10, 21, 9)
  const clock = { wall: () => now } as Clock
  const store = { commit: async () => {}, memory: async () => new Map() }
  const book = new SessionBook(soleRows(store), clock, { idleMs: 12 * hour, wholeMs: 168 * hour })
  return { book, pass: (ms: number) => (now += ms) }
}

test.each(['the former', 'the new'])('a session ends with all its keys, by %s one', async (which) => {
  const { book, pass } = openBook()
  const { key } = await book.open('olga')
  const other = await book.open('olga')
  pass(hour)
  const renewed = (await book.find(key))!.renewed!
  expect(await book.find(key), 'a request on its way').toBeDefined()
  await book.close(which === 'the former' ? key : renewed)
  expect([await book.find(key), await book.find(renewed)]).toEqual([undefined, undefined])
  expect(await book.find(other.key), 'her other browser').toBeDefined()
})

test('renewed twice, it is still one session', async () => {
  const { book, pass } = openBook()
  const { key } = await book.open('olga')
  pass(hour)
  const second = (await book.find(key))!.renewed!
  pass(hour)
  const third = (await book.find(second))!.renewed!
  await book.close(second)
  expect(await book.find(third)).toBeUndefined()
  expect(book.accounts()).toEqual(new Set())
})

test('asking whose a key is makes no new one', async () => {
  const { book, pass } = openBook()
  const { key } = await book.open('olga')
  pass(hour)
  expect(book.ownerOf(key)).toBe('olga')
  await book.close(key)
  expect(book.accounts()).toEqual(new Set())
  expect(book.ownerOf(key)).toBeUndefined()
})

test('it lasts while any of its keys is used, and no longer; asking is no use', async () => {
  const { book, pass } = openBook()
  const { key, id } = await book.open('olga')
  pass(hour)
  const renewed = (await book.find(key))!.renewed!
  pass(2 * 60_000)
  expect(book.lasts(id), 'the former key is over').toBe(true)
  expect((await book.find(renewed))!.id).toBe(id)
  pass(11 * hour)
  expect(book.lasts(id)).toBe(true)
  pass(2 * hour)
  expect(book.lasts(id)).toBe(false)
})
