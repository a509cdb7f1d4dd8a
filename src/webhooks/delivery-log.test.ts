import { expect, test } from 'vitest'
import { DeliveryLog, longestKeptMs, mostDeliveries } from './delivery-log.ts'

const place = { tenant: 'contoso', webhook: 'wallboard' }
const event = { id: 'event-1', type: 'hookswitch.presence.changed' }

test('an attempt has its status or its reason, in whole milliseconds', () => {
  const log = new DeliveryLog(place)
  const times = { number: 1, at: 1000.4, tookMs: 12.6, nextAt: undefined }
  log.add(event, { ...times, attempt: { taken: true, status: 204 } })
  const reason = 'it cannot be reached'
  log.add(event, { ...times, nextAt: 6000.2, attempt: { taken: false, everybody: true, reason } })
  const same = { ...place, ...event, attempt: 1, at: 1000, tookMs: 13 }
  expect(log.list(1000)).toEqual([
    { ...same, outcome: 'taken', status: 204 },
    { ...same, outcome: 'failed', reason, nextAt: 6000 },
  ])
})

test('the oldest make room', () => {
  const log = new DeliveryLog(place)
  for (let at = 0; at < mostDeliveries + 3; at += 1) {
    log.add(event, { attempt: { taken: true }, number: 1, at, tookMs: 1, nextAt: undefined })
  }
  const kept = log.list(mostDeliveries)
  expect(kept).toHaveLength(mostDeliveries)
  expect([kept.at(0)?.at, kept.at(-1)?.at]).toEqual([3, mostDeliveries + 2])
})

test('what is a month old is gone, from the disk as well; lines are numbered on over a restart', () => {
  const tried = { attempt: { taken: true }, number: 2, tookMs: 1, nextAt: undefined } as const
  const first = new DeliveryLog(place)
  const old = first.add(event, { ...tried, at: 0 }).added
  const kept = first.add({ ...event, id: 'event-2' }, { ...tried, at: 5000 }).added
  const again = new DeliveryLog(place, [old, kept])
  const now = longestKeptMs + 1000
  expect(again.list(now).map(({ id }) => id)).toEqual(['event-2'])
  expect(again.add({ ...event, id: 'event-3' }, { ...tried, at: now })).toMatchObject({
    ...{ added: { line: 3, id: 'event-3' }, gone: [{ line: 1 }] },
  })
  expect([again.attemptsOf('event-3'), again.attemptsOf('event-1')]).toEqual([2, 0])
})
