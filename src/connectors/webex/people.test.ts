import { expect, test } from 'vitest'
import { Book, nameAddresses, nextPage } from './people.ts'

const person = (id: string, extension: string, long?: string, mails: string[] = []) => ({
  ...{ id, extension, long, mails, displayName: id, enabled: true },
})

test('an extension that several locations have is written with its prefix', () => {
  const people = nameAddresses([
    person('a', '100', '81100', ['a@x.example']),
    person('b', '100', '82100'),
    person('c', '100', undefined, ['c@x.example']),
    person('d', '200', '81200'),
    person('e', '100'),
  ])
  expect(people.map(({ address }) => address)).toEqual(['81100', '82100', 'c@x.example', '200', 'e'])
  expect(people[0]!.otherwise).toEqual(['a@x.example', 'a'])
})

test('a person is found in whichever way the address is written', () => {
  const book = new Book()
  book.replace(nameAddresses([person('a', '100', '81100', ['Anna@X.example'])]))
  for (const way of ['100', '81100', 'anna@x.example', 'A']) expect(book.find(way)?.id, way).toBe('a')
  expect(book.find('200')).toBeUndefined()
})

test('a next page is asked for at the same server only: the token goes with it', () => {
  const base = 'https://webexapis.com/v1'
  expect(nextPage('<https://webexapis.com/v1/people?cursor=a>; rel="next"', base)).toBe(
    'https://webexapis.com/v1/people?cursor=a',
  )
  expect(
    nextPage('<https://webexapis.com/v1/a>; rel="prev", <https://webexapis.com/v1/b>; rel=next', base),
  ).toBe('https://webexapis.com/v1/b')
  for (const link of [
    null,
    '',
    'x',
    '<https://evil.example/v1/people>; rel="next"',
    '</v1/people>; rel="next"',
  ]) {
    expect(nextPage(link, base), String(link)).toBeUndefined()
  }
})
