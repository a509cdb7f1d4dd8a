import { describe, expect, it } from 'vitest'
import { contribution, dndSlot, heardPoint, link } from '../../test/support/points.ts'
import { decideBoard, readPoint } from './board.ts'
import { observePoint, replacePoint } from './observe-point.ts'
import { defaultPolicy } from './policy.ts'
import { AVAILABLE, DO_NOT_DISTURB } from './presence.ts'
import type { Point } from './presentity.ts'
import { reachability } from './ring.ts'
import type { RingPlace } from './ring-channel.ts'
import { defaultRingSettings } from './ring-settings.ts'

const slot = { ...dndSlot, slot: 'queue' }
const feed = { feed: 'feed', epoch: 1, live: true, lostSince: 0 }
const links = [link('queues', 'teams')]
const read = (now: number) => ({
  now,
  links,
  slotOf: (name: string) => (name === 'queue' ? slot : undefined),
  feed,
})
const said = (paused: boolean) => ({
  address: '1001',
  facet: { kind: 'queue' as const, paused },
  observedAt: 0,
})
const queue = (change: Partial<Point> = {}) => heardPoint({ connector: 'queues', ...change })
const pause = (change: object = {}) =>
  contribution({ slot: 'queue', state: DO_NOT_DISTURB, expiresAt: undefined, ...change })

describe('a pause in the queues', () => {
  it('is a choice like do not disturb at a phone: adopted first, then every change counts', () => {
    const point = queue()
    expect(observePoint(point, said(false), read(1000))).toBe(true)
    expect(point).toMatchObject({ paused: false, dnd: undefined, base: { by: 'adopted' } })
    observePoint(point, said(true), read(2000))
    expect(point.effects?.get('queues to teams')).toMatchObject({ act: 'set', state: DO_NOT_DISTURB })
    observePoint(point, said(false), read(3000))
    expect(point.effects?.get('queues to teams')).toMatchObject({ act: 'clear' })
  })

  it('of ours is known when it is read back, and yields to the person who ends it', () => {
    const point = queue({ base: { state: AVAILABLE, at: 0, by: 'adopted' }, contributions: [pause()] })
    observePoint(point, said(true), read(500))
    expect(point.contributions?.[0]).toMatchObject({ confirmedAt: 500, ending: undefined })
    expect(point.base).toMatchObject({ state: DO_NOT_DISTURB, by: 'hub' })
    observePoint(point, said(false), read(60_000))
    expect(point.contributions?.[0]?.ending).toBe('yielded')
    expect(point.changedAt).toBe(60_000)
  })

  it('ends with the last queue that somebody is in', () => {
    const point = queue({ paused: true })
    expect(replacePoint(point, [], read(1000))).toBe(true)
    expect(point.paused).toBeUndefined()
  })

  it('is shown for the queues, and says nothing of the person', () => {
    const paused = queue({ paused: true })
    const points = [paused, heardPoint({ registered: true, dnd: false })]
    const input = { points, policy: defaultPolicy, now: 1000 }
    expect(readPoint(paused, input).state).toBe(DO_NOT_DISTURB)
    expect(decideBoard(input)).toMatchObject({ state: AVAILABLE, doNotDisturb: false })
  })
})

describe('MM-27: reachable by queue and directly are two things', () => {
  const ask = (queues: Point, phone: Partial<Point> = {}) => {
    const places: RingPlace[] = [
      { point: heardPoint({ registered: true, dnd: false, ...phone }), kind: 'pbx', slots: [dndSlot] },
      { point: queues, kind: 'queue', slots: [slot] },
    ]
    const settings = { ...defaultRingSettings, queueDoNotDisturb: 'rings' as const }
    const channels = reachability({ places, settings, now: 1000, callBackUntil: undefined })
    return Object.fromEntries(channels.map(({ via, inbound, because }) => [via, `${inbound}: ${because}`]))
  }

  it('paused by the hub: direct calls ring, calls of queues do not, and it says why', () => {
    const answer = ask(queue({ paused: true, contributions: [pause({ ackAt: 500 })] }))
    expect(answer.direct).toMatch(/^yes/)
    expect(answer.queue).toBe('no: paused in the queues, by the hub: call on pbx 1001')
    expect(Object.keys(answer)).toEqual(['direct', 'queue'])
  })

  it('not paused, of another phone, or not heard: as without queues', () => {
    for (const point of [
      queue({ paused: false }),
      queue({ paused: true, address: '1002' }),
      queue({ paused: true, feeds: [] }),
    ]) {
      expect(ask(point).queue).toMatch(/^yes/)
    }
    expect(ask(queue({ paused: true }), { dnd: true }).direct).toMatch(/^no: do not disturb/)
  })
})
