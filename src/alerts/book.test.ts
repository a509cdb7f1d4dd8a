import { describe, expect, it } from 'vitest'
import type { Problem } from '../core/alert.ts'
import { AlertBook } from './book.ts'

const problem = (key: string, since = 0): Problem => ({
  key,
  kind: 'connectorDown',
  title: `${key} is down`,
  text: '',
  since,
})

function look(book: AlertBook, now: number, keys: readonly string[], more: object = {}) {
  const { message } = book.look({
    problems: keys.map((key) => problem(key, now)),
    now,
    quiet: false,
    early: false,
    ...more,
  })
  return (
    message && [
      message.digest ? 'digest' : 'told',
      ...message.raised.map(({ key }) => `+${key}`),
      ...message.cleared.map(({ problem: { key } }) => `-${key}`),
    ]
  )
}

describe('the book of alerts', () => {
  it('tells of a problem once, and once more when it is over', () => {
    const book = new AlertBook()
    expect(look(book, 1, [])).toBeUndefined()
    expect(look(book, 2, ['a'])).toEqual(['told', '+a'])
    expect(look(book, 3, ['a'])).toBeUndefined()
    expect(look(book, 4, ['a', 'b'])).toEqual(['told', '+b'])
    expect(look(book, 5, ['b'])).toEqual(['told', '-a'])
    expect(look(book, 6, ['a', 'b'])).toEqual(['told', '+a'])
    expect(book.current().map(({ key, since, raisedAt }) => [key, since, raisedAt])).toEqual([
      ['b', 4, 4],
      ['a', 6, 6],
    ])
  })

  it('tells of a problem again when it becomes more urgent, without an all-clear in between', () => {
    const book = new AlertBook()
    const urgent = (again: string) => ({ problems: [{ ...problem('secret'), again }] })
    expect(look(book, 1, [], { problems: [problem('secret')] })).toEqual(['told', '+secret'])
    expect(look(book, 2, [], urgent('14 days'))).toEqual(['told', '+secret'])
    expect(look(book, 3, [], urgent('14 days'))).toBeUndefined()
    expect(look(book, 4, [], { ...urgent('7 days'), quiet: true })).toBeUndefined()
    expect(look(book, 5, [], urgent('7 days'))).toEqual(['digest', '+secret'])
    expect(look(book, 6, [])).toEqual(['told', '-secret'])
  })

  it('holds everything back in quiet hours and tells it together when they end', () => {
    const book = new AlertBook()
    look(book, 1, ['a', 'b'])
    const quiet = { quiet: true }
    expect(look(book, 2, ['b'], quiet)).toBeUndefined()
    expect(look(book, 3, ['b', 'c', 'd'], quiet)).toBeUndefined()
    expect(book.current().map(({ key, told }) => [key, told])).toEqual([
      ['b', true],
      ['c', false],
      ['d', false],
    ])
    expect(look(book, 4, ['b', 'c'], quiet)).toBeUndefined()
    expect(look(book, 5, ['b', 'c'])).toEqual(['digest', '+c', '-a', '-d'])
    expect(look(book, 6, ['b', 'c'])).toBeUndefined()
  })

  it('says nothing after quiet hours in which nothing happened', () => {
    const book = new AlertBook()
    look(book, 1, [], { quiet: true })
    expect(look(book, 2, [])).toBeUndefined()
  })

  it('takes nothing for over shortly after a start, and tells nothing twice', () => {
    const before = new AlertBook()
    look(before, 1, ['a', 'b'])
    const book = new AlertBook()
    book.restore(JSON.parse(JSON.stringify(before.store())))
    const early = { early: true }
    expect(look(book, 2, ['c'], early)).toEqual(['told', '+c'])
    expect(look(book, 3, [], early)).toEqual(['told', '-c'])
    expect(look(book, 4, ['a'])).toEqual(['told', '-b'])
  })
})
