import { describe, expect, it } from 'vitest'
import { heardPoint, liveFeed, slotOf } from '../../test/support/points.ts'
import type { DialogState } from './observation.ts'
import { observePoint } from './observe-point.ts'
import type { Point } from './presentity.ts'

const feed = liveFeed()

function lamp(point: Point, state: DialogState, about: { now: number; sequence?: string }) {
  const { now, sequence } = about
  const facet = {
    kind: 'dialog' as const,
    leg: 'lamp',
    state,
    direction: 'unknown' as const,
    party: 'unknown' as const,
    evidence: 'lamp' as const,
  }
  const observation = { address: '1001', facet, observedAt: now, ...(sequence !== undefined && { sequence }) }
  return observePoint(point, observation, { now, feed, links: [], slotOf })
}

describe('a name that serves call after call', () => {
  it('G-05: the next call at a lamp counts, however soon it follows', () => {
    const point = heardPoint()
    lamp(point, 'confirmed', { now: 0 })
    lamp(point, 'terminated', { now: 1000 })
    expect(lamp(point, 'confirmed', { now: 3000 })).toBe(true)
    expect(point.legs).toMatchObject([{ leg: 'lamp', state: 'confirmed', since: 3000 }])
  })

  it('a late word of the call that ended brings nothing back, where the source orders its words', () => {
    const point = heardPoint()
    lamp(point, 'confirmed', { now: 0, sequence: '1' })
    lamp(point, 'terminated', { now: 1000, sequence: '3' })
    expect(lamp(point, 'confirmed', { now: 1100, sequence: '2' })).toBe(false)
    expect(lamp(point, 'confirmed', { now: 1100, sequence: '3' })).toBe(false)
    expect(point.legs).toMatchObject([{ state: 'terminated' }])
    expect(lamp(point, 'confirmed', { now: 5000, sequence: '4' })).toBe(true)
  })
})
