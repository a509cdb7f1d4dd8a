import { expect, it } from 'vitest'
import { contribution } from '../../test/support/points.ts'
import { explainRow } from './explain-history.ts'

const rowOf = (change: Parameters<typeof contribution>[0]) => ({
  ...{ id: 'c1', tenant: 't', presentity: 'anna', connector: 'teams', address: 'a', slot: 'session' },
  ...{ open: false, updatedAt: 0, body: JSON.stringify(contribution(change)) },
})
const told = (change: Parameters<typeof contribution>[0]) =>
  explainRow(rowOf(change)).map(({ at, did, outcome, answeredAt }) => [at, did, outcome, answeredAt])

it('tells what was written when, and when the target acknowledged it, newest first', () => {
  const over = { endIntentAt: 9000, endAckAt: 9300, ending: 'withdrawn' as const }
  expect(told({ intentAt: 1000, ackAt: 1250, ...over })).toEqual([
    [9000, 'took back busy/inACall', 'acknowledged', 9300],
    [1000, 'wrote busy/inACall', 'acknowledged', 1250],
  ])
  expect(told({ intentAt: 1000, ackAt: undefined })).toEqual([
    [1000, 'wrote busy/inACall', 'no answer yet', undefined],
  ])
})

it('does not call acknowledged what ended without a request', () => {
  for (const ending of ['yielded', 'expired', 'gone', 'signedOut'] as const) {
    const [end] = told({ endIntentAt: 9000, endAckAt: 9000, ending })
    expect(end?.slice(2), ending).toEqual(['seen', undefined])
  }
})
