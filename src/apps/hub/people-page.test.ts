import { expect, test } from 'vitest'
import type { PersonView } from '../../core/view.ts'
import { People } from '../../engine/people.ts'
import { cutPage } from './people-page.ts'

const spec = (id: string, address: string) => ({
  ...{ tenant: 't', id, upn: id, displayName: `Mx ${id}` },
  addresses: [{ connector: 'pbx', address, line: address, rank: 1 }],
})

function pages(ids: readonly string[]) {
  const people = new People()
  const set = (wanted: readonly string[]) =>
    people.set(
      wanted.map((id, index) => spec(id, String(1000 + index))),
      { now: 0, touched() {} },
    )
  set(ids)
  let views = 0
  const page = (query: { offset?: number; limit?: number; text?: string }) => {
    const found = cutPage(
      { offset: 0, limit: 2, ...query },
      {
        people: people.inOrder('t'),
        shows: ({ gone }) => !gone,
        view: ({ presentity }) => {
          views += 1
          return { id: presentity.id } as PersonView
        },
      },
    )
    return [found.people.map(({ id }) => id).join(' '), found.total]
  }
  return { page, set, views: () => views }
}

test('a page views its own people only, whoever is asked for', () => {
  const { page, views } = pages(Array.from({ length: 500 }, (_, index) => `p${index + 100}`))
  expect(page({ offset: 300 })).toEqual(['p400 p401', 500])
  expect(page({ text: 'MX P59', offset: 4, limit: 3 })).toEqual(['p594 p595 p596', 10])
  expect(page({ text: '1499' })).toEqual(['p599', 1])
  expect(views()).toBe(6)
})

test('the order is that of the ids, whoever comes, goes or was there first', () => {
  const { page, set } = pages(['dora', 'ben', 'anna'])
  expect([page({}), page({ offset: 2 })]).toEqual([
    ['anna ben', 3],
    ['dora', 3],
  ])
  set(['dora', 'carl', 'anna'])
  expect([page({}), page({ offset: 2 })]).toEqual([
    ['anna carl', 3],
    ['dora', 3],
  ])
})
