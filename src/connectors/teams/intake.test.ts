import { describe, expect, it } from 'vitest'
import type { FeedEvent } from '../../core/observation.ts'
import { presenceName } from '../../core/presence.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { PresenceFeed } from './feed.ts'
import { Intake } from './intake.ts'
import { People, type Watched } from './people.ts'

function openIntake(addresses: readonly string[]) {
  const time = { now: 1_000 }
  const clock = { wall: () => time.now, monotonic: () => time.now, after: () => ({ cancel() {} }) }
  const people = new People()
  people.follow(addresses, () => false)
  const events: FeedEvent[] = []
  const counts: Record<string, number> = {}
  const feed = new PresenceFeed(people, clock, { emit: (event) => events.push(event), leaseMs: () => 20_000 })
  const changed: Watched[] = []
  const strange: StrangeWord[] = []
  const intake = new Intake(people, feed, {
    metrics: {
      count: (name, _labels, by = 1) => {
        counts[name] = (counts[name] ?? 0) + by
      },
      gauge() {},
      observe() {},
    },
    changed: (person) => changed.push(person),
    strange: (word) => strange.push(word),
  })
  feed.ensureOpen()
  events.length = 0
  const all = [...people.all()]
  /** One read, answered `availability/activity[@sequence]` by id; sent and answered now. */
  const read = (answers: Record<string, string>, options: { sweep?: boolean; sentAt?: number } = {}) => {
    time.now += 10
    const value = Object.entries(answers).map(([id, text]) => {
      const [state = '', sequenceNumber] = text.split('@')
      const [availability, activity] = state.split('/')
      return { id, availability, activity, ...(sequenceNumber ? { sequenceNumber } : {}) }
    })
    const meta = { sentAt: options.sentAt ?? time.now, now: time.now, sweep: options.sweep ?? true }
    return intake.take(JSON.stringify({ value }), all, meta)
  }
  const shown = (event: FeedEvent | undefined) =>
    event?.type === 'observed' && event.observation.facet.kind === 'presence'
      ? `${event.observation.address} ${presenceName(event.observation.facet.state)}`
      : event?.type
  return { time, people, feed, intake, events, counts, changed, read, shown, all }
}

