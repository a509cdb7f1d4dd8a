import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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
import { settleChoice } from '../core/choice.ts'
import type { HistoryRow } from '../core/history.ts'
import type { Link, Policy } from '../core/policy.ts'
import { defaultPolicy, defaultRows } from '../core/policy.ts'
import type { Presence } from '../core/presence.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL, PRESENTING } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import { newActor } from './actor.ts'
import { HistoryRecorder } from './history-recorder.ts'
import { replayPerson } from './replay-person.ts'
import { writePresentity } from './serialize.ts'
import type { System } from './system.ts'

const minute = 60_000

function system(id: string, kind: string, slots: System['slots']): System {
  const manifest = { id, title: id, kind, lineRank: 1, states: order } as unknown as System['manifest']
  return { tenant: 't', id, manifest, slots, lines: id, instance: {} as System['instance'] }
}

const systems = new Map([
  ['teams', system('teams', 'collaboration', [sessionSlot, preferredSlot])],
  ['pbx', system('pbx', 'pbx', [dndSlot])],
])

/** A person's day: each step changes the points and is noted, as a turn would. */
class Day {
  readonly rows: HistoryRow[] = []
  readonly teams = teamsPoint({ line: 'teams\nanna' })
  readonly phone = heardPoint({
    line: 'pbx\n1001',
    dnd: false,
    base: { state: AVAILABLE, at: 0, by: 'adopted' },
  })
  readonly #actor = newActor(
    { tenant: 't', id: 'anna', upn: 'anna', displayName: 'Anna', points: [this.teams, this.phone] },
    0,
  )
  readonly #recorder = new HistoryRecorder()
  readonly #links: readonly Link[]

  constructor(policy: Policy) {
    this.#links = policy.links
    this.#recorder.keep('t', 1)
    this.note(0)
  }

  /** Chosen by hand on Teams or at the phone. */
  choose(point: Point, state: Presence, at: number): void {
    const links = this.#links.filter(({ from }) => from === point.connector)
    settleChoice(point, state, { at, origin: 'person', chosen: 'yes', outOfOffice: false, links })
    if (point === this.phone) point.dnd = state === DO_NOT_DISTURB
    else point.native = { state, chosen: 'yes', outOfOffice: false, since: at }
    this.note(at)
  }

  /** What Teams shows by itself. */
  show(state: Presence, at: number): void {
    this.teams.native = { state, chosen: 'no', outOfOffice: false, since: at }
    this.note(at)
  }

  ring(at: number, name = `call ${at}`): void {
    this.phone.legs = [
      ...this.phone.legs,
      leg({ leg: name, state: 'early', since: at, direction: 'inbound' }),
    ]
    this.note(at)
  }

  answer(at: number): void {
    for (const one of this.phone.legs) {
      if (one.state === 'early') Object.assign(one, { state: 'confirmed', was: 'confirmed', answeredAt: at })
    }
    this.note(at)
  }

  hangUp(at: number): void {
    for (const one of this.phone.legs) {
      if (one.state !== 'terminated') Object.assign(one, { state: 'terminated', endedAt: at })
    }
    this.note(at)
  }

  note(at: number): void {
    const stored = { put: 'presentity', ...writePresentity(this.#actor.presentity) } as const
    const change = this.#recorder.record(this.#actor, [stored], at)
    if (change && 'put' in change && change.put === 'history') this.rows.push(change.row)
  }

  replay(recorded: Policy, edited: Policy, to = 600 * minute) {
    const policyOf = (version: number) => (version === 1 ? recorded : undefined)
    return replayPerson({
      rows: this.rows,
      from: 0,
      to,
      edited,
      policyOf,
      system: (connector) => systems.get(connector),
    })
  }
}

const policyOf = (...links: Link[]): Policy => ({ ...defaultPolicy, links })
const both = policyOf(link('teams', 'pbx'), link('pbx', 'teams'))

describe('G-09: edited rules over what was recorded', () => {
  test('presenting silences the phone only while the table says so: how long, and which call', () => {
    const day = new Day(both)
    day.show(AVAILABLE, 1 * minute)
    day.show(PRESENTING, 10 * minute)
    day.ring(20 * minute)
    day.hangUp(21 * minute)
    day.show(AVAILABLE, 40 * minute)
    day.ring(50 * minute)
    day.hangUp(51 * minute)
    const rows = defaultRows.filter(({ when }) => when.availability !== 'doNotDisturb')
    const quiet = policyOf(link('teams', 'pbx', { rows }), link('pbx', 'teams'))
    const loosened = day.replay(both, quiet)
    expect(loosened.differences).toEqual([
      {
        presentity: 'anna',
        connector: 'pbx',
        address: '1001',
        slot: 'dnd',
        was: 'doNotDisturb/doNotDisturb',
        links: ['teams to pbx'],
        from: 10 * minute,
        to: 40 * minute,
      },
    ])
    expect(loosened.calls).toMatchObject([{ became: 'unblocked', at: 20 * minute, link: 'teams to pbx' }])
    // The other way round: what such rules would newly keep away.
    const day2 = new Day(quiet)
    day2.show(PRESENTING, 10 * minute)
    day2.ring(20 * minute)
    day2.hangUp(21 * minute)
    day2.show(AVAILABLE, 40 * minute)
    expect(day2.replay(quiet, both).calls).toMatchObject([{ became: 'blocked', at: 20 * minute }])
  })

  test('choices are worked out again under an edited table', () => {
    const day = new Day(both)
    day.choose(day.teams, AVAILABLE, 1 * minute)
    day.choose(day.teams, AWAY, 30 * minute)
    day.ring(35 * minute)
    day.choose(day.teams, DO_NOT_DISTURB, 60 * minute)
    day.choose(day.teams, AVAILABLE, 90 * minute)
    const away = { when: { availability: 'away' }, act: 'set', state: DO_NOT_DISTURB } as const
    const edited = policyOf(link('teams', 'pbx', { rows: [away, ...defaultRows] }), link('pbx', 'teams'))
    const { differences, calls } = day.replay(both, edited)
    // Do not disturb was wanted by both from minute 60 on.
    expect(differences.map(({ slot, was, would, from, to }) => [slot, was, would, from, to])).toContainEqual([
      'dnd',
      undefined,
      'doNotDisturb/doNotDisturb',
      30 * minute,
      60 * minute,
    ])
    expect(differences.filter(({ slot }) => slot === 'dnd').length).toBe(1)
    expect(calls).toMatchObject([{ became: 'blocked', at: 35 * minute }])
  })

  test('time alone: a longer grace is a difference of exactly that length', () => {
    const day = new Day(both)
    day.ring(10 * minute)
    day.answer(11 * minute)
    day.hangUp(15 * minute)
    const edited = policyOf(link('teams', 'pbx'), link('pbx', 'teams', { graceMs: 31_000 }))
    expect(day.replay(both, edited).differences).toMatchObject([
      { slot: 'session', would: 'busy/inACall', from: 15 * minute + 1_000, to: 15 * minute + 31_000 },
    ])
  })

  test('observe only removes, a link that is added adds; the person’s own do not disturb is no call lost to the rules', () => {
    const day = new Day(both)
    day.choose(day.phone, DO_NOT_DISTURB, 5 * minute)
    day.ring(6 * minute)
    const off = policyOf(link('teams', 'pbx'), link('pbx', 'teams', { observeOnly: true }))
    expect(day.replay(both, off).differences).toMatchObject([
      { connector: 'teams', slot: 'preferred', was: 'doNotDisturb/doNotDisturb', to: 600 * minute },
    ])
    expect(day.replay(both, off).calls).toEqual([])
    const added = day.replay(policyOf(), both).differences
    expect(added).toMatchObject([{ slot: 'preferred', would: 'doNotDisturb/doNotDisturb', from: 5 * minute }])
  })

  test('rows whose rules are not stored are passed over and counted', () => {
    const day = new Day(both)
    const input = { rows: day.rows, from: 0, to: minute, edited: both, system: () => undefined }
    expect(replayPerson({ ...input, policyOf: () => undefined }).skipped).toBe(1)
  })

  test('the same rules differ nowhere, whatever the day was like', () => {
    const step = fc.record({
      what: fc.constantFrom('choose', 'press', 'show', 'ring', 'answer', 'hangUp', 'lose', 'hear'),
      state: fc.constantFrom(AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB),
      shown: fc.constantFrom(AVAILABLE, IN_A_CALL, PRESENTING),
      after: fc.integer({ min: 1, max: 120 * minute }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const day = new Day(both)
        let at = 0
        for (const { what, state, shown, after } of steps) {
          at += after
          if (what === 'choose') day.choose(day.teams, state, at)
          else if (what === 'press') day.choose(day.phone, state === DO_NOT_DISTURB ? state : AVAILABLE, at)
          else if (what === 'show') day.show(shown, at)
          else if (what === 'ring') day.ring(at)
          else if (what === 'answer') day.answer(at)
          else if (what === 'hangUp') day.hangUp(at)
          else {
            Object.assign(day.teams.feeds[0]!, { live: what === 'hear', lostSince: at })
            day.note(at)
          }
        }
        const again = policyOf(...both.links.map((one) => ({ ...one, rows: [...one.rows] })))
        const { differences, calls, skipped } = day.replay(both, again, at + 60 * minute)
        expect({ differences, calls, skipped }).toEqual({ differences: [], calls: [], skipped: 0 })
        // A row that is never reached makes another text, so that every choice is worked out again.
        const idle = { when: {}, act: 'release' } as const
        const longer = policyOf(...both.links.map((one) => ({ ...one, rows: [...one.rows, idle] })))
        expect(day.replay(both, longer, at + 60 * minute)).toEqual({ differences: [], calls: [], skipped: 0 })
      }),
      { numRuns: 200 },
    )
  })
})
