import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabPerson } from '../../web/src/lab/lab-state.ts'
import { createBoardStore, personKey } from '../../web/src/live/board-store.ts'
import { createEventParser, type ServerEvent } from '../../web/src/live/event-parser.ts'
import { problemText } from '../../web/src/live/http.ts'
import { asPhrase, asSentence, pairActivity, pairLabel } from '../../web/src/words/presence-words.ts'
import { titlesOf } from '../../web/src/words/system-titles.ts'
import { leadingTarget } from '../../web/src/words/target-words.ts'
import { clockText, durationText } from '../../web/src/words/time.ts'
import { phone, samplePeople, teams } from './board-people.ts'

describe('the reader of the event stream', () => {
  const text = [
    'retry: 2000\r\n\r\n',
    ': still here\n\n',
    'id: a.1\nevent: person\ndata: {"name":\ndata: "Ä"}\n\n',
    'data:bare\n\n',
    'event: ready\ndata: {}\n\nevent: cut off\ndata: not yet',
  ].join('')
  const events = [
    { event: 'person', data: '{"name":\n"Ä"}', id: 'a.1' },
    { event: 'message', data: 'bare' },
    { event: 'ready', data: '{}' },
  ]

  it('gives the same events however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const seen: ServerEvent[] = []
        const feed = createEventParser((event) => seen.push(event))
        const places = [0, ...cuts.sort((a, b) => a - b), text.length]
        for (const [index, from] of places.entries()) feed(text.slice(from, places[index + 1] ?? from))
        expect(seen).toEqual(events)
      }),
    )
  })
})

describe('the store of the board', () => {
  const [anna, ben] = samplePeople(0) as [
    ReturnType<typeof samplePeople>[0],
    ReturnType<typeof samplePeople>[0],
  ]

  function setUp() {
    const due: (() => void)[] = []
    const store = createBoardStore((callback) => due.push(callback))
    store.replace(new Map([anna, ben].map((person) => [personKey(person), person])))
    let told = 0
    store.subscribe(() => {
      told += 1
    })
    return { store, flush: () => due.splice(0).forEach((run) => void run()), told: () => told }
  }

  it('shows a burst as one change, with the newest of each person', () => {
    const { store, flush, told } = setUp()
    for (const revision of [2, 5, 3, 4]) store.put({ ...anna, revision })
    store.remove(personKey(ben))
    expect(told()).toBe(0)
    flush()
    expect(told()).toBe(1)
    expect([...store.get().people!.values()]).toEqual([{ ...anna, revision: 5 }])
  })

  it('forgets what waited when everyone is read anew', () => {
    const { store, flush } = setUp()
    store.put({ ...anna, revision: 9 })
    store.replace(new Map())
    flush()
    expect(store.get().people?.size).toBe(0)
  })
})

describe('words', () => {
  it('says states of ours and of Graph in the words of Teams, and leaves what it does not know', () => {
    expect(pairLabel('busy/inACall')).toBe('In a call')
    expect(pairLabel('DoNotDisturb/Presenting')).toBe('Presenting')
    expect(pairLabel('Offline/OffWork')).toBe('Appear offline')
    expect(pairLabel('busy/juggling')).toBe('busy/juggling')
    expect(pairLabel('Idle')).toBe('Idle')
    expect(pairActivity('PresenceUnknown/PresenceUnknown')).toBe('unknown')
  })

  it('makes a sentence of a clause of the hub', () => {
    expect(asPhrase('wrote busy/inACall')).toBe('Wrote In a call')
    expect(asSentence('it answered 24/7 and/or not')).toBe('It answered 24/7 and/or not.')
    expect(asSentence('Really?')).toBe('Really?')
    expect(asSentence('')).toBe('')
  })

  it('says durations in few words and never in the future', () => {
    const minute = 60_000
    const at = (passed: number) => durationText(1_000_000_000 - passed, 1_000_000_000)
    expect([-5 * minute, 59_999, minute, 61 * minute, 26 * 60 * minute].map(at)).toEqual([
      'now',
      'now',
      '1 min',
      '1 h 01',
      '1 d',
    ])
  })

  it('puts the day before a time of another day', () => {
    const noon = new Date(2026, 10, 21, 12, 5).getTime()
    expect(clockText(noon, noon + 60_000)).toBe('12:05')
    expect(clockText(noon, noon + 86_400_000)).toMatch(/21.*12:05/)
  })

  it('marks a system by the target that needs a person most', () => {
    const target = (status: 'applied' | 'masked' | 'idle') => ({ address: 'x', slot: status, status })
    expect(leadingTarget([target('idle'), target('masked'), target('applied')])?.status).toBe('masked')
    expect(leadingTarget([])).toBeUndefined()
  })

  it('tells two systems of one type apart, and shows extensions but no object ids', () => {
    const titles = titlesOf({
      systems: [teams(undefined), phone('1001', undefined), phone('2001', undefined, { connector: 'annex' })],
    })
    expect(titles.system('pbx')).toBe('Office phones (pbx)')
    expect(titles.place('annex', '2001')).toBe('Office phones (annex) · 2001')
    expect(titles.place('teams', '8a2f0c11-77aa-4b1e-9d7e-1f4f2f0a1234')).toBe('Microsoft Teams')
    expect(titles.place('gone', '')).toBe('gone')
    expect(titles.tidy('call on annex 1001: talk to pbx, teams to annex, row 1')).toBe(
      'call on annex 1001: talk to pbx, Microsoft Teams to Office phones (annex), row 1',
    )
    expect(titles.tidy('pbx 1001 says so')).toBe('Office phones (pbx) · 1001 says so')
  })

  it('takes the hub’s own words for a problem, and has its own for answers that are none of the hub', () => {
    expect(problemText(409, '{"title":"Conflict","detail":"The phone is busy."}')).toBe('The phone is busy.')
    expect(problemText(502, '<html>')).toBe('The hub answered with status 502.')
    expect(problemText(500, 'null')).toBe('The hub answered with status 500.')
  })
})

describe('the reader of the lab’s answers', () => {
  it('reads what is there and makes do with what is not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (answer) => {
        expect(Array.isArray(readLabPerson(answer).phones)).toBe(true)
      }),
    )
    const { phones, teams: inTeams } = readLabPerson({
      phones: [
        {
          extension: '1001',
          registered: true,
          dnd: false,
          calls: [{ state: 'talking' }, { state: 'ended' }],
        },
      ],
      teams: {
        shown: 'Busy/InACall',
        client: null,
        sessions: [{ availability: 'Busy', activity: 'InACall' }],
      },
    })
    expect(phones[0]?.legs).toHaveLength(1)
    expect(inTeams).toMatchObject({
      client: null,
      preferred: null,
      sessions: ['Busy/InACall'],
      inCall: false,
    })
  })
})
