import { expect, test } from 'vitest'
import { Publications } from './publications.ts'
import type { Outcome, Publication } from './wire.ts'

const publication = (id: string, address = '1001'): Publication => ({
  ...{ id, address, slot: 'dnd', act: 'assert', state: 'doNotDisturb/doNotDisturb', refresh: false },
})

test('one publication is done once, and its answer is given again; what failed is done again', async () => {
  const done: string[] = []
  const outcomes: Outcome[] = [{ kind: 'failed', reason: 'gone' }, { kind: 'applied' }]
  const publications = new Publications({
    publish: ({ id }) => {
      done.push(id)
      return outcomes.shift() ?? { kind: 'unchanged' }
    },
  })
  expect((await publications.take(publication('p'))).kind).toBe('failed')
  expect((await publications.take(publication('p'))).kind).toBe('applied')
  expect((await publications.take(publication('p'))).kind).toBe('applied')
  expect(done).toEqual(['p', 'p'])
})

test('publications of one address are done one after the other, of others at once', async () => {
  const begun: string[] = []
  const first = Promise.withResolvers<Outcome>()
  const publications = new Publications({
    publish: ({ id }) => {
      begun.push(id)
      return id === 'one' ? first.promise : { kind: 'applied' }
    },
  })
  const all = [publication('one'), publication('two'), publication('else', '1002')].map((one) =>
    publications.take(one),
  )
  await all[2]
  expect(begun).toEqual(['one', 'else'])
  first.resolve({ kind: 'applied' })
  await Promise.all(all)
  expect(begun).toEqual(['one', 'else', 'two'])
})

test('a source that sets nothing refuses, one that throws has failed', async () => {
  expect((await new Publications({}).take(publication('p'))).kind).toBe('rejected')
  const throwing = new Publications({
    publish: () => {
      throw new Error('no program')
    },
  })
  expect(await throwing.take(publication('p'))).toEqual({ kind: 'failed', reason: 'no program' })
})
