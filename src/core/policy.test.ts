import { describe, expect, it } from 'vitest'
import { defaultRows, matchRow } from './policy.ts'
import {
  AVAILABLE,
  DO_NOT_DISTURB,
  IN_A_CALL,
  isSelectable,
  OFFLINE,
  PRESENTING,
  parsePresence,
  presence,
} from './presence.ts'

const input = (state: typeof AVAILABLE, chosen: 'yes' | 'no' | 'unknown' = 'unknown') => ({
  state,
  chosen,
  outOfOffice: false,
})

describe('tables', () => {
  it('the first row that matches decides; without one, release', () => {
    const rows = [
      { when: { activity: 'inACall' as const }, act: 'hold' as const },
      { when: {}, act: 'set' as const, state: AVAILABLE },
    ]
    expect(matchRow(rows, input(IN_A_CALL))).toMatchObject({ row: 0, act: 'hold' })
    expect(matchRow(rows, input(OFFLINE))).toMatchObject({ row: 1, act: 'set' })
    expect(matchRow([], input(OFFLINE))).toMatchObject({ row: -1, act: 'release' })
  })

  it('a row that asks for chosen: yes never fires on unknown', () => {
    const rows = [{ when: { chosen: 'yes' as const }, act: 'hold' as const }]
    expect(matchRow(rows, input(DO_NOT_DISTURB)).act).toBe('release')
    expect(matchRow(rows, input(DO_NOT_DISTURB, 'yes')).act).toBe('hold')
  })

  it('SW-34: the default table keys on availability and activity together', () => {
    const act = (state: typeof AVAILABLE) => matchRow(defaultRows, input(state)).state
    expect(act(presence('busy', 'inAConferenceCall'))).toBe(IN_A_CALL)
    expect(act(PRESENTING)).toBe(DO_NOT_DISTURB)
    expect(act(presence('busy', 'inAMeeting'))).toBeUndefined()
  })
})

describe('the vocabulary', () => {
  it('X-20: reads its own spelling back in any letter case, and nothing else', () => {
    expect(parsePresence('Busy/InACall')).toBe(IN_A_CALL)
    expect(parsePresence('busy')).toBeUndefined()
    expect(parsePresence('busy/gardening')).toBeUndefined()
  })

  it('MM-14: Presenting, In a call and In a meeting cannot be picked', () => {
    expect([PRESENTING, IN_A_CALL, presence('busy', 'inAMeeting')].some(isSelectable)).toBe(false)
    expect(isSelectable(DO_NOT_DISTURB)).toBe(true)
  })
})
