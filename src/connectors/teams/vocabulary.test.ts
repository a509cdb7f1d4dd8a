import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCall, presenceName } from '../../core/presence.ts'
import { FacetTable } from './presence-reply.ts'
import { readWords, strangeWords, writeWords } from './vocabulary.ts'

/** Graph's pair, what it means, and whether a person may have chosen it. */
const rows: readonly (readonly [string, string, string, 'no' | 'unknown'])[] = [
  ['Available', 'Available', 'available/available', 'unknown'],
  ['Available', 'OutOfOffice', 'available/outOfOffice', 'no'],
  ['AvailableIdle', 'Available', 'available/inactive', 'no'],
  ['Available', 'AvailableInactive', 'available/inactive', 'no'],
  ['Busy', 'Busy', 'busy/busy', 'unknown'],
  ['BusyIdle', 'Busy', 'busy/busy', 'unknown'],
  ['BusyIdle', 'InACall', 'busy/inACall', 'no'],
  ['Busy', 'InACall', 'busy/inACall', 'no'],
  ['Busy', 'InAConferenceCall', 'busy/inAConferenceCall', 'no'],
  ['Busy', 'InAMeeting', 'busy/inAMeeting', 'no'],
  ['DoNotDisturb', 'DoNotDisturb', 'doNotDisturb/doNotDisturb', 'unknown'],
  ['DoNotDisturb', 'Presenting', 'doNotDisturb/presenting', 'no'],
  ['DoNotDisturb', 'Focusing', 'doNotDisturb/focusing', 'no'],
  ['DoNotDisturb', 'UrgentInterruptionsOnly', 'doNotDisturb/urgentInterruptionsOnly', 'no'],
  ['Away', 'Away', 'away/away', 'unknown'],
  ['Away', 'Inactive', 'away/inactive', 'no'],
  ['BeRightBack', 'BeRightBack', 'beRightBack/beRightBack', 'unknown'],
  ['Away', 'BeRightBack', 'beRightBack/beRightBack', 'unknown'],
  ['Offline', 'OffWork', 'offline/offWork', 'unknown'],
  ['Offline', 'Offline', 'offline/offline', 'no'],
  ['Offline', 'OutOfOffice', 'offline/outOfOffice', 'no'],
  ['Away', 'OutOfOffice', 'away/outOfOffice', 'no'],
  ['PresenceUnknown', 'PresenceUnknown', 'unknown/unknown', 'unknown'],
]

describe('Graph words', () => {
  it.each(rows)('%s / %s is %s', (availability, activity, expected, chosen) => {
    const reading = readWords(availability, activity)
    expect(presenceName(reading.state)).toBe(expected)
    expect(reading.chosen).toBe(chosen)
    expect(reading.strange).toBe(false)
    expect(readWords(availability.toLowerCase(), activity.toUpperCase())).toEqual(reading)
  })

  it('takes swapped words for what they say', () => {
    expect(presenceName(readWords('inACall', 'busy').state)).toBe('busy/inACall')
    expect(presenceName(readWords('inACall', 'inACall').state)).toBe('busy/inACall')
    expect(presenceName(readWords('presenting', 'doNotDisturb').state)).toBe('doNotDisturb/presenting')
    expect(presenceName(readWords('focusing', '').state)).toBe('doNotDisturb/focusing')
    expect(presenceName(readWords('outOfOffice', 'available').state)).toBe('available/outOfOffice')
  })

  it('a word nobody knows is strange, and never means available', () => {
    expect(presenceName(readWords('Busy', 'Dancing').state)).toBe('busy/busy')
    expect(presenceName(readWords('Dancing', 'InACall').state)).toBe('busy/inACall')
    expect(presenceName(readWords('Dancing', 'Singing').state)).toBe('unknown/unknown')
    expect(presenceName(readWords('', '').state)).toBe('unknown/unknown')
    expect(readWords('Dancing', 'Singing').strange).toBe(true)
  })

  it('is total, and only says call when Graph did', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const { state } = readWords(left, right)
        if (isCall(state)) expect(`${left}${right}`.toLowerCase()).toContain('call')
        if (state.availability === 'available') expect(`${left}${right}`.toLowerCase()).toContain('available')
      }),
    )
  })

  it('writes what Graph takes, and nothing else', () => {
    expect(writeWords(readWords('busy', 'inacall').state)).toEqual({
      availability: 'Busy',
      activity: 'InACall',
    })
    expect(writeWords(readWords('offline', 'offwork').state)).toEqual({
      availability: 'Offline',
      activity: 'OffWork',
    })
    expect(writeWords(readWords('busy', 'inAMeeting').state)).toBeUndefined()
  })
})

describe('a word that Microsoft may add', () => {
  it.each([
    ['Levitating', 'InACall', 'busy/inACall', 'availability'],
    ['Busy', 'Levitating', 'busy/busy', 'activity'],
    ['constructor', '__proto__', 'unknown/unknown', 'availability, activity'],
    ['Available', 'Available', 'available/available', ''],
  ])('%s/%s is taken as %s and named', (availability, activity, takenAs, fields) => {
    expect(presenceName(readWords(availability, activity).state)).toBe(takenAs)
    const strange = strangeWords(availability, activity)
    expect(strange.map(({ field }) => field).join(', ')).toBe(fields)
    for (const word of strange) expect(word.takenAs).toBe(takenAs)
  })
})

describe('facet table', () => {
  it('gives the same object for the same meaning, whatever the spelling', () => {
    const strange: string[] = []
    const table = new FacetTable((...words) => strange.push(words.join('/')))
    const item = { id: '1', availability: 'Busy', activity: 'InACall' }
    expect(table.facet(item)).toBe(table.facet({ id: '2', availability: 'busy', activity: 'inACall' }))
    expect(table.facet(item)).toEqual({
      kind: 'presence',
      state: readWords('busy', 'inacall').state,
      chosen: 'no',
      outOfOffice: false,
    })
    expect(table.facet({ ...item, outOfOfficeSettings: { isOutOfOffice: true } })).not.toBe(table.facet(item))
    expect(table.facet({ id: '3' })).toBe(table.unknown)
    expect(table.facet({ id: '4', availability: 7, activity: null, outOfOfficeSettings: 'no' })).toBe(
      table.unknown,
    )
    expect(table.facet({ id: '5', availability: 'X', activity: 'Y' })).toBe(table.unknown)
    expect(strange).toContain('X/Y')
  })
})
