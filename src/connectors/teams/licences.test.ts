import { expect, test } from 'vitest'
import type { FeedEvent, PresenceFacet } from '../../core/observation.ts'
import { AVAILABLE, UNKNOWN } from '../../core/presence.ts'
import { Licences } from './licences.ts'

const facet = (state: PresenceFacet['state']): PresenceFacet => ({
  kind: 'presence',
  state,
  chosen: 'unknown',
})
const observed = (address: string, state = UNKNOWN): FeedEvent => ({
  type: 'observed',
  feed: 'presence',
  observation: { address, facet: facet(state), observedAt: 0 },
})

test('MM-08: who is known to have no licence is unknown for that reason, and nobody else', () => {
  const licences = new Licences()
  const unknown = observed('Anna')
  expect(licences.mark(unknown)).toBe(unknown)
  expect(licences.replace(['ANNA', 'ben'])).toEqual(['anna', 'ben'])
  expect(licences.mark(unknown)).toMatchObject({ observation: { facet: { absent: 'notLicensed' } } })
  expect(licences.mark(observed('Anna', AVAILABLE))).toEqual(observed('Anna', AVAILABLE))
  const { observation } = unknown as Extract<FeedEvent, { type: 'observed' }>
  const carl = { ...observation, address: 'carl' }
  expect(
    licences.mark({ type: 'snapshot', feed: 'presence', observations: [observation, carl] }),
  ).toMatchObject({
    observations: [{ facet: { absent: 'notLicensed' } }, { address: 'carl', facet: facet(UNKNOWN) }],
  })
  // The licence was given.
  expect(licences.replace(['ben'])).toEqual(['anna'])
  expect(licences.mark(unknown)).toEqual(unknown)
})
