import { expect, it } from 'vitest'
import {
  contribution,
  heardPoint,
  link,
  order,
  sessionSlot,
  slotOf,
  teamsPoint,
} from '../../test/support/points.ts'
import type { Voice } from './decide.ts'
import type { Contribution } from './ledger.ts'
import { isForgettable } from './ledger.ts'
import { AVAILABLE, AWAY, IN_A_CALL } from './presence.ts'
import { projectDecision } from './project.ts'
import { endContribution, readAggregate } from './read.ts'
import { reconcile } from './reconcile.ts'

const say = (state: typeof AWAY) => ({ kind: 'presence', state, chosen: 'unknown' }) as const
const reading = (now: number) => ({ now, links: [link('teams', 'pbx')], slotOf })
const plan = (wanted: Parameters<typeof reconcile>[0]['plan']['wanted']) => {
  return { slot: sessionSlot, wanted, lost: [], yielded: false }
}

it('G-03: what ran out is still an echo as long as a read may be late', () => {
  const session = contribution()
  endContribution(session, 'expired', 720_000)
  const point = teamsPoint({ contributions: [session] })
  expect(readAggregate(point, say(IN_A_CALL), reading(722_000))).toBe('echo')
  expect(isForgettable(session, sessionSlot, { now: 722_000 })).toBe(false)
  expect(readAggregate(point, say(IN_A_CALL), reading(740_000))).toBe('native')
})

it('G-03: a session that perhaps was not prolonged tells nothing of what a person chose', () => {
  const sure = teamsPoint({ contributions: [contribution()] })
  readAggregate(sure, say(AWAY), reading(100_000))
  expect(sure.native?.chosen).toBe('yes')
  const unsure = teamsPoint({ contributions: [contribution({ doubted: true })] })
  readAggregate(unsure, say(AWAY), reading(100_000))
  expect(unsure.native?.chosen).toBe('unknown')
})

it('G-03: what perhaps was not prolonged is asserted again, a choice only where it still shows', () => {
  const wanted = { act: 'set', state: IN_A_CALL, voice: {} as never } as const
  const input = { order, now: 100_000, inFlight: false }
  const point = teamsPoint({ contributions: [contribution({ doubted: true })] })
  expect(reconcile({ ...input, plan: plan(wanted), point }).action).toMatchObject({
    do: 'assert',
    refresh: true,
  })
  const slot = { ...sessionSlot, contribution: 'sharedSlot' } as const
  const overruled = { ...point, read: { state: AVAILABLE, at: 99_000 } }
  const choice = { ...plan(wanted), slot }
  expect(reconcile({ ...input, plan: choice, point: overruled }).action).toEqual({ do: 'nothing' })
})

it('G-03: what an operator wants back is not kept for a source that cannot be heard', () => {
  const open: Contribution = contribution({ intentAt: 1000 })
  const hold: Voice = {
    link: 'pbx to teams',
    from: 'pbx',
    kind: 'condition',
    address: '1001',
    row: -1,
    at: 9000,
    text: '',
    switches: link('pbx', 'teams'),
    act: 'hold',
    lost: true,
    until: 900_000,
    said: true,
  }
  const planned = (releasedAt: number | undefined) => {
    const point = heardPoint({ connector: 'teams', contributions: [open], releasedAt })
    const target = { point, slots: [sessionSlot], order, openIn: () => open }
    return projectDecision({ to: 'teams', voices: [hold], reviewAt: undefined }, target)[0]?.wanted.act
  }
  expect(planned(undefined)).toBe('hold')
  expect(planned(5000)).toBe('leave')
  expect(planned(500)).toBe('hold')
})
