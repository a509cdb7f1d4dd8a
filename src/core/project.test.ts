import { describe, expect, it } from 'vitest'
import {
  dndSlot,
  heardPoint,
  leg,
  link,
  order,
  preferredSlot,
  sessionSlot,
  teamsPoint,
} from '../../test/support/points.ts'
import { decide } from './decide.ts'
import { openAt } from './ledger.ts'
import type { Link } from './policy.ts'
import { defaultPolicy } from './policy.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, PRESENTING } from './presence.ts'
import type { Effect, Point } from './presentity.ts'
import { projectDecision } from './project.ts'

function plan(target: Point, points: readonly Point[], at: { links: readonly Link[]; now: number }) {
  const decision = decide(target.connector, {
    points,
    policy: { ...defaultPolicy, links: at.links },
    now: at.now,
    start: 0,
  })
  const plans = projectDecision(decision, {
    point: target,
    slots: target.connector === 'teams' ? [sessionSlot, preferredSlot] : [dndSlot],
    order,
    openIn: (slot) => openAt(target.contributions, slot),
  })
  return Object.fromEntries(plans.map((one) => [one.slot.slot, one]))
}

function effect(act: Effect['act'], at: number): Effect {
  return { act, state: DO_NOT_DISTURB, at, row: 2, origin: 'person' }
}

describe('deciding what is wanted in each slot', () => {
  const links = [link('pbx', 'teams'), link('teams', 'pbx')]

  it('SW-06 CT-18: a call on the phone is wanted as In a call in the session', () => {
    const pbx = heardPoint({ legs: [leg()] })
    const { session, preferred } = plan(teamsPoint(), [pbx], { links, now: 2000 })
    expect(session!.wanted).toMatchObject({ act: 'set', state: IN_A_CALL })
    expect(preferred!.wanted.act).toBe('leave')
  })

  it('CT-17: an inbound call counts when it is answered, an outbound one from dialling on', () => {
    const wanted = (change: Parameters<typeof leg>[0]) =>
      plan(teamsPoint(), [heardPoint({ legs: [leg(change)] })], { links, now: 2000 }).session!.wanted.act
    expect(wanted({ state: 'early', direction: 'inbound' })).toBe('leave')
    expect(wanted({ state: 'early', direction: 'outbound' })).toBe('set')
    expect(wanted({ state: 'held' })).toBe('set')
  })

  it('G-05: the state ends with the last leg, after the grace', () => {
    const legs = [leg({ state: 'terminated', endedAt: 5000 }), leg({ leg: 'b' })]
    const wanted = (over: typeof legs, now: number) =>
      plan(teamsPoint(), [heardPoint({ legs: over })], { links, now }).session!.wanted.act
    expect(wanted(legs, 60_000)).toBe('set')
    expect(wanted(legs.slice(0, 1), 5999)).toBe('set')
    expect(wanted(legs.slice(0, 1), 6000)).toBe('leave')
  })

  it('counts legs over two extensions of one person', () => {
    const points = [heardPoint({ legs: [] }), heardPoint({ address: '1052', legs: [leg({ state: 'held' })] })]
    expect(plan(teamsPoint(), points, { links, now: 2000 }).session!.wanted.act).toBe('set')
  })

  it('the newer of two choices wins, and at once the more restrictive', () => {
    const third = [...links, link('crm', 'pbx')]
    const wanted = (teamsAt: number, crmAt: number) => {
      const points = [
        teamsPoint({ effects: new Map([['teams to pbx', effect('set', teamsAt)]]) }),
        heardPoint({ connector: 'crm', effects: new Map([['crm to pbx', effect('clear', crmAt)]]) }),
      ]
      return plan(heardPoint(), points, { links: third, now: 100 }).dnd!.wanted.act
    }
    expect(wanted(10, 20)).toBe('clear')
    expect(wanted(20, 10)).toBe('set')
    expect(wanted(10, 10)).toBe('set')
  })

  it('yields to what the person did at the target after the choice', () => {
    const teams = teamsPoint({ effects: new Map([['teams to pbx', effect('set', 10)]]) })
    const { dnd } = plan(heardPoint({ changedAt: 20 }), [teams], { links, now: 100 })
    expect(dnd).toMatchObject({ wanted: { act: 'leave' }, yielded: true })
    expect(dnd!.lost[0]!.because).toContain('changed there after it')
  })

  it('VO-04: presenting in Teams silences the phone while it lasts', () => {
    const native = { state: PRESENTING, chosen: 'unknown' as const, outOfOffice: false, since: 5 }
    expect(plan(heardPoint(), [teamsPoint({ native })], { links, now: 10 }).dnd!.wanted).toMatchObject({
      act: 'set',
      state: DO_NOT_DISTURB,
    })
  })

  it('a lamp without call evidence on a line whose do not disturb is on is never a call', () => {
    const lamps = heardPoint({
      connector: 'lamps',
      line: 'pbx 1001',
      rank: 0,
      legs: [leg({ evidence: 'lamp' })],
    })
    const both = [link('lamps', 'teams'), ...links]
    const wanted = (dnd: boolean) => {
      const pbx = heardPoint({ dnd, feeds: [{ feed: 'f', epoch: 1, live: false, lostSince: 2000 }] })
      return plan(teamsPoint(), [pbx, lamps], { links: both, now: 3000 }).session!.wanted.act
    }
    expect(wanted(false)).toBe('set')
    expect(wanted(true)).toBe('leave')
  })

  it('believes the better connector of a line while it is heard', () => {
    const lamps = heardPoint({ connector: 'lamps', line: 'pbx 1001', rank: 0, legs: [leg()] })
    const both = [link('lamps', 'teams'), ...links]
    expect(plan(teamsPoint(), [heardPoint(), lamps], { links: both, now: 3000 }).session!.wanted.act).toBe(
      'leave',
    )
  })

  it('does not end a choice because its source cannot be heard, until the hold time', () => {
    const teams = teamsPoint({
      effects: new Map([['teams to pbx', effect('set', 10)]]),
      feeds: [{ feed: 'f', epoch: 1, live: false, lostSince: 1000 }],
    })
    const wanted = (now: number) => plan(heardPoint(), [teams], { links, now }).dnd!.wanted.act
    expect(wanted(1000 + defaultPolicy.holdMs - 1)).toBe('set')
    expect(wanted(1000 + defaultPolicy.holdMs)).toBe('leave')
  })

  it('nothing is wanted where nothing is said', () => {
    const teams = teamsPoint({
      native: { state: AVAILABLE, chosen: 'unknown', outOfOffice: false, since: 0 },
    })
    expect(plan(heardPoint(), [teams], { links, now: 1 }).dnd!.wanted.act).toBe('leave')
  })
})
