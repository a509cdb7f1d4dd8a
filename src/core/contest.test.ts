import { describe, expect, it } from 'vitest'
import type { Contest } from './contest.ts'
import {
  addContradiction,
  contestRestMs,
  contestWindowMs,
  findSharedSession,
  isContested,
  sharedSessionWindowMs,
} from './contest.ts'
import { AVAILABLE, DO_NOT_DISTURB } from './presence.ts'

const contradictedAt = (shownAt: number, wroteAt = shownAt - 5000) => ({
  wrote: DO_NOT_DISTURB,
  wroteAt,
  shown: AVAILABLE,
  shownAt,
})

function contradictions(...times: number[]): Contest | undefined {
  return times.reduce<Contest | undefined>(
    (contest, at) => addContradiction(contest, contradictedAt(at)),
    undefined,
  )
}

describe('a second writer', () => {
  it('is found by the third contradicted write within two minutes, and left alone for fifteen', () => {
    expect(isContested(contradictions(0, 60_000), 60_001)).toBe(false)
    const contest = contradictions(0, 60_000, contestWindowMs)
    expect(contest?.until).toBe(contestWindowMs + contestRestMs)
    expect(isContested(contest, contestWindowMs + contestRestMs - 1)).toBe(true)
    expect(isContested(contest, contestWindowMs + contestRestMs)).toBe(false)
    expect(contest?.contradictions).toHaveLength(3)
  })

  it('is not found in contradictions that are further apart', () => {
    expect(contradictions(0, 70_000, contestWindowMs + 1, 200_000)?.until).toBeUndefined()
    expect(contradictions(0, 100_000, 200_000, 300_000)?.until).toBeUndefined()
  })

  it('is not seen in one write that is undone several times: a person presses a key on, off, on, off', () => {
    let contest: Contest | undefined
    for (const at of [1000, 2000, 3000, 4000]) contest = addContradiction(contest, contradictedAt(at, 500))
    expect(contest?.until).toBeUndefined()
    expect(contest?.contradictions).toHaveLength(1)
  })

  it('is counted anew after the rest', () => {
    const contest = contradictions(0, 1000, 2000)
    const resumed = addContradiction(contest, contradictedAt(2000 + contestRestMs))
    expect(resumed).toMatchObject({ until: undefined, contradictions: [{ shownAt: 2000 + contestRestMs }] })
    expect(addContradiction(contest, contradictedAt(3000))).toBe(contest)
  })
})

describe('a second hub with the same application', () => {
  const vanished = (person: string, at: number) => ({ person, kind: 'vanished' as const, at })

  it('is likely when sessions of several people go within ten minutes', () => {
    const troubles = [vanished('anna', 0), vanished('ben', 1000), vanished('carla', sharedSessionWindowMs)]
    const many = { followed: 100, now: sharedSessionWindowMs }
    expect(findSharedSession(troubles, many)).toEqual({
      people: ['anna', 'ben', 'carla'],
      since: 0,
      last: sharedSessionWindowMs,
    })
    expect(findSharedSession(troubles, { ...many, now: many.now + 1 })).toBeUndefined()
  })

  it('is not seen in one of many whose session goes again and again', () => {
    const troubles = [0, 1, 2, 3].map((at) => vanished('anna', at))
    expect(findSharedSession(troubles, { now: 10, followed: 3 })).toBeUndefined()
  })

  it('is likely where only one or two are followed and theirs go again and again', () => {
    const alone = [0, 1, 2].map((at) => vanished('anna', at))
    expect(findSharedSession(alone, { now: 10, followed: 1 })?.people).toEqual(['anna'])
    expect(findSharedSession(alone, { now: 10, followed: 2 })?.people).toEqual(['anna'])
    expect(findSharedSession(alone.slice(1), { now: 10, followed: 1 })).toBeUndefined()
    const both = [vanished('anna', 0), vanished('ben', 1), vanished('ben', 2)]
    expect(findSharedSession(both, { now: 10, followed: 2 })?.people).toEqual(['anna', 'ben'])
    expect(findSharedSession(both, { now: 2 + sharedSessionWindowMs, followed: 2 })).toBeUndefined()
  })
})
