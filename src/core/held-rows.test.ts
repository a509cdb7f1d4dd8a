import { describe, expect, it } from 'vitest'
import { contribution, dndSlot, heardPoint, link, order, teamsPoint } from '../../test/support/points.ts'
import type { WriteSlot } from './connector.ts'
import { decide } from './decide.ts'
import { openAt } from './ledger.ts'
import type { Link, Row } from './policy.ts'
import { defaultPolicy, HOUR } from './policy.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  type Presence,
  presence,
} from './presence.ts'
import type { Effect, Point } from './presentity.ts'
import { projectDecision, projectState } from './project.ts'

const presenceSlot: WriteSlot = {
  ...dndSlot,
  slot: 'presence',
  states: [DO_NOT_DISTURB, IN_A_CALL, AWAY, AVAILABLE],
}

const rows: readonly Row[] = [
  { when: { activity: 'presenting' }, act: 'hold' },
  { when: { availability: 'offline' }, act: 'hold' },
  { when: { availability: 'away' }, act: 'set', state: AWAY },
  { when: { availability: 'available' }, act: 'set', state: AVAILABLE },
]

function wanted(
  target: Point,
  points: readonly Point[],
  { links, now }: { links: readonly Link[]; now: number },
) {
  const decision = decide('pbx', { points, policy: { ...defaultPolicy, links }, now, start: 0 })
  const slot = target.connector === 'pbx' ? presenceSlot : dndSlot
  const [plan] = projectDecision(decision, {
    point: target,
    slots: [slot],
    order,
    openIn: (name) => openAt(target.contributions, name),
  })
  return { ...plan!.wanted, lost: plan!.lost.map(({ because }) => because) }
}

const effect = (state: Effect['state'], at: number): Effect => ({
  act: 'set',
  state,
  at,
  row: 3,
  origin: 'person',
})
const native = (state: Effect['state'], since = 0) => ({
  state,
  chosen: 'no' as const,
  outOfOffice: false,
  since,
})

describe('a row that holds', () => {
  const links = [link('teams', 'pbx', { rows })]
  const away = contribution({
    slot: 'presence',
    state: AWAY,
    cause: { link: 'teams to pbx', kind: 'choice', at: 50, text: 'Away chosen' },
  })

  it('SW-28: keeps what was shown, although the state behind it reveals that Away is not chosen any more', () => {
    const teams = teamsPoint({
      native: native(PRESENTING, 100),
      effects: new Map([['teams to pbx', effect(AVAILABLE, 100)]]),
    })
    const target = heardPoint({ contributions: [away] })
    const now = wanted(target, [teams, target], { links, now: 1000 })
    expect(now).toMatchObject({
      act: 'hold',
      lost: [expect.stringMatching(/Presenting .* keeps what was shown/)],
    })
  })

  it('writes nothing where nothing was shown', () => {
    const effects = new Map([['teams to pbx', effect(AVAILABLE, 100)]])
    const teams = teamsPoint({ native: native(PRESENTING, 100), effects })
    const target = heardPoint()
    expect(wanted(target, [teams, target], { links, now: 1000 }).act).toBe('leave')
  })

  it('SW-26: keeps no choice for longer than it holds', () => {
    const teams = teamsPoint({
      native: native(OFFLINE, 100),
      effects: new Map([['teams to pbx', effect(AWAY, 50)]]),
    })
    const target = heardPoint({ contributions: [away] })
    const at = (now: number) => wanted(target, [teams, target], { links, now }).act
    expect([at(100 + 12 * HOUR - 1), at(100 + 12 * HOUR)]).toEqual(['hold', 'leave'])
  })

  it('SW-26, SW-28: keeps it as long as the link says, a year where the page is to be met to the letter', () => {
    const year = 8760 * HOUR
    const target = heardPoint({ contributions: [away] })
    const at = (state: Presence, now: number) => {
      const effects = new Map([['teams to pbx', effect(AWAY, 50)]])
      const teams = teamsPoint({ native: native(state, 100), effects })
      const held = [link('teams', 'pbx', { rows, holdMs: year })]
      return wanted(target, [teams, target], { links: held, now }).act
    }
    for (const state of [OFFLINE, PRESENTING]) {
      expect([at(state, 100 + 12 * HOUR), at(state, 99 + year), at(state, 100 + year)]).toEqual([
        ...['hold', 'hold', 'leave'],
      ])
    }
  })

  it('X-10: stands above a choice made elsewhere before what it keeps, and gives way to one made after it', () => {
    const both = [...links, link('crm', 'pbx', { rows })]
    const teams = teamsPoint({ native: native(PRESENTING, 100) })
    const target = heardPoint({ contributions: [away] })
    const act = (at: number) => {
      const effects = new Map([['crm to pbx', effect(AVAILABLE, at)]])
      const crm = heardPoint({ connector: 'crm', effects })
      return wanted(target, [teams, crm, target], { links: both, now: 1000 }).act
    }
    expect([act(20), act(80)]).toEqual(['hold', 'set'])
  })
})

describe('what a target can show of a state', () => {
  const near = (state: Effect['state'], states: readonly Effect['state'][]) =>
    projectState(state, [{ ...presenceSlot, states }])?.state

  it('X-06: the state itself, else the nearest that says no more, else nothing', () => {
    const some = [DO_NOT_DISTURB, BUSY, AWAY]
    expect(near(PRESENTING, some)).toBe(DO_NOT_DISTURB)
    expect(near(IN_A_CALL, some)).toBe(BUSY)
    expect(near(presence('busy', 'inAMeeting'), some)).toBe(BUSY)
    expect(near(presence('beRightBack', 'beRightBack'), some)).toBe(AWAY)
    expect(near(presence('away', 'outOfOffice'), some)).toBe(AWAY)
    expect(near(presence('available', 'outOfOffice'), [AVAILABLE])).toBe(AVAILABLE)
    expect(near(AVAILABLE, some)).toBeUndefined()
    expect(near(BUSY, [DO_NOT_DISTURB])).toBeUndefined()
  })

  it('SW-13: Available chosen elsewhere takes do not disturb off a phone that knows nothing else', () => {
    const teams = teamsPoint({ effects: new Map([['teams to pbx', effect(AVAILABLE, 100)]]) })
    const phone = heardPoint()
    const decision = decide('pbx', {
      points: [teams, phone],
      policy: { ...defaultPolicy, links: [link('teams', 'pbx', { rows })] },
      now: 1000,
      start: 0,
    })
    const target = { point: phone, slots: [dndSlot], order, openIn: () => undefined }
    expect(projectDecision(decision, target)[0]!.wanted).toMatchObject({
      act: 'clear',
      state: DO_NOT_DISTURB,
    })
  })
})
