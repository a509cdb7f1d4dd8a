import { describe, expect, it } from 'vitest'
import { contribution, heardPoint, link } from '../../test/support/points.ts'
import { decide } from './decide.ts'
import type { PresenceFacet } from './observation.ts'
import { defaultPolicy } from './policy.ts'
import { AVAILABLE, DO_NOT_DISTURB, OFFLINE } from './presence.ts'
import type { Point } from './presentity.ts'
import { isSignedOut, readSignOut } from './signed-out.ts'

const signedOut: PresenceFacet = {
  ...{ kind: 'presence', state: OFFLINE, chosen: 'yes', absent: 'signedOut' },
}
const available: PresenceFacet = { kind: 'presence', state: AVAILABLE, chosen: 'yes' }
const crm = (change: Partial<Point> = {}) => heardPoint({ connector: 'crm', address: 'anna', ...change })

describe('signed out of a system', () => {
  it('ends what we wrote there and what was chosen there, once', () => {
    const ours = contribution({ slot: 'status', state: DO_NOT_DISTURB })
    const point = crm({
      contributions: [ours],
      base: { state: DO_NOT_DISTURB, at: 5, by: 'hub' },
      changedAt: 5,
    })
    expect(readSignOut(point, signedOut, 100)).toBe('changed')
    expect(ours).toMatchObject({ ending: 'signedOut', endAckAt: 100 })
    expect(point).toMatchObject({ base: undefined, changedAt: undefined, native: { since: 100 } })
    expect(readSignOut(point, signedOut, 200)).toBe('same')
    expect(point.native?.since).toBe(100)
    expect(isSignedOut(point)).toBe(true)
  })

  it('a write of ours that was still under way is no choice to compare the first status with', () => {
    const point = crm()
    readSignOut(point, signedOut, 100)
    point.base = { state: DO_NOT_DISTURB, at: 150, by: 'hub' }
    expect(readSignOut(point, available, 200)).toBeUndefined()
    expect(point.base).toBeUndefined()
  })

  it('says nothing, whatever a table makes of Offline and whether it is heard or not', () => {
    const row = { when: { availability: 'offline' }, act: 'set', state: DO_NOT_DISTURB } as const
    const policy = { ...defaultPolicy, links: [link('crm', 'pbx', { rows: [row] })] }
    const point = crm()
    readSignOut(point, signedOut, 100)
    const voices = (points: readonly Point[]) => decide('pbx', { points, policy, now: 200, start: 0 }).voices
    expect(voices([point])).toEqual([])
    expect(voices([{ ...point, feeds: [{ ...point.feeds[0]!, live: false, lostSince: 150 }] }])).toEqual([])
    const offline = { ...point, native: { ...point.native!, absent: 'notEnabled' as const } }
    expect(voices([offline])).toHaveLength(1)
  })
})
