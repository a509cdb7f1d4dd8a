import { expect, it } from 'vitest'
import { heardPoint, leg, liveFeed, teamsPoint } from '../../test/support/points.ts'
import type { PresenceFacet } from '../core/observation.ts'
import { observePoint } from '../core/observe-point.ts'
import { defaultPolicy } from '../core/policy.ts'
import { AWAY } from '../core/presence.ts'
import type { Leg, Point } from '../core/presentity.ts'
import type { PersonView } from '../core/view.ts'
import { newActor } from './actor.ts'
import { explainPerson } from './explain.ts'
import type { System } from './system.ts'
import { viewPerson } from './views.ts'

const lunch: PresenceFacet = { kind: 'presence', state: AWAY, chosen: 'yes', reason: 'Lunch' }
const context = {
  now: 2000,
  policy: defaultPolicy,
  system: (id: string) => ({ manifest: { id, title: id, kind: 'crm' }, slots: [] }) as unknown as System,
}

function read(point: Point, facet: PresenceFacet): boolean {
  const observation = { address: point.address, facet, observedAt: 1000 }
  return observePoint(point, observation, { now: 1000, links: [], slotOf: () => undefined, feed: liveFeed() })
}

function actorOf(points: Point[]) {
  return newActor({ tenant: 't', id: 'anna', upn: 'anna', displayName: 'Anna', points }, 0)
}

function shown(points: Point[]): readonly (string | undefined)[] {
  const view: PersonView = viewPerson(actorOf(points), context)
  return [view.state.reason, ...view.systems.map(({ native }) => native?.reason)]
}

it('UN-23: a reason is told beside the state it belongs to, and is blank where the source has none', () => {
  const crm = heardPoint({ connector: 'crm', address: 'anna' })
  expect(read(crm, lunch)).toBe(true)
  expect(shown([crm])).toEqual(['Lunch', 'Lunch'])
  const [signal] = explainPerson(actorOf([crm]), context, []).signals
  expect(signal?.what).toBe('away/away (Lunch)')
  // Another reason for the same state is a change; none is blank.
  expect(read(crm, { ...lunch, reason: 'Training' })).toBe(true)
  expect(shown([crm])).toEqual(['Training', 'Training'])
  const { reason: _, ...blank } = lunch
  expect(read(crm, blank)).toBe(true)
  expect(read(crm, blank)).toBe(false)
  expect(shown([crm])).toEqual([undefined, undefined])
})

it('UN-23: a call stands above a break, and has not its reason', () => {
  const crm = heardPoint({ connector: 'crm', address: 'anna' })
  read(crm, lunch)
  const talking: Leg = leg()
  const teams = teamsPoint()
  read(teams, { kind: 'presence', state: AWAY, chosen: 'unknown' })
  expect(shown([crm, teams, heardPoint({ legs: [talking] })])).toEqual([
    ...[undefined, 'Lunch'],
    ...[undefined, undefined],
  ])
})
