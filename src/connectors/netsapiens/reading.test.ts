import { expect, test } from 'vitest'
import { activeRule, decodeRules, withDnd } from './answer-rules.ts'
import { majorOf } from './check.ts'
import { nextDnd } from './phone-book.ts'
import { decodeSubscriptions } from './subscriptions.ts'
import { decodePresence, decodeRegistered, toEntry } from './users.ts'

const day = {
  ...{ domain: 'acme', user: '1001', 'time-frame': 'Day', 'is-active': true, order: 1, enabled: 'yes' },
  ...{ 'do-not-disturb': { enabled: 'no', parameters: ['x'] }, 'forward-always': { enabled: 'yes' } },
}
const night = { ...day, 'time-frame': '*', 'is-active': false, 'do-not-disturb': { enabled: 'yes' } }

test('rules: what is in force, and a write that leaves nothing out', () => {
  const rules = decodeRules([night, day])!
  expect(rules.map(({ frame, active, dnd }) => [frame, active, dnd])).toEqual([
    ['*', false, true],
    ['Day', true, false],
  ])
  expect(withDnd(activeRule(rules)!, true)).toEqual({
    ...{ enabled: 'yes', 'is-active': true, 'forward-always': { enabled: 'yes' } },
    'do-not-disturb': { enabled: 'yes', parameters: ['x'] },
  })
  for (const each of [undefined, {}, [{}], [7]]) expect(decodeRules(each)).toBeUndefined()
  expect(decodeRules([{ 'time-frame': '*' }])).toMatchObject([{ active: false, dnd: false }])
})

test('what changes with the time frame was changed by the timetable', () => {
  const [on, off] = [decodeRules([{ ...night, 'is-active': true }])!, decodeRules([day])!]
  const first = nextDnd('unread', off)
  expect(first).toEqual({ frame: 'Day', on: false, origin: undefined })
  const second = nextDnd(first, on)
  expect(second).toEqual({ frame: '*', on: true, origin: 'schedule' })
  expect(nextDnd(second, on)).toEqual(second)
  const byHand = decodeRules([{ ...night, 'is-active': true, 'do-not-disturb': { enabled: 'no' } }])!
  expect(nextDnd(second, byHand)).toEqual({ frame: '*', on: false, origin: undefined })
})

test('users: several mail addresses in one text; what is no person is left out', () => {
  const user = {
    ...{ user: '1001', 'name-first-name': 'Anna', 'name-last-name': 'Keller', 'login-username': '1001@acme' },
    'email-address': 'anna@x.example; a.keller@x.example',
  }
  expect(toEntry(user)).toEqual({
    ...{ address: '1001', displayName: 'Anna Keller', aliases: ['1001@acme'] },
    mails: ['anna@x.example', 'a.keller@x.example'],
  })
  expect(toEntry({ ...user, 'service-code': 'system-queue' })).toBeUndefined()
  for (const each of [null, 7, {}]) expect(toEntry(each)).toBeUndefined()
})

test('devices: one registered phone is enough, and one that is ignored does not count', () => {
  const device = { user: '1001', 'device-sip-registration-state': 'registered' }
  const ignored = { 'device-sip-registration-ignore-for-presence-calculation': 'yes' }
  expect(decodeRegistered([{ ...device, ...ignored }])).toEqual(new Set())
  expect(decodeRegistered([{ ...device, ...ignored }, device])).toEqual(new Set(['1001']))
  expect(decodeRegistered({})).toBeUndefined()
})

test('presence: a word nobody knows is a hint as well, and is counted', () => {
  const words: string[] = []
  const note = ({ value }: { readonly value: string }) => void words.push(value)
  expect(
    decodePresence([{ user: '1001', presence: 'Open' }, { user: '1002', status: 'napping' }, {}], note),
  ).toEqual(
    new Map([
      ['1001', 'open'],
      ['1002', 'napping'],
    ]),
  )
  expect(words).toEqual(['napping'])
  expect(decodePresence('x', note)).toBeUndefined()
})

test('subscriptions and releases', () => {
  const one = { id: 'a', model: 'call', 'post-url': 'https://x.example', 'error-count': '3' }
  expect(decodeSubscriptions([one, {}, 7])).toEqual([
    { id: 'a', model: 'call', url: 'https://x.example', expiresAt: undefined, errors: 3 },
  ])
  expect(decodeSubscriptions({})).toBeUndefined()
  expect(['45.0.2', 'Version: 44.1.0', 'x', undefined].map(majorOf)).toEqual([45, 44, undefined, undefined])
})
