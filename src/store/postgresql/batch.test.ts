import { expect, test } from 'vitest'
import { type PackedChange, packChange } from '../changes.ts'
import { buildStatements } from './batch.ts'

const person = (id: string, body: string): PackedChange =>
  packChange({ put: 'presentity', tenant: 't', id, body })
const gone = (id: string): PackedChange => packChange({ delete: 'presentity', tenant: 't', id })
const audit = packChange({
  put: 'audit',
  row: { id: 'e', tenant: 't', at: 1, who: 'w', what: 'release', about: '*', detail: '' },
})

test('of one row only its last change is left, and one statement writes everything', () => {
  const statements = buildStatements(
    [person('a', '1'), person('b', '1'), gone('b'), gone('c'), person('c', '2'), person('a', '3')],
    false,
  )
  expect(statements).toHaveLength(1)
  expect(statements[0]?.name).toBe('write-pP')
  expect(statements[0]?.text).toMatch(/^with w0 as \(delete from presentity .*\) insert into presentity /)
  expect(statements[0]?.values).toEqual(['t', 'b', 't\x1ft', 'a\x1fc', '3\x1f2'])
})

test('all rows of a person are deleted after what came before, and before what comes after', () => {
  const range = packChange({ delete: 'history', tenant: 't', presentity: 'p' })
  const row = { tenant: 't', presentity: 'p', at: 1, policyVersion: 1, body: '{}' }
  const put = packChange({ put: 'history', row })
  expect(buildStatements([put, range, put], false).map(({ name }) => name)).toEqual([
    'write-H',
    'deleteHistory',
    'write-H',
  ])
})

test('what cannot be told apart in one text goes as an array for each column', () => {
  const [empty] = buildStatements([person('a', '')], false)
  expect(empty).toMatchObject({ name: 'write-P-listed', values: [['t'], ['a'], ['']] })
  const [torn] = buildStatements([person('a', 'x\x1fy'), person('b', 'z')], false)
  expect(torn?.text).not.toContain('string_to_array')
  expect(torn).toMatchObject({
    name: 'write-P-listed',
    values: [
      ['t', 't'],
      ['a', 'b'],
      ['x\x1fy', 'z'],
    ],
  })
})

test('an entry of the audit log goes to the server as often as it was given; again, only where it is not there', () => {
  const [first] = buildStatements([audit, audit], false)
  expect(first?.values?.[0]).toEqual('t\x1ft')
  expect(first?.text).not.toMatch(/not exists|on conflict/)
  expect(buildStatements([audit], true)[0]?.text).toMatch(/where not exists \(select 1 from audit there/)
  expect(buildStatements([], false)).toEqual([])
})
