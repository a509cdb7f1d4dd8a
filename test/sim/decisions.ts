import fc from 'fast-check'
import type { WriteSlot } from '../../src/core/connector.ts'
import type { Contribution } from '../../src/core/ledger.ts'
import type { Link, Policy, Row } from '../../src/core/policy.ts'
import { defaultPolicy, defaultRows } from '../../src/core/policy.ts'
import type { Presence } from '../../src/core/presence.ts'
import { activities, availabilities, presence } from '../../src/core/presence.ts'
import type { Effect, FeedState, Leg, Point } from '../../src/core/presentity.ts'
import { dndSlot, heardPoint, link, preferredSlot, sessionSlot } from '../support/points.ts'

/** Arbitrary states of a person, far beyond what any system would say. Times lie between 0 and a hundred seconds. */

const time = fc.nat(100_000)
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })

export const states: fc.Arbitrary<Presence> = fc
  .tuple(fc.constantFrom(...availabilities), fc.constantFrom(...activities))
  .map(([availability, activity]) => presence(availability, activity))

const feeds: fc.Arbitrary<FeedState> = fc.record({
  feed: fc.constantFrom('one', 'two'),
  epoch: fc.nat(3),
  live: fc.boolean(),
  lostSince: time,
})

const legs: fc.Arbitrary<Leg> = fc
  .record({
    feed: fc.constantFrom('one', 'two'),
    leg: fc.constantFrom('a', 'b', 'c'),
    state: fc.constantFrom(
      'trying' as const,
      'early' as const,
      'confirmed' as const,
      'held' as const,
      'terminated' as const,
    ),
    was: fc.constantFrom('trying' as const, 'early' as const, 'confirmed' as const, 'held' as const),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const, 'unknown' as const),
    party: fc.constantFrom('external' as const, 'internal' as const, 'unknown' as const),
    evidence: fc.constantFrom('call' as const, 'lamp' as const),
    since: time,
    endedAt: time,
    answeredAt: time,
  })
  .map(({ endedAt, answeredAt, ...rest }) => ({
    ...rest,
    ...(rest.state === 'terminated' && { endedAt }),
    ...((rest.was === 'confirmed' || rest.was === 'held') && { answeredAt }),
  }))

const connectors = ['teams', 'pbx', 'desk'] as const

const linkIds = connectors.flatMap((from) => connectors.map((to) => `${from} to ${to}`))

const effects: fc.Arbitrary<Effect> = fc.record({
  act: fc.constantFrom('set' as const, 'clear' as const),
  state: states,
  at: time,
  row: fc.nat(4),
  origin: fc.constantFrom('person' as const, 'schedule' as const),
})

export const slotsOf = (connector: string): readonly WriteSlot[] =>
  connector === 'teams' ? [sessionSlot, preferredSlot] : [dndSlot]

const contributions: fc.Arbitrary<Contribution> = fc.record({
  id: fc.uuid(),
  slot: fc.constantFrom('session', 'preferred', 'dnd'),
  act: fc.constantFrom('assert' as const, 'clear' as const),
  state: states,
  cause: fc.record({
    link: fc.constantFrom(...linkIds),
    kind: fc.constantFrom('condition' as const, 'choice' as const),
    at: time,
    text: fc.constant('some cause'),
  }),
  found: maybe(states),
  before: maybe(states),
  intentAt: time,
  ackAt: maybe(time),
  confirmedAt: maybe(time),
  expiresAt: maybe(time),
  refreshedAt: maybe(time),
  endIntentAt: maybe(time),
  endAckAt: maybe(time),
  endConfirmedAt: maybe(time),
  ending: maybe(
    fc.constantFrom('withdrawn' as const, 'yielded' as const, 'gone' as const, 'replaced' as const),
  ),
})

const reading = fc.record({
  state: states,
  chosen: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
  outOfOffice: fc.boolean(),
  since: time,
})

export const points: fc.Arbitrary<Point> = fc
  .record({
    connector: fc.constantFrom(...connectors),
    address: fc.constantFrom('1001', '1002'),
    line: fc.constantFrom('line 1', 'line 2'),
    rank: fc.nat(2),
    legs: fc.array(legs, { maxLength: 4 }),
    dnd: maybe(fc.boolean()),
    native: maybe(reading),
    hiddenSince: maybe(time),
    read: maybe(fc.record({ state: states, at: time })),
    base: maybe(
      fc.record({
        state: states,
        at: time,
        by: fc.constantFrom('adopted' as const, 'native' as const, 'hub' as const),
      }),
    ),
    changedAt: maybe(time),
    effects: maybe(
      fc.array(fc.tuple(fc.constantFrom(...linkIds), effects), { maxLength: 3 }).map((each) => new Map(each)),
    ),
    contributions: maybe(fc.array(contributions, { maxLength: 3 })),
    feeds: fc.array(feeds, { maxLength: 2 }),
    releasedAt: maybe(time),
  })
  .map((change) => Object.assign(heardPoint(), change))

/** A person has one point per address. */
export const people: fc.Arbitrary<Point[]> = fc.uniqueArray(points, {
  maxLength: 5,
  selector: (point) => `${point.connector} ${point.address}`,
})

const rows: fc.Arbitrary<Row> = fc
  .record({
    availability: maybe(fc.constantFrom(...availabilities)),
    activity: maybe(fc.constantFrom(...activities)),
    act: fc.constantFrom('set' as const, 'release' as const, 'hold' as const),
    state: states,
  })
  .map(({ availability, activity, act, state }) => ({
    when: { ...(availability && { availability }), ...(activity && { activity }) },
    act,
    ...(act === 'set' && { state }),
  }))

const links: fc.Arbitrary<Link> = fc
  .record({
    from: fc.constantFrom(...connectors),
    to: fc.constantFrom(...connectors),
    rows: fc.oneof(fc.constant(defaultRows), fc.array(rows, { maxLength: 4 })),
    graceMs: fc.nat(5000),
    ringing: fc.boolean(),
    offHook: fc.boolean(),
  })
  .map(({ from, to, ringing, offHook, ...rest }) => {
    const plain = link(from, to)
    return { ...plain, ...rest, calls: { ...plain.calls, ringing, offHook } }
  })

export const policies: fc.Arbitrary<Policy> = fc
  .uniqueArray(links, { maxLength: 5, selector: (each) => each.id })
  .map((each) => ({ ...defaultPolicy, links: each }))
