import { describe, expect, test } from 'vitest'
import {
  contribution,
  dndSlot,
  heardPoint,
  link,
  order,
  preferredSlot,
  teamsPoint,
} from '../../test/support/points.ts'
import { decide } from './decide.ts'
import { defaultPolicy } from './policy.ts'
import { DO_NOT_DISTURB, PRESENTING } from './presence.ts'
import { projectDecision } from './project.ts'

const hour = 3_600_000
const policy = { ...defaultPolicy, links: [link('teams', 'pbx'), link('pbx', 'teams')] }

describe('emergency call back', () => {
  test('what would silence the phone loses, and says until when', () => {
    const phone = heardPoint()
    const teams = teamsPoint({
      native: { state: PRESENTING, chosen: 'unknown', outOfOffice: false, since: 0 },
    })
    const decision = decide('pbx', { points: [teams, phone], policy, now: 1, start: 0 })
    const target = { point: phone, slots: [dndSlot], order, openIn: () => undefined }
    expect(projectDecision(decision, target)[0]!.wanted.act).toBe('set')
    const [plan] = projectDecision(decision, { ...target, callBackUntil: 9 * hour + 300_000 })
    expect(plan!.wanted.act).toBe('leave')
    expect(plan!.lost.map(({ because }) => because)).toEqual(['emergency call back until 09:05 UTC'])
  })

  test('what a lost source would keep there is not kept', () => {
    const phone = heardPoint()
    const ours = contribution({ slot: 'dnd', state: DO_NOT_DISTURB, cause: cause('teams to pbx') })
    const teams = teamsPoint({
      feeds: [{ feed: 'feed', epoch: 1, live: false, lostSince: 0 }],
      native: { state: PRESENTING, chosen: 'unknown', outOfOffice: false, since: 0 },
    })
    const decision = decide('pbx', { points: [teams, phone], policy, now: 1, start: 0 })
    const target = { point: phone, slots: [dndSlot], order, openIn: () => ours }
    expect(projectDecision(decision, target)[0]!.wanted.act).toBe('hold')
    expect(projectDecision(decision, { ...target, callBackUntil: hour })[0]!.wanted.act).toBe('leave')
  })

  test('nothing changes at what is no phone', () => {
    const phone = heardPoint({
      effects: new Map([
        ['pbx to teams', { act: 'set', state: DO_NOT_DISTURB, at: 0, row: 2, origin: 'person' }],
      ]),
    })
    const teams = teamsPoint()
    const decision = decide('teams', { points: [teams, phone], policy, now: 1, start: 0 })
    const target = { point: teams, slots: [preferredSlot], order, openIn: () => undefined }
    expect(projectDecision(decision, target)[0]!.wanted.act).toBe('set')
  })
})

function cause(of: string) {
  return { link: of, kind: 'condition' as const, at: 0, text: 'Presenting on teams anna' }
}
