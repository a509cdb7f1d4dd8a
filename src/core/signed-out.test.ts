import { describe, expect, it } from 'vitest'
import {
  contribution,
  heardPoint,
  leg,
  link,
  order,
  preferredSlot,
  teamsPoint,
} from '../../test/support/points.ts'
import { decide } from './decide.ts'
import type { PresenceFacet } from './observation.ts'
import { defaultPolicy } from './policy.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  type Presence,
  presence,
} from './presence.ts'
import type { Point } from './presentity.ts'
import { projectDecision } from './project.ts'
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

describe('MM-23: long absence at a target with a logout', () => {
  const { slot: _, ...shared } = preferredSlot
  const status = { ...shared, slot: 'status', states: [DO_NOT_DISTURB, IN_A_CALL, BUSY, AWAY, AVAILABLE] }
  const offline = { when: { availability: 'offline' }, act: 'set', state: OFFLINE } as const
  const away = { when: { availability: 'away' }, act: 'set', state: AWAY } as const
  const policy = {
    ...defaultPolicy,
    links: [link('teams', 'crm', { rows: [away, offline], signOutAfterMs: 3_600_000 }), link('pbx', 'crm')],
  }
  const shown = (state: Presence) =>
    teamsPoint({ native: { state, chosen: 'no', outOfOffice: true, since: 1000 } })
  const used = crm({ native: { state: AVAILABLE, chosen: 'yes', outOfOffice: false, since: 500 } })
  const plan = (points: readonly Point[], now: number, signsOut: boolean) => {
    const decision = decide('crm', { points, policy, now, start: 0 })
    const slots = [signsOut ? { ...status, signsOut: true as const } : status]
    return projectDecision(decision, { point: used, slots, order, openIn: () => undefined })[0]!
  }
  const late = 3_602_000

  it('signs out instead of showing Away, and not while a call goes on', () => {
    const teams = shown(presence('away', 'outOfOffice'))
    expect(plan([teams], 2000, true).wanted).toMatchObject({ act: 'set', state: AWAY })
    expect(plan([teams], late, true).wanted).toMatchObject({ act: 'set', state: OFFLINE })
    const pbx = heardPoint({ legs: [leg()] })
    expect(plan([teams, pbx], late, true).wanted).toMatchObject({ act: 'set', state: IN_A_CALL })
  })

  it('is nothing that a table can ask for, nor a system without one be given', () => {
    expect(plan([shown(OFFLINE)], 2000, true)).toMatchObject({
      wanted: { act: 'leave' },
      lost: [{ because: 'the target has no such state' }],
    })
    expect(plan([shown(OFFLINE)], late, true).wanted).toMatchObject({ act: 'set', state: OFFLINE })
    expect(plan([shown(OFFLINE)], late, false).wanted.act).toBe('leave')
  })
})
