import { expect, test } from 'vitest'
import { DeliveryLog, mostDeliveries } from './delivery-log.ts'

const place = { tenant: 'contoso', webhook: 'wallboard' }
const event = { id: 'event-1', type: 'hookswitch.presence.changed' }

test('an attempt has its status or its reason, in whole milliseconds', () => {
  const log = new DeliveryLog(place)
  const times = { number: 1, at: 1000.4, tookMs: 12.6, nextAt: undefined }
  log.add(event, { ...times, attempt: { taken: true, status: 204 } })
  const reason = 'it cannot be reached'
  log.add(event, { ...times, nextAt: 6000.2, attempt: { taken: false, everybody: true, reason } })
  const same = { ...place, ...event, attempt: 1, at: 1000, tookMs: 13 }
  expect(log.list()).toEqual([
    { ...same, outcome: 'taken', status: 204 },
    { ...same, outcome: 'failed', reason, nextAt: 6000 },
  ])
})

test('the oldest make room', () => {
  const log = new DeliveryLog(place)
  for (let at = 0; at < mostDeliveries + 3; at += 1) {
    log.add(event, { attempt: { taken: true }, number: 1, at, tookMs: 1, nextAt: undefined })
  }
  expect(log.list()).toHaveLength(mostDeliveries)
  expect([log.list().at(0)?.at, log.list().at(-1)?.at]).toEqual([3, mostDeliveries + 2])
})
