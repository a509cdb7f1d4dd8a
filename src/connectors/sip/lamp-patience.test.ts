import { expect, test } from 'vitest'
import type { Facet, FeedEvent } from '../../core/observation.ts'
import { LabClock } from '../../lab/clock.ts'
import { LampPatience } from './lamp-patience.ts'

const lamp = (state: 'early' | 'confirmed', evidence: 'lamp' | 'call' = 'lamp'): Facet => ({
  ...{ kind: 'dialog', leg: '1001', state, direction: 'unknown', party: 'unknown', evidence },
})
const dnd = (on: boolean): Facet => ({ kind: 'dnd', on })

/** Dialogs of 1001 dark and do not disturb off. */
function open() {
  const clock = new LabClock({ running: false })
  const told: string[] = []
  const patience = new LampPatience(clock, (event) => {
    if (event.type !== 'snapshot') return void told.push(event.type)
    const words = event.observations.map(({ facet }) =>
      facet.kind === 'dnd' ? `dnd ${facet.on}` : facet.kind === 'dialog' ? facet.state : facet.kind,
    )
    told.push(words.join() || 'dark')
  })
  const say = (feed: string, ...facets: Facet[]) =>
    patience.take({
      ...{ type: 'snapshot', feed: `${feed}:1001`, addresses: ['1001'] },
      observations: facets.map((facet) => ({ address: '1001', facet, observedAt: 0 })),
    })
  const other = (type: 'opened' | 'lost' | 'renewed', feed = 'dialog:1001') =>
    patience.take({ type, feed, leaseMs: 1000, reason: '' } as FeedEvent)
  other('opened')
  say('dialog')
  other('opened', 'as-feature-event:1001')
  say('as-feature-event', dnd(false))
  told.length = 0
  return { clock, told, say, other, patience }
}

test('CT-03: the lamp that do not disturb lights is not told, in whichever order the two come', () => {
  const { told, say, clock } = open()
  say('dialog', lamp('confirmed'))
  expect(told).toEqual([])
  say('as-feature-event', dnd(true))
  expect(told).toEqual(['dnd true', 'dark'])
  say('as-feature-event', dnd(false))
  expect(told).toHaveLength(2)
  say('dialog')
  expect(told.slice(2)).toEqual(['dark', 'dnd false'])
  say('as-feature-event', dnd(true))
  say('dialog', lamp('confirmed'))
  say('dialog')
  say('as-feature-event', dnd(false))
  expect(told.slice(4)).toEqual(['dnd true', 'dark', 'dark', 'dnd false'])
  clock.advance(1000)
  expect(told).toHaveLength(8)
})

test('a lamp without do not disturb is a call a moment later; one that blinked first, or is known for a call, at once', () => {
  const { clock, told, say } = open()
  say('dialog', lamp('confirmed'))
  clock.advance(499)
  expect(told).toEqual([])
  clock.advance(1)
  expect(told).toEqual(['confirmed'])
  say('dialog')
  say('dialog', lamp('early'))
  expect(told.slice(1)).toEqual(['dark', 'early'])
  say('dialog')
  say('dialog', lamp('confirmed', 'call'))
  expect(told.slice(3)).toEqual(['dark', 'confirmed'])
})

test('a lamp that stays lit when do not disturb ends is told a moment later; one that is lit when it begins, no more', () => {
  const { clock, told, say } = open()
  say('as-feature-event', dnd(true))
  say('dialog', lamp('confirmed'))
  say('as-feature-event', dnd(false))
  clock.advance(500)
  expect(told).toEqual(['dnd true', 'dark', 'dnd false', 'confirmed'])
  say('as-feature-event', dnd(true))
  expect(told.slice(4)).toEqual(['dnd true', 'dark'])
})

test('the newest snapshot counts, the first of an epoch waits for nothing, and what is lost is told in order', () => {
  const { clock, told, say, other, patience } = open()
  say('dialog', lamp('confirmed'))
  say('dialog')
  clock.advance(1000)
  expect(told).toEqual(['dark'])
  say('dialog', lamp('confirmed'))
  other('renewed')
  other('lost')
  expect(told.slice(1)).toEqual(['renewed', 'confirmed', 'lost'])
  other('opened')
  say('dialog', lamp('confirmed'))
  expect(told.slice(4)).toEqual(['opened', 'confirmed'])
  say('dialog')
  say('dialog', lamp('confirmed'))
  patience.stop()
  clock.advance(1000)
  expect(told.slice(6)).toEqual(['dark'])
})
