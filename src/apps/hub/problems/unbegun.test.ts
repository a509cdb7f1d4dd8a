import { expect, test } from 'vitest'
import { findUnbegun } from './unbegun.ts'

test('a tenant that cannot be begun is told of after three attempts, with the reason of the last', () => {
  const seat = {
    member: { node: 'two', incarnation: 'i' },
    unbegun: [{ tenant: 'contoso', since: 1_000, reason: 'A row cannot be read.' }],
  }
  expect(findUnbegun(seat, 15_999)).toEqual([])
  expect(findUnbegun(seat, 16_000)).toMatchObject([
    {
      kind: 'tenantDown',
      tenant: 'contoso',
      since: 1_000,
      title: 'The tenant contoso cannot be begun at the hub two',
      text: expect.stringMatching(/^A row cannot be read\. Until it can, nobody of it is followed anywhere/),
    },
  ])
})
