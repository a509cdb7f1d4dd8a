import { expect, test } from 'vitest'
import { heardPoint, liveFeed } from '../../test/support/points.ts'
import type { DialogState, Party } from '../core/observation.ts'
import { observePoint } from '../core/observe-point.ts'
import type { Point } from '../core/presentity.ts'
import type { Input } from './actor.ts'
import { CallParties, liveLegs, mostRecent } from './call-parties.ts'

const counted: string[] = []
const metrics = {
  count: (name: string, labels: Readonly<Record<string, string>> = {}) =>
    void counted.push(`${name} ${labels.tenant}/${labels.connector} ${labels.party}`),
  gauge: () => {},
  observe: () => {},
}

/** A turn that takes one thing said of a leg. */
function say(parties: CallParties, point: Point, [leg, state, party]: readonly [string, DialogState, Party]) {
  const facet = { kind: 'dialog', leg, state, party, direction: 'inbound', evidence: 'call' } as const
  const observation = { address: point.address, facet, observedAt: 0 }
  const seen = liveLegs([{ type: 'observed', point, received: {} } as unknown as Input])
  observePoint(point, observation, { now: 1, links: [], slotOf: () => undefined, feed: liveFeed() })
  parties.countEnded('t', seen)
}

test('X-14: a leg is counted once, at its end, by what was told of the other end last', () => {
  const parties = new CallParties(metrics)
  const point = heardPoint({ connector: 'pbx' })
  expect(parties.of('t', 'pbx')).toBeUndefined()
  say(parties, point, ['a', 'early', 'unknown'])
  say(parties, point, ['a', 'confirmed', 'external'])
  expect(parties.of('t', 'pbx')).toBeUndefined()
  say(parties, point, ['a', 'terminated', 'unknown'])
  say(parties, point, ['a', 'terminated', 'unknown'])
  expect(parties.of('t', 'pbx')).toEqual({ external: 1, internal: 0, unknown: 0 })
  say(parties, point, ['b', 'confirmed', 'internal'])
  say(parties, point, ['c', 'confirmed', 'unknown'])
  for (const leg of ['b', 'c']) say(parties, point, [leg, 'terminated', 'unknown'])
  expect(parties.of('t', 'pbx')).toEqual({ external: 1, internal: 1, unknown: 1 })
  expect(counted).toEqual(['calls t/pbx external', 'calls t/pbx internal', 'calls t/pbx unknown'])
  expect(parties.of('other', 'pbx')).toBeUndefined()
  parties.forget('t', 'pbx')
  expect(parties.of('t', 'pbx')).toBeUndefined()
})

test('X-14: of the last hundred calls only', () => {
  const parties = new CallParties(metrics)
  const point = heardPoint({ connector: 'pbx' })
  for (let call = 0; call < mostRecent + 20; call += 1) {
    const party = call < 30 ? 'external' : 'unknown'
    say(parties, point, [`l${call}`, 'confirmed', party])
    say(parties, point, [`l${call}`, 'terminated', party])
  }
  expect(parties.of('t', 'pbx')).toEqual({ external: 10, internal: 0, unknown: 90 })
})
