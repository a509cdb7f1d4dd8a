import { expect, test } from 'vitest'
import { meaningOfWords } from './meanings.ts'

test.each([
  ['Available', 'available'],
  ['Available_Chat', 'available'],
  ['Available - Phone', 'available'],
  ['Unavailable', 'busy'],
  ['Not_Available', 'busy'],
  ['Not Ready', 'busy'],
  ['DoNotDisturb', 'doNotDisturb'],
  ['Do_Not_Disturb', 'doNotDisturb'],
  ['DND', 'doNotDisturb'],
  ['Focusing', 'doNotDisturb'],
  ['Presenting', 'presenting'],
  ['Team Meeting', 'inAMeeting'],
  ['On_a_Call', 'onACall'],
  ['OnACall', 'onACall'],
  ['Im Gespräch', 'onACall'],
  ['Be right back', 'beRightBack'],
  ['BRB', 'beRightBack'],
  ['Out of Office', 'outOfOffice'],
  ['Lunch', 'away'],
  ['Break', 'away'],
  ['Abwesend', 'away'],
  ['Offline', 'offline'],
  ['Busy', 'busy'],
  ['Wrap-Up', 'busy'],
  ['Beschäftigt', 'busy'],
  ['Nicht verfügbar', 'busy'],
  ['Nicht stören', 'doNotDisturb'],
])('%s means %s', (name, meaning) => {
  expect(meaningOfWords(name)).toBe(meaning)
})

test.each(['Blue', '', 'Callback', 'Awaiting', 'Workshop'])('"%s" says nothing', (name) => {
  expect(meaningOfWords(name)).toBeUndefined()
})

test('what the developer name does not say, the label may', () => {
  expect(meaningOfWords('Status_7', 'On a call')).toBe('onACall')
})
