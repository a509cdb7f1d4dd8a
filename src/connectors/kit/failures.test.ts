import { expect, test } from 'vitest'
import { ConnectorFailure } from '../../core/connector.ts'
import { asNotReady, needsOperator } from './failures.ts'

test('what an operator has to mend is told from what passes', () => {
  expect((['auth-failed', 'misconfigured'] as const).map((kind) => needsOperator({ kind }))).toEqual([
    true,
    true,
  ])
  expect((['not-ready', 'rate-limited', 'rejected'] as const).some((kind) => needsOperator({ kind }))).toBe(
    false,
  )
})

test('a failure stays itself; everything else is a system that is not ready', () => {
  const failure = new ConnectorFailure('auth-failed', 'The secret is wrong.')
  expect(asNotReady(failure, 'The PBX')).toBe(failure)
  const cause = new Error('silence')
  expect(asNotReady(cause, 'The PBX')).toMatchObject({
    ...{ kind: 'not-ready', message: 'The PBX did not answer as it should: silence', cause },
  })
  expect(asNotReady('gone', 'The PBX').message).toBe('The PBX did not answer as it should: gone')
})
