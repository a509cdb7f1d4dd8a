import { describe, expect, it } from 'vitest'
import type { Publication } from '../../core/connector.ts'
import {
  AVAILABLE,
  AWAY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  UNKNOWN,
} from '../../core/presence.ts'
import { writeSlots } from './slots.ts'
import { isoDuration, planWrite } from './writing.ts'

const about = { clientId: 'app-1', slots: writeSlots({ callLife: 900 }) }
const publication = (change: Partial<Publication>): Publication => ({
  ...{ id: 'p', address: 'a', slot: 'session', act: 'assert', state: IN_A_CALL, refresh: false },
  ...change,
})

describe('durations', () => {
  it.each([
    [600_000, 'PT10M'],
    [900_000, 'PT15M'],
    [750_000, 'PT12M30S'],
    [4 * 3_600_000, 'PT4H'],
    [86_400_000, 'PT24H'],
    [3_661_000, 'PT1H1M1S'],
    [0, 'PT0S'],
  ])('%i ms is %s', (ms, text) => expect(isoDuration(ms)).toBe(text))
})

describe('what a publication becomes', () => {
  it('SW-06: a call is a session Busy/InACall of our application', () => {
    expect(planWrite(publication({}), about)).toEqual({
      call: 'setPresence',
      body: {
        sessionId: 'app-1',
        availability: 'Busy',
        activity: 'InACall',
        expirationDuration: 'PT15M',
      },
    })
  })

  it('clamps the life of a session to what Graph takes', () => {
    const duration = (lifeMs: number) => {
      const plan = planWrite(publication({ lifeMs }), about)
      return 'body' in plan ? plan.body.expirationDuration : undefined
    }
    expect(duration(1_000)).toBe('PT5M')
    expect(duration(86_400_000)).toBe('PT4H')
  })

  it('CT-19, VO-23: the end of a call clears the session and never writes Available', () => {
    for (const state of [OFFLINE, AVAILABLE]) {
      expect(planWrite(publication({ act: 'withdraw', state }), about)).toEqual({
        call: 'clearPresence',
        body: { sessionId: 'app-1' },
      })
    }
  })

  it('VO-24: do not disturb is the preferred state, for a day', () => {
    expect(planWrite(publication({ slot: 'preferred', state: DO_NOT_DISTURB }), about)).toEqual({
      call: 'setUserPreferredPresence',
      body: { availability: 'DoNotDisturb', activity: 'DoNotDisturb', expirationDuration: 'PT24H' },
    })
  })

  it('VO-25: it is cleared, or an earlier choice is set again; Available never', () => {
    const back = (state: Publication['state']) =>
      planWrite(publication({ slot: 'preferred', act: 'withdraw', state }), about)
    expect(back(UNKNOWN)).toEqual({ call: 'clearUserPreferredPresence', body: {} })
    expect(back(AVAILABLE)).toEqual({ call: 'clearUserPreferredPresence', body: {} })
    expect(back(IN_A_CALL)).toEqual({ call: 'clearUserPreferredPresence', body: {} })
    expect(back(AWAY)).toMatchObject({ call: 'setUserPreferredPresence', body: { availability: 'Away' } })
  })

  it('refuses what Graph would refuse, with the choices', () => {
    const refused = [
      publication({ state: DO_NOT_DISTURB }),
      publication({ state: AVAILABLE }),
      publication({ slot: 'preferred', state: PRESENTING }),
      publication({ slot: 'note' }),
    ]
    for (const each of refused) {
      expect(planWrite(each, about)).toMatchObject({ reject: expect.any(String), fix: expect.any(String) })
    }
  })

  it('dndAs presenting: do not disturb goes as a session, and preferred does not offer it', () => {
    const slots = writeSlots({ dndAs: 'presenting' })
    expect(planWrite(publication({ state: PRESENTING }), { ...about, slots })).toMatchObject({
      call: 'setPresence',
      body: { availability: 'DoNotDisturb', activity: 'Presenting' },
    })
    expect(
      planWrite(publication({ slot: 'preferred', state: DO_NOT_DISTURB }), { ...about, slots }),
    ).toHaveProperty('reject')
    expect(slots.map((slot) => [slot.slot, slot.expiry.kind, slot.settleMs])).toEqual([
      ['session', 'native', 15_000],
      ['preferred', 'native', 15_000],
    ])
  })
})
