import { expect, it } from 'vitest'
import type { Clock } from '../core/ports.ts'
import { Feeds } from './feeds.ts'

const clock: Clock = { wall: () => 0, monotonic: () => 0, after: () => ({ cancel: () => {} }) }

/** A connector that follows people at so many addresses, and whom the engine was told to look at. */
function follow(count: number) {
  const addresses = Array.from({ length: count }, (_, number) => String(number))
  const told: string[] = []
  const tell = (some: Iterable<string>) => void told.push(...some)
  const sink = {
    replace: () => {},
    observe: () => {},
    touched: tell,
    ended: (_: unknown, some: Iterable<string>) => tell(some),
  }
  const feeds = new Feeds('pbx', { clock, now: () => 0 }, { sink, followed: () => addresses })
  return { feeds, addresses, told }
}

it.each([3, 5000])(
  'a feed of %i addresses that is lost, comes back and ends concerns all of them',
  (count) => {
    const { feeds, addresses, told } = follow(count)
    feeds.accept({ type: 'opened', feed: 'ami', leaseMs: 1000 })
    feeds.accept({ type: 'snapshot', feed: 'ami', observations: [], addresses })
    expect(told).toEqual([])
    feeds.accept({ type: 'lost', feed: 'ami', reason: 'cut' })
    expect(told.splice(0)).toEqual(addresses)
    feeds.accept({ type: 'opened', feed: 'ami', leaseMs: 1000 })
    feeds.accept({ type: 'snapshot', feed: 'ami', observations: [], addresses: ['1'] })
    expect(told.splice(0)).toEqual(addresses)
    feeds.accept({ type: 'ended', feed: 'ami' })
    expect(told).toEqual(addresses)
  },
)

it('a feed of one address concerns that one only', () => {
  const { feeds, told } = follow(5)
  feeds.accept({ type: 'opened', feed: 'one', leaseMs: 1000 })
  feeds.accept({ type: 'snapshot', feed: 'one', observations: [], addresses: ['1'] })
  feeds.accept({ type: 'lost', feed: 'one', reason: 'cut' })
  expect(told).toEqual(['1'])
})
