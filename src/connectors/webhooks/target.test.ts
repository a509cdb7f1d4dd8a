import { expect, it } from 'vitest'
import type { HttpAnswer } from '../kit/http.ts'
import { outcomeOf } from './target.ts'

const answer = (status: number, body: unknown = '', retryAfterMs?: number): HttpAnswer => ({
  ...{ kind: 'answer', status, headers: new Headers(), retryAfterMs },
  text: typeof body === 'string' ? body : JSON.stringify(body),
})

it.each([
  [answer(204), 'assert', { kind: 'applied' }],
  [answer(200, '<html>'), 'assert', { kind: 'applied' }],
  [answer(200, { result: 'unchanged' }), 'assert', { kind: 'unchanged' }],
  [answer(200, { result: 'rejected', reason: 'on\u0007 leave' }), 'assert', { reason: 'on  leave' }],
  [answer(200, { result: 'deferred', retryAfter: 30 }), 'assert', { kind: 'deferred', retryAfterMs: 30_000 }],
  [answer(404), 'assert', { kind: 'rejected', fix: expect.any(String) }],
  [answer(404), 'withdraw', { kind: 'unchanged' }],
  [answer(422, { reason: 'no such state' }), 'assert', { kind: 'rejected', reason: 'no such state' }],
  [answer(301), 'assert', { kind: 'rejected' }],
  [answer(401), 'assert', { kind: 'deferred', retryAfterMs: 60_000 }],
  [answer(429, '', 7000), 'assert', { kind: 'deferred', retryAfterMs: 7000 }],
  [answer(503, '', 9000), 'withdraw', { kind: 'deferred', retryAfterMs: 9000 }],
  [answer(500), 'withdraw', { kind: 'failed' }],
  [{ kind: 'silence', why: 'timeout', reason: 'no answer' }, 'assert', { kind: 'failed' }],
] as const)('%# of the answers means what it says', (reply, act, outcome) => {
  expect(outcomeOf(reply, act, 1)).toMatchObject(outcome)
})
