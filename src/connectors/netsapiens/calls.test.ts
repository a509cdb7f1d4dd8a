import { describe, expect, test } from 'vitest'
import { CallBook } from './call-book.ts'
import { decodeCall, decodeCalls, partyOf } from './calls.ts'

const domain = 'acme'

/** The shape of a posted call: an outbound one to outside, by default ringing there. */
const posted = (more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ orig_callid: 'o1', orig_sub: '1110', orig_user: '1110', orig_domain: 'Acme', orig_type: 'device' },
  ...{ term_callid: 't1', term_sub: '', term_user: '', term_domain: '*', term_type: 'gateway' },
  ...{ time_start: '2026-11-21 00:48:25', time_answer: '0000-00-00 00:00:00' },
  ...{ orig_call_info: 'active', term_call_info: 'active', ani: '5550102005', dnis: '5550107417' },
  ...more,
})

function book() {
  const words: string[] = []
  const calls = new CallBook(domain, ({ value }) => words.push(value))
  const hear = (more: Readonly<Record<string, unknown>> = {}, now = 0) =>
    calls.hear(decodeCall(posted(more))!, now)
  const legs = (user: string) =>
    calls.legs(user).map(({ leg, state, direction, party }) => [leg, state, direction, party].join(' '))
  return { calls, hear, legs, words }
}

const fromOutside = {
  ...{ orig_sub: '', orig_user: '', orig_domain: '*', orig_type: 'gateway' },
  ...{ term_sub: '1110', term_user: '1110', term_domain: 'acme', term_type: 'device' },
}

describe('calls', () => {
  test('names of fields may have underscores or hyphens, of either version', () => {
    const list = {
      ...{ 'call-orig-call-id': 'o1', 'call-orig-user': '1110', 'call-orig-domain': 'acme' },
      ...{ 'call-term-call-id': 't1', 'call-term-user': '', 'call-term-domain': '*' },
      ...{
        'call-answer-datetime': '2026-11-21 00:48:59',
        'caller-id-number': '1',
        'call-dialed-number': '2',
      },
    }
    expect(decodeCall(list)).toMatchObject({
      origId: 'o1',
      termId: 't1',
      answered: true,
      caller: '1',
      dialled: '2',
    })
    const hyphens = Object.fromEntries(
      Object.entries(posted()).map(([name, value]) => [name.replaceAll('_', '-'), value]),
    )
    expect(decodeCall(hyphens)).toEqual(decodeCall(posted()))
  })

  test('what is no call, and no list of calls', () => {
    for (const each of [null, 7, 'x', [], {}, { orig_callid: '' }]) expect(decodeCall(each)).toBeUndefined()
    expect(decodeCalls({ code: 200 })).toBeUndefined()
    expect(decodeCalls([posted(), {}])).toBeUndefined()
    expect(decodeCalls([])).toEqual([])
  })

  test('who is outside: the gateway, another customer, nobody of the platform', () => {
    const side = { user: '', domain: '', type: '', info: '' }
    expect(partyOf({ ...side, type: 'gateway', user: '1' }, domain)).toBe('external')
    expect(partyOf({ ...side, user: '1111', domain }, domain)).toBe('internal')
    expect(partyOf({ ...side, user: '1111', domain: 'other' }, domain)).toBe('external')
    expect(partyOf({ ...side, domain: '*' }, domain)).toBe('external')
    expect(partyOf(side, domain)).toBe('unknown')
  })
})

describe('the book of calls', () => {
  test('an own call is trying, early, talking, gone; an incoming one early, talking', () => {
    const { hear, legs } = book()
    expect(hear({ term_callid: '', term_type: '', term_domain: '' })).toEqual(['1110'])
    expect(legs('1110')).toEqual(['o1 trying outbound unknown'])
    hear()
    expect(legs('1110')).toEqual(['o1 early outbound external'])
    hear({ time_answer: '2026-11-21 00:48:59' })
    expect(legs('1110')).toEqual(['o1 confirmed outbound external'])
    hear({ remove: 'yes' })
    expect(legs('1110')).toEqual([])
    hear({ ...fromOutside, orig_callid: 'o2', term_callid: 't2' })
    expect(legs('1110')).toEqual(['t2> early inbound external'])
  })

  test('both ends of an internal call are paired from one entry', () => {
    const { hear, legs } = book()
    const answered = { time_answer: '2026-11-21 00:48:59' }
    const users = hear({ ...answered, term_user: '1111', term_domain: 'acme', term_type: 'device' })
    expect(users).toEqual(['1110', '1111'])
    expect([legs('1110'), legs('1111')]).toEqual([
      ['o1 confirmed outbound internal'],
      ['t1> confirmed inbound internal'],
    ])
  })

  test('a call that forks is one leg of the caller, and one of each who rings', () => {
    const { hear, legs } = book()
    const inside = { term_domain: 'acme', term_type: 'device' }
    hear({ ...inside, term_user: '1111', term_callid: 'a' })
    hear({ ...inside, term_user: '1112', term_callid: 'b', time_answer: '2026-11-21 00:48:59' })
    expect(legs('1110')).toEqual(['o1 confirmed outbound internal'])
    expect(legs('1111')).toEqual(['a> early inbound internal'])
    hear({ ...inside, term_user: '1111', term_callid: 'a', remove: 'yes' })
    expect([legs('1111'), legs('1112').length]).toEqual([[], 1])
  })

  test('a list ends what it does not name, and nothing that was heard after it was asked for', () => {
    const { calls, hear, legs } = book()
    hear({}, 10)
    hear({ orig_callid: 'o2' }, 30)
    calls.replace([], 20)
    expect(legs('1110')).toEqual(['o2 early outbound external'])
    hear({ orig_callid: 'o2', remove: 'yes' }, 40)
    calls.replace([decodeCall(posted({ orig_callid: 'o2' }))!], 35)
    expect(legs('1110')).toEqual([])
    calls.replace([decodeCall(posted({ orig_callid: 'o2' }))!], 50)
    expect(legs('1110')).toHaveLength(1)
  })

  test('events that come late or again take nothing back', () => {
    const { hear, legs } = book()
    hear({ time_answer: '2026-11-21 00:48:59' }, 1)
    hear({}, 2)
    expect(legs('1110')).toEqual(['o1 confirmed outbound external'])
    hear({ remove: 'yes' }, 3)
    hear({}, 4)
    expect(legs('1110')).toEqual([])
  })

  test('who holds, and a word nobody knows', () => {
    const { hear, legs, words } = book()
    const answered = { time_answer: '2026-11-21 00:48:59' }
    hear({ ...answered, orig_call_info: 'OnHold' })
    expect(legs('1110')).toEqual(['o1 held outbound external'])
    expect(words).toEqual([])
    hear({ ...answered, orig_call_info: 'whispering' })
    expect(legs('1110')).toEqual(['o1 confirmed outbound external'])
    expect(words).toContain('whispering')
  })

  test('a feature code, and a call from a queue', () => {
    const { calls, hear } = book()
    hear({ dnis: '*97' })
    hear({ ...fromOutside, orig_callid: 'o2', term_callid: 't2', by_action: 'QueueDispatch' })
    expect(calls.legs('1110')).toMatchObject([
      { leg: 'o1', featureCode: true },
      { leg: 't2>', through: 'queue' },
    ])
  })
})
