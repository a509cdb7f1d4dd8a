import { expect, test } from 'vitest'
import type { FollowState } from './follow.ts'
import { viewSubscriptions } from './subscription-view.ts'

const follow = (event: string, state: FollowState, standing: { expiresAt: number; heardAt?: number }) => {
  return { event, state, standing: { heardAt: undefined, grants: 2, ...standing } }
}

test('by event package: those in force, the first to end, the last to be heard, what is in the way', () => {
  const live = { kind: 'live' } as const
  const refused = { kind: 'refused', why: 'the server answered 404', fix: '' } as const
  const found = viewSubscriptions([
    follow('dialog', live, { expiresAt: 900, heardAt: 10 }),
    follow('dialog', live, { expiresAt: 700, heardAt: 40 }),
    follow('dialog', refused, { expiresAt: 0 }),
    follow('presence', { kind: 'starting' }, { expiresAt: 0 }),
  ])
  expect(found).toEqual([
    {
      ...{ kind: 'dialog', count: 2, renewals: 6, expiresAt: 700, heardAt: 40 },
      trouble: 'the server answered 404',
    },
    { kind: 'presence', count: 0, renewals: 2 },
  ])
})
