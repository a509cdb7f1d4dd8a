import { expect, test } from 'vitest'
import type { PackedChange } from '../changes.ts'
import { Unflushed } from './unflushed.ts'

const change = (id: string): PackedChange => ['deletePresentity', 't', id]

test('what may not be on the disk yet is kept in its order, until it is old or something later was flushed', () => {
  const unflushed = new Unflushed(200)
  unflushed.add([change('a')], 0)
  unflushed.add([change('b')], 1_600)
  expect(unflushed.changes).toEqual([change('a'), change('b')])
  unflushed.add([change('c')], 1_700)
  expect(unflushed.changes).toEqual([change('b'), change('c')])
  unflushed.flushed()
  expect(unflushed.changes).toEqual([])
})
