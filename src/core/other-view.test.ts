import { describe, expect, test } from 'vitest'
import { heardPoint, leg, link, teamsPoint } from '../../test/support/points.ts'
import { decideBoard } from './board.ts'
import { type DecideInput, decide } from './decide.ts'
import { defaultPolicy } from './policy.ts'
import { AVAILABLE, IN_A_CALL } from './presence.ts'
import type { Point } from './presentity.ts'

const links = [link('pbx', 'teams'), link('lamps', 'teams')]
const policy = { ...defaultPolicy, links }
const line = 'pbx 1001'
const cut = [{ feed: 'feed', epoch: 1, live: false, lostSince: 5000 }]
const lamp = leg({ evidence: 'lamp', party: 'unknown', direction: 'unknown' })

/** The PBX's own word of the line, and its lamp. */
const pbx = (change: Partial<Point>) => heardPoint({ line, rank: 20, ...change })
const lamps = (change: Partial<Point>) => heardPoint({ connector: 'lamps', line, rank: 10, ...change })

function input(...points: Point[]): DecideInput {
  return { points: [teamsPoint(), ...points], policy, now: 10_000, start: 0 }
}

const voices = (of: DecideInput) => decide('teams', of).voices.map(({ from, act }) => `${from} ${act}`)
const shown = (of: DecideInput) => decideBoard(of).state

describe('two views of one line', () => {
  test('G-05: while both are heard, one call is said once, by the better view', () => {
    expect(voices(input(pbx({ legs: [leg()] }), lamps({ legs: [lamp] })))).toEqual(['pbx set'])
  })

  test('G-02: while the better one cannot be heard, the lamp goes on counting', () => {
    expect(voices(input(pbx({ legs: [leg()], feeds: cut }), lamps({ legs: [lamp] })))).toEqual(['lamps set'])
  })

  test('G-02: a call that ends meanwhile has ended, for the target and on the board', () => {
    const ended = { ...lamp, state: 'terminated' as const, endedAt: 6000 }
    const after = input(pbx({ legs: [leg()], feeds: cut }), lamps({ legs: [ended], registered: true }))
    expect(voices(after)).toEqual([])
    expect(shown(after)).toEqual(AVAILABLE)
  })

  test('G-01: a lamp lit by do not disturb is not taken for the end of the call either', () => {
    const both = input(pbx({ legs: [leg()], dnd: true, feeds: cut }), lamps({ legs: [lamp] }))
    expect(voices(both)).toEqual(['pbx hold'])
    expect(shown(both)).toEqual(IN_A_CALL)
  })

  test('G-01: a lamp that is lit while nobody tells calls from do not disturb is no call, unless it blinked first', () => {
    const blind = pbx({ legs: [leg()], dnd: false, feeds: cut })
    const lit = { ...lamp, since: 7000, answeredAt: 7000 }
    const silent = input(blind, lamps({ legs: [lit], registered: true }))
    expect(voices(silent)).toEqual([])
    expect(shown(silent)).toEqual(AVAILABLE)
    const rung = input(blind, lamps({ legs: [{ ...lit, answeredAt: 8000 }] }))
    expect(voices(rung)).toEqual(['lamps set'])
    const known = input(blind, lamps({ legs: [{ ...lit, evidence: 'call' }] }))
    expect(voices(known)).toEqual(['lamps set'])
    // Where nobody ever told of do not disturb, a lamp is a call.
    const plain = input(pbx({ feeds: cut }), lamps({ legs: [lit] }))
    expect(voices(plain)).toEqual(['lamps set'])
  })

  test('a view that is lost too, of another line, or without a link tells nothing', () => {
    const call = pbx({ legs: [leg()], feeds: cut })
    expect(voices(input(call, lamps({ feeds: cut })))).toEqual(['lamps hold', 'pbx hold'])
    expect(voices(input(call, lamps({ line: 'pbx 1002' })))).toEqual(['pbx hold'])
    expect(voices({ ...input(call, lamps({})), policy: { ...policy, links: [links[0]!] } })).toEqual([
      'pbx hold',
    ])
  })
})
