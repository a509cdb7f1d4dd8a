import { describe, expect, it } from 'vitest'
import { contribution, heardPoint, link, slotOf, teamsPoint } from '../../test/support/points.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, OFFLINE, presence } from './presence.ts'
import type { Point } from './presentity.ts'
import { readAggregate, readDnd } from './read.ts'

const links = [link('teams', 'pbx')]

function read(point: Point, state: Presence, now: number) {
  return readAggregate(point, { kind: 'presence', state, chosen: 'unknown' }, { now, links, slotOf })
}

function key(point: Point, on: boolean, now: number) {
  return readDnd(point, { kind: 'dnd', on }, { now, links: [link('pbx', 'teams')], slotOf })
}

describe('reading an aggregate', () => {
  it('G-01: our own call coming back is an echo; the last native state is kept and marked as hidden', () => {
    const point = teamsPoint({ contributions: [contribution()] })
    read(point, AVAILABLE, -1)
    expect(read(point, IN_A_CALL, 20_000)).toBe('echo')
    expect(point.native?.state).toBe(AVAILABLE)
    expect(point.hiddenSince).toBe(0)
  })

  it('G-01: within the settle time the value from before our write is stale, after it native', () => {
    const point = teamsPoint({ contributions: [contribution({ before: AWAY })] })
    expect(read(point, AWAY, 15_000)).toBe('stale')
    expect(read(point, AWAY, 15_001)).toBe('native')
    expect(point.native?.chosen).toBe('yes')
  })

  it('invents no Teams call from a late read after our clear, and believes it once the window has passed', () => {
    const ended = contribution({ endIntentAt: 60_000, endAckAt: 60_000, ending: 'withdrawn' })
    const point = teamsPoint({ contributions: [ended] })
    expect(read(point, IN_A_CALL, 75_000)).toBe('echo')
    expect(point.native).toBeUndefined()
    expect(read(point, IN_A_CALL, 75_001)).toBe('native')
  })

  it('reads a third value at once as native, even within the settle time', () => {
    const point = teamsPoint({ contributions: [contribution()] })
    expect(read(point, presence('beRightBack', 'beRightBack'), 100)).toBe('native')
  })

  it('a state that the timetable of the system set is a choice of its schedule', () => {
    const point = teamsPoint()
    read(point, AVAILABLE, 0)
    const facet = { kind: 'presence', state: DO_NOT_DISTURB, chosen: 'yes', origin: 'schedule' } as const
    expect(readAggregate(point, facet, { now: 1_000, links, slotOf })).toBe('changed')
    expect(point).toMatchObject({ changedAt: 1_000, changedBy: 'schedule' })
    read(point, AVAILABLE, 2_000)
    expect(point.changedBy).toBe('person')
  })

  it('X-09: a timetable that switches over what we wrote takes nothing back elsewhere, where the link says so', () => {
    for (const overSchedule of [true, false]) {
      const back = link('teams', 'pbx', { overSchedule })
      const point = teamsPoint({ base: { state: DO_NOT_DISTURB, at: 0, by: 'hub' } })
      const facet = { kind: 'presence', state: AVAILABLE, chosen: 'yes', origin: 'schedule' } as const
      readAggregate(point, facet, { now: 1_000, links: [back], slotOf })
      expect(point.effects?.get(back.id)?.act).toBe(overSchedule ? undefined : 'clear')
      expect(point.changedBy).toBe('schedule')
    }
  })

  it('takes a settled Offline/Offline as the end of our session', () => {
    const ours = contribution({ before: AVAILABLE })
    const point = teamsPoint({ contributions: [ours] })
    read(point, OFFLINE, 20_000)
    expect(ours.ending).toBe('gone')
  })

  it('sees through our own call that a person took our do not disturb away', () => {
    const dnd = contribution({ id: 'c2', slot: 'preferred', state: DO_NOT_DISTURB, before: IN_A_CALL })
    const point = teamsPoint({
      contributions: [contribution(), dnd],
      base: { state: DO_NOT_DISTURB, at: 0, by: 'hub' },
    })
    expect(read(point, IN_A_CALL, 20_000)).toBe('changed')
    expect(dnd.ending).toBe('yielded')
    expect(point.effects?.get('teams to pbx')?.act).toBe('clear')
  })

  it('adopts the first choice it sees without acting on it', () => {
    const point = teamsPoint()
    expect(read(point, DO_NOT_DISTURB, 10)).toBe('native')
    expect(point.base?.by).toBe('adopted')
    expect(point.effects).toBeUndefined()
  })

  it('remembers a choice through signing out: withdrawn meanwhile, back with its own time', () => {
    const point = teamsPoint({ base: { state: AVAILABLE, at: 0, by: 'adopted' } })
    read(point, DO_NOT_DISTURB, 10)
    read(point, OFFLINE, 20)
    expect(point.effects?.get('teams to pbx')).toBeUndefined()
    read(point, DO_NOT_DISTURB, 30)
    expect(point.effects?.get('teams to pbx')).toMatchObject({ act: 'set', at: 10 })
  })

  it('counts going from Available to Away as no change of do not disturb', () => {
    const point = teamsPoint({ base: { state: AVAILABLE, at: 0, by: 'adopted' } })
    read(point, AWAY, 10)
    expect(point.effects).toBeUndefined()
  })

  it('waits with a third choice until our own is settled, because it may be older', () => {
    const dnd = contribution({ slot: 'preferred', state: DO_NOT_DISTURB, before: AVAILABLE })
    const point = teamsPoint({ contributions: [dnd], base: { state: DO_NOT_DISTURB, at: 0, by: 'hub' } })
    read(point, AWAY, 5000)
    expect(point.effects).toBeUndefined()
    read(point, AWAY, 20_000)
    expect(point.effects?.get('teams to pbx')?.act).toBe('clear')
  })
})

describe("reading a phone's do not disturb", () => {
  const off = { state: AVAILABLE, at: 0, by: 'adopted' as const }

  it('confirms our write by the first read that shows it, and then believes every other value', () => {
    const ours = contribution({ slot: 'dnd', state: DO_NOT_DISTURB, ackAt: 100, intentAt: 90 })
    const point = heardPoint({ contributions: [ours], base: off })
    expect(key(point, true, 110)).toBe('echo')
    expect(ours.confirmedAt).toBe(110)
    expect(key(point, false, 120)).toBe('changed')
    expect(ours.ending).toBe('yielded')
  })

  it('takes the former value within the settle time as late', () => {
    const ours = contribution({ slot: 'dnd', state: DO_NOT_DISTURB, ackAt: 100 })
    const point = heardPoint({ contributions: [ours], base: { state: DO_NOT_DISTURB, at: 100, by: 'hub' } })
    expect(key(point, false, 2100)).toBe('stale')
    expect(key(point, false, 2101)).toBe('changed')
  })

  it('VO-24: a change by hand is a change, with its time and origin', () => {
    const point = heardPoint({ base: off })
    expect(key(point, true, 50)).toBe('changed')
    expect(point.changedAt).toBe(50)
    expect(point.effects?.get('pbx to teams')).toMatchObject({ act: 'set', state: DO_NOT_DISTURB, at: 50 })
    expect(key(point, true, 60)).toBe('native')
  })
})
