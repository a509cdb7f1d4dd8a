import { describe, expect, test } from 'vitest'
import { heardPoint, leg, teamsPoint } from '../../test/support/points.ts'
import { callBackUntil, clockText, noteEmergencyCalls } from './emergency.ts'
import type { Leg, Presentity } from './presentity.ts'
import { defaultRingSettings } from './ring-settings.ts'

const minute = 60_000
const settings = defaultRingSettings.emergency

function person(...legs: readonly Leg[]): Presentity {
  const points = [teamsPoint(), heardPoint({ legs: [...legs] })]
  return { tenant: 't', id: 'anna', upn: 'anna@contoso.example', displayName: 'Anna', points }
}

const calling = (remote: string, change: Partial<Leg> = {}) =>
  leg({ direction: 'outbound', state: 'trying', party: 'unknown', remote, since: 0, ...change })

const note = (presentity: Presentity, now: number, change: Partial<typeof settings> = {}) =>
  noteEmergencyCalls(presentity, {
    now,
    settings: { ...settings, ...change },
    isPhone: (point) => point.connector === 'pbx',
    isExtension: (_connector, number) => number === '110',
  })

describe('a call to an emergency number', () => {
  test.each([
    ['112', {}, true],
    ['+112', {}, true],
    ['911', { party: 'internal' }, true],
    ['0112', { party: 'external' }, true],
    ['0112', { party: 'unknown' }, false],
    ['9911', { party: 'internal' }, false],
    ['110', {}, false],
    ['1125', {}, false],
    ['112', { direction: 'inbound' }, false],
    ['112', { evidence: 'lamp' }, false],
    ['+14255550100', { party: 'external' }, false],
  ] as const)('%s %j: %s', (remote, change, expected) => {
    const anna = person(calling(remote, change))
    expect(note(anna, 1000)).toBe(expected)
    expect(callBackUntil(anna, 1000) !== undefined).toBe(expected)
  })

  test('keeps the phones free while it lasts and for an hour after it, and is then forgotten', () => {
    const anna = person(calling('112'))
    note(anna, 0)
    expect(callBackUntil(anna, 0)).toBe(60 * minute)
    const call = anna.points[1]!.legs[0]!
    Object.assign(call, { state: 'confirmed', was: 'confirmed' })
    expect(note(anna, 30_000)).toBe(false)
    expect(note(anna, 20 * minute)).toBe(true)
    expect(callBackUntil(anna, 20 * minute)).toBe(80 * minute)
    Object.assign(call, { state: 'terminated', endedAt: 21 * minute })
    note(anna, 21 * minute)
    expect(callBackUntil(anna, 21 * minute)).toBe(81 * minute)
    // The leg is long forgotten; the note is not.
    anna.points[1]!.legs = []
    expect(note(anna, 80 * minute)).toBe(false)
    expect(callBackUntil(anna, 81 * minute - 1)).toBe(81 * minute)
    expect(callBackUntil(anna, 81 * minute)).toBeUndefined()
    expect(note(anna, 81 * minute)).toBe(true)
    expect(anna.callBack).toBeUndefined()
  })

  test('a call that lasts longer than an hour goes on keeping the phones free', () => {
    const anna = person(calling('112', { state: 'confirmed' }))
    note(anna, 0)
    note(anna, 60 * minute)
    expect(callBackUntil(anna, 60 * minute)).toBe(120 * minute)
  })

  test('with a time of 0 the rule is off', () => {
    const anna = person(calling('112'))
    expect(note(anna, 0, { callBackMs: 0 })).toBe(false)
  })

  test('times for people', () => {
    expect(clockText(Date.UTC(2026, 10, 21, 9, 5, 59))).toBe('09:05 UTC')
  })
})
