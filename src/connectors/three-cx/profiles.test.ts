import { describe, expect, test } from 'vitest'
import { AVAILABLE, AWAY, DO_NOT_DISTURB } from '../../core/presence.ts'
import { resolveSettings } from './config.ts'
import { kindInList, kindOfName, kindOfState, nameOfKind, stateOfKind } from './profiles.ts'

const plain = ['Available', 'Away', 'Out of office', 'Custom 1', 'Custom 2'].map((name) => ({
  name,
  label: '',
}))

describe('profiles', () => {
  test.each([
    ['Available', 'available'],
    ['available', 'available'],
    ['Out of office', 'outOfOffice'],
    ['OutOfOffice', 'outOfOffice'],
    ['Do Not Disturb', 'outOfOffice'],
    ['Custom 1', 'custom1'],
    ['Custom2', 'custom2'],
    ['Lunch', 'custom1'],
    ['Siesta', undefined],
    ['', undefined],
  ])('the name "%s" is %s', (name, kind) => expect(kindOfName(name)).toBe(kind))

  test('a label leads to the profile behind it', () => {
    const list = plain.map((each) => (each.name === 'Custom 1' ? { ...each, label: 'Siesta' } : each))
    expect(kindInList(list, 'Siesta')).toBe('custom1')
    expect(kindInList(list, 'Fiesta')).toBeUndefined()
    expect(nameOfKind(list, 'custom1')).toBe('Custom 1')
  })

  test('where the names themselves were replaced, the order tells', () => {
    const list = ['Frei', 'Unterwegs', 'Nicht da', 'Mittag', 'Reise'].map((name) => ({ name, label: '' }))
    expect(kindInList(list, 'Nicht da')).toBe('outOfOffice')
    expect(nameOfKind(list, 'away')).toBe('Unterwegs')
    expect(kindInList(list.slice(0, 4), 'Nicht da')).toBeUndefined()
    expect(nameOfKind([], 'outOfOffice')).toBe('Out of office')
  })

  test('what they are shown as, and what is written', () => {
    const account = { url: 'https://pbx.example', clientId: 'hub', clientSecret: 's' }
    const settings = resolveSettings({ ...account, customProfile2: 'doNotDisturb' })
    expect(stateOfKind('outOfOffice', settings)).toBe(DO_NOT_DISTURB)
    expect(stateOfKind('custom1', settings)).toBe(AWAY)
    expect(stateOfKind('custom2', settings)).toBe(DO_NOT_DISTURB)
    expect([AVAILABLE, AWAY, DO_NOT_DISTURB].map(kindOfState)).toEqual(['available', 'away', 'outOfOffice'])
  })
})