describe('intake', () => {
  it('says a scoped snapshot first, then only what changed', () => {
    const { read, events, shown, changed } = openIntake(['A', 'b'])
    read({ a: 'Available/Available', b: 'Busy/InACall' })
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ type: 'snapshot', addresses: ['A', 'b'], feed: 'presence' })
    expect(changed).toEqual([])
    read({ a: 'available/AVAILABLE', b: 'Busy/InACall' })
    expect(events).toHaveLength(1)
    read({ a: 'Away/Away', b: 'Busy/InACall' })
    expect(events.slice(1).map(shown)).toEqual(['A away/away'])
    expect(changed.map((person) => person.address)).toEqual(['A'])
  })

  it('says again, changed or not, what was asked for', () => {
    const { read, events, shown, people } = openIntake(['a'])
    read({ a: 'Away/Away@5' })
    people.find('a')!.forced = true
    read({ a: 'Away/Away@5' })
    read({ a: 'Away/Away@5' })
    expect(events.slice(1).map(shown)).toEqual(['a away/away'])
  })

  it('drops a read with an older sequence, in text order, and takes one without', () => {
    const { read, events, shown, counts } = openIntake(['a'])
    read({ a: 'Away/Away@10' })
    read({ a: 'Available/Available@09' })
    expect(events).toHaveLength(1)
    expect(counts.teams_stale_reads_total).toBe(1)
    read({ a: 'Busy/Busy' })
    read({ a: 'Available/Available@2' })
    expect(events.slice(1).map(shown)).toEqual(['a busy/busy', 'a available/available'])
  })

  it('answers who asked with the newest state at the third attempt, when only older ones come in', () => {
    const { read, events, shown, people } = openIntake(['a'])
    read({ a: 'Away/Away@10' })
    people.find('a')!.forced = true
    read({ a: 'Available/Available@09' })
    read({ a: 'Available/Available@09' })
    expect(events).toHaveLength(1)
    read({ a: 'Available/Available@09' })
    expect(events.slice(1).map(shown)).toEqual(['a away/away'])
  })

  it('tells the hub which state came after which, where Graph numbers them and no number went backwards', () => {
    const { read, events, time } = openIntake(['a'])
    read({ a: 'Away/Away@10' })
    read({ a: 'Available/Available@11' })
    read({ a: 'Busy/Busy' })
    read({ a: 'Away/Away@12' })
    read({ a: 'Available/Available@05' })
    time.now += 31_000
    read({ a: 'Available/Available@05' })
    read({ a: 'Busy/Busy@06' })
    const first = events[0]?.type === 'snapshot' ? events[0].observations[0]?.sequence : undefined
    const others = events.slice(1).map((one) => (one.type === 'observed' ? one.observation.sequence : ''))
    expect([first, ...others]).toEqual(['1', '2', undefined, '3', undefined, '5'])
  })

  it('believes a sequence that began anew after half a minute', () => {
    const { read, events, time } = openIntake(['a'])
    read({ a: 'Away/Away@10' })
    read({ a: 'Available/Available@01' })
    time.now += 29_000
    read({ a: 'Available/Available@01' })
    expect(events).toHaveLength(1)
    time.now += 2_000
    read({ a: 'Available/Available@01' })
    expect(events).toHaveLength(2)
  })

  it('ignores the answer to a request that left before the last one that counted', () => {
    const { read, events, time } = openIntake(['a'])
    const early = time.now
    read({ a: 'Away/Away' })
    read({ a: 'Available/Available' }, { sentAt: early - 1 })
    expect(events).toHaveLength(1)
  })

  it('reports somebody missing from three sweeps as unknown, and the next sight of them', () => {
    const { read, events, shown } = openIntake(['a', 'b'])
    read({ a: 'Away/Away', b: 'Away/Away' })
    for (let sweep = 0; sweep < 2; sweep += 1) read({ a: 'Away/Away' })
    read({ a: 'Away/Away' }, { sweep: false })
    expect(events).toHaveLength(1)
    read({ a: 'Away/Away' })
    read({ a: 'Away/Away' })
    expect(events.slice(1).map(shown)).toEqual(['b unknown/unknown'])
    read({ a: 'Away/Away', b: 'Away/Away' })
    expect(shown(events.at(-1))).toBe('b away/away')
  })

  it('counts what is no presence and takes the rest; nonsense changes nothing', () => {
    const { intake, all, events, counts, time } = openIntake(['a'])
    const meta = { sentAt: time.now, now: time.now, sweep: true }
    for (const text of ['', 'null', '[]', '{"value":{}}', '<html>', '{"error":{}}']) {
      expect(intake.take(text, all, meta)).toBe(false)
    }
    expect(counts.teams_malformed_total).toBe(6)
    expect(events).toEqual([])
    const value = [null, 7, {}, { id: 5 }, { id: 'stranger' }, { id: 'a', availability: {}, activity: [] }]
    expect(intake.take(JSON.stringify({ value }), all, meta)).toBe(true)
    expect(counts.teams_malformed_total).toBe(10)
    expect(counts.teams_unknown_words_total).toBe(1)
    expect(events[0]).toMatchObject({ type: 'snapshot', addresses: ['a'] })
  })
})

describe('feed', () => {
  it('begins a new epoch with snapshots after it was lost, and says nothing in between', () => {
    const { read, events, feed, intake, all } = openIntake(['a'])
    read({ a: 'Away/Away' })
    feed.lost('no answer')
    feed.lost('no answer')
    feed.renewed()
    intake.missing(all)
    intake.missing(all)
    intake.missing(all)
    expect(events.map((event) => event.type)).toEqual(['snapshot', 'lost'])
    feed.ensureOpen()
    read({ a: 'Away/Away' })
    expect(events.map((event) => event.type)).toEqual(['snapshot', 'lost', 'opened', 'snapshot'])
  })

  it('knows when its lease has run out at the hub', () => {
    const { read, events, feed, time } = openIntake(['a'])
    read({ a: 'Away/Away' })
    time.now += 25_000
    feed.ensureOpen()
    expect(events.map((event) => event.type)).toEqual(['snapshot', 'lost', 'opened'])
  })
})
