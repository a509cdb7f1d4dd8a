import { describe, expect, it } from 'vitest'
import { heardPoint, leg, teamsPoint } from '../../test/support/points.ts'
import { decideBoard } from './board.ts'
import { defaultPolicy } from './policy.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, OFFLINE, UNKNOWN } from './presence.ts'
import type { Point } from './presentity.ts'
import { newPoint } from './presentity.ts'

const board = (...points: Point[]) => decideBoard({ points, policy: defaultPolicy, now: 10_000 })
const says = (state: typeof AVAILABLE) =>
  teamsPoint({ native: { state, chosen: 'unknown', outOfOffice: false, since: 1 } })

describe('the board', () => {
  it('SW-05: shows a call on any phone above what Teams says', () => {
    expect(board(says(AVAILABLE), heardPoint({ legs: [leg()] })).state).toBe(IN_A_CALL)
  })

  it('SW-05: a call counts as well where the phone system has states of its own', () => {
    const own = (state: typeof AVAILABLE) => ({ state, chosen: 'yes' as const, outOfOffice: false, since: 1 })
    const shown = (state: typeof AVAILABLE) => board(heardPoint({ native: own(state), legs: [leg()] })).state
    expect([shown(AVAILABLE), shown(AWAY), shown(DO_NOT_DISTURB)]).toEqual([
      IN_A_CALL,
      IN_A_CALL,
      DO_NOT_DISTURB,
    ])
  })

  it('an idle phone says nothing about a person of whom Teams speaks', () => {
    expect(board(says(AWAY), heardPoint({ registered: true, dnd: false })).state).toBe(AWAY)
    expect(board(says(OFFLINE), heardPoint({ registered: true, dnd: false })).state).toBe(OFFLINE)
    expect(board(heardPoint({ registered: true, dnd: false })).state).toBe(AVAILABLE)
  })

  it('what was never heard is unknown, never free', () => {
    expect(board(newPoint({ connector: 'pbx', address: '1001', line: 'l', rank: 1 })).state).toBe(UNKNOWN)
    expect(board().state).toBe(UNKNOWN)
  })

  it('MM-07: ringing is a flag beside the state', () => {
    const said = board(says(AVAILABLE), heardPoint({ legs: [leg({ state: 'early' })] }))
    expect(said).toMatchObject({ state: AVAILABLE, ringing: true })
  })

  it('X-13: out of office is a flag beside the state', () => {
    const away = teamsPoint({ native: { state: AWAY, chosen: 'unknown', outOfOffice: true, since: 1 } })
    expect(board(away)).toMatchObject({ state: AWAY, outOfOffice: true })
  })

  it('does not depend on the order of the systems', () => {
    const points = [says(AWAY), heardPoint({ legs: [leg()] }), heardPoint({ address: '2', dnd: true })]
    const reversed = board(...points.toReversed())
    expect(board(...points)).toMatchObject({ state: reversed.state, from: reversed.from })
  })
})
