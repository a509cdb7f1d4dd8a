import { expect, it } from 'vitest'
import { heardPoint, slotOf } from '../../test/support/points.ts'
import type { Observation } from './observation.ts'
import { replacePoint } from './observe-point.ts'
import { AWAY } from './presence.ts'
import type { FeedState } from './presentity.ts'

const feed = (name: string, tellsPresence = false): FeedState => {
  return { feed: name, epoch: 1, live: true, lostSince: 0, ...(tellsPresence && { tellsPresence }) }
}
const away: Observation = {
  address: '1001',
  facet: { kind: 'presence', state: AWAY, chosen: 'yes' },
  observedAt: 0,
}

it('a whole set of calls takes no state back that another feed tells; a set of its own feed does', () => {
  const [calls, states] = [feed('calls'), feed('states', true)]
  const point = heardPoint({ feeds: [states, calls] })
  const context = { now: 0, links: [], slotOf }
  replacePoint(point, [away], { ...context, feed: states })
  replacePoint(point, [], { ...context, feed: calls })
  expect(point.native?.state).toBe(AWAY)
  replacePoint(point, [], { ...context, feed: states })
  expect(point.native).toBeUndefined()
})

it('where nobody else tells states, a set without one takes it back, whoever told it before a restart', () => {
  const calls = feed('calls')
  const point = heardPoint({ feeds: [calls] })
  const context = { now: 0, links: [], slotOf, feed: calls }
  replacePoint(point, [away], context)
  replacePoint(point, [], context)
  expect(point.native).toBeUndefined()
})
