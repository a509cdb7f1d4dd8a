import { expect, test } from 'vitest'
import { ConnectorFailure, type Outcome } from '../../core/connector.ts'
import { outcomeOfReply, type Unanswered } from './write-outcome.ts'

const nobody: Outcome = { kind: 'rejected', reason: 'Nobody has this address.' }
const refused = (status: number, fix?: string): Unanswered => ({
  ...{ kind: 'refused', status },
  failure: new ConnectorFailure('rejected', 'No.', fix === undefined ? {} : { fix }),
})

test('what a system that does not do as asked means for a write', () => {
  const outcome = (reply: Unanswered, when: 'asked' | 'sent' = 'sent') => outcomeOfReply(reply, when, nobody)
  expect(outcome({ kind: 'wait', reason: 'full', retryAfterMs: 7 })).toEqual({
    ...{ kind: 'deferred', reason: 'full', retryAfterMs: 7 },
  })
  expect(outcome({ kind: 'trouble', reason: 'silence' })).toEqual({ kind: 'failed', reason: 'silence' })
  expect(outcome({ kind: 'malformed', reason: 'noise' }, 'asked')).toMatchObject({ kind: 'deferred' })
  expect(outcome(refused(401))).toEqual({ kind: 'deferred', reason: 'No.', retryAfterMs: 60_000 })
  expect(outcome(refused(404))).toBe(nobody)
  expect(outcome(refused(403, 'Ask.'))).toEqual({ kind: 'rejected', reason: 'No.', fix: 'Ask.' })
})
