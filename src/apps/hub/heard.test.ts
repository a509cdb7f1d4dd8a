import { expect, test } from 'vitest'
import type { Observation } from '../../core/observation.ts'
import { Heard } from './heard.ts'

const seen: Observation = {
  address: '1001',
  facet: { kind: 'dnd', on: true },
  observedAt: 1,
}

test('reports are counted, signs of life only prolong, and what is lost was not heard', () => {
  let now = 10.4
  const heard = new Heard({ wall: () => now })
  heard.note({ type: 'lost', feed: 'ami', reason: 'closed' })
  expect(heard.view()).toBeUndefined()
  heard.note({ type: 'opened', feed: 'ami', leaseMs: 1000 })
  heard.note({ type: 'snapshot', feed: 'ami', observations: [seen, seen] })
  heard.note({ type: 'observed', feed: 'ami', observation: seen })
  expect(heard.view()).toEqual({ at: 10, reports: 3 })
  now = 20
  heard.note({ type: 'renewed', feed: 'ami' })
  heard.note({ type: 'ended', feed: 'ami' })
  expect(heard.view()).toEqual({ at: 20, reports: 3 })
})
