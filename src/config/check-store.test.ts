import { expect, test } from 'vitest'
import { checkStore } from './check-store.ts'
import type { StoreConfig } from './store-schema.ts'

const store = { path: './data', schema: 'hookswitch', poolSize: 4, tls: 'auto' } as const
const problems = (one: Pick<StoreConfig, 'kind' | 'url' | 'apiRole'>, sound = true) =>
  checkStore({ ...store, ...one }, () => sound).map(({ path, message }) => `${path.join('.')} ${message}`)

test('a database needs an address, and only a database has one', () => {
  expect(problems({ kind: 'sqlite' })).toEqual([])
  expect(problems({ kind: 'postgresql', url: 'postgresql://h/d' })).toEqual([])
  expect(problems({ kind: 'postgresql' })).toEqual(['store has no address of the database'])
  expect(problems({ kind: 'sqlite', url: 'postgresql://h/d' })).toEqual([
    'store.url is the address of a database, and the store is none',
  ])
  expect(problems({ kind: 'sqlite', apiRole: 'api' })).toEqual([
    'store.apiRole is a role of a database server, and the store is a file',
  ])
  expect(problems({ kind: 'postgresql' }, false)).toEqual([])
})
