import { expect, test } from 'vitest'
import { contestRestMs } from '../core/contest.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../core/presence.ts'
import { newPoint, type Presentity } from '../core/presentity.ts'
import { readPresentity, writePresentity } from './serialize.ts'

const hourMs = 3_600_000

function someone(): Presentity {
  const point = newPoint({ connector: 'pbx', address: '1001', line: 'extensions\n1001', rank: 1 })
  return {
    tenant: 'contoso',
    id: 'anna@contoso.example',
    upn: 'anna@contoso.example',
    displayName: 'Anna',
    points: [point],
  }
}

test('G-03: a call stored before the clock was set back counts from now, not from the future', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  const before = someone()
  before.points[0]!.legs = [
    {
      ...{ feed: 'ami', leg: 'a', state: 'confirmed', was: 'confirmed', direction: 'inbound' },
      ...{ party: 'external', evidence: 'call', since: now, answeredAt: now },
    },
    {
      ...{ feed: 'ami', leg: 'b', state: 'terminated', was: 'confirmed', direction: 'inbound' },
      ...{
        party: 'external',
        evidence: 'call',
        since: now - 2 * hourMs,
        answeredAt: now - 2 * hourMs,
        endedAt: now,
      },
    },
  ]
  const after = someone()
  readPresentity(after, writePresentity(before).body, now - hourMs)
  expect(after.points[0]!.legs).toMatchObject([
    { leg: 'a', since: now - hourMs, answeredAt: now - hourMs },
    { leg: 'b', since: now - 2 * hourMs, answeredAt: now - 2 * hourMs, endedAt: now - hourMs },
  ])
})

test('who changed a target last, and what is fought over, outlive a restart', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  const before = someone()
  Object.assign(before.points[0]!, { changedAt: now, changedBy: 'schedule' })
  const contest = {
    contradictions: [{ wrote: DO_NOT_DISTURB, wroteAt: now - 9000, shown: AVAILABLE, shownAt: now }],
    until: now + hourMs,
  }
  before.contests = new Map([['pbx\n1001\ndnd', contest]])
  const after = someone()
  readPresentity(after, writePresentity(before).body, now + 1)
  expect(after.points[0]).toMatchObject({ changedAt: now, changedBy: 'schedule' })
  // A clock that was set back leaves nothing alone for longer than a contest lasts.
  expect(after.contests?.get('pbx\n1001\ndnd')).toEqual({ ...contest, until: now + 1 + contestRestMs })
})
