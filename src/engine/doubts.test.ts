import { expect, test } from 'vitest'
import { VirtualClock } from '../../test/sim/virtual-clock.ts'
import { Doubts } from './doubts.ts'

const many = Array.from({ length: 3000 }, (_, index) => `s${index}`)

function createDoubts() {
  const clock = new VirtualClock(1_800_000_000_000)
  const asked: string[] = []
  return { clock, asked, doubts: new Doubts(clock, (system) => asked.push(system)) }
}

test('a few systems are asked at once, many within a third of a lease, and never all together', async () => {
  const few = createDoubts()
  few.doubts.add(['a', 'b'])
  expect(few.asked).toEqual(['a', 'b'])
  const { clock, asked, doubts } = createDoubts()
  doubts.add(many)
  expect(asked.length).toBeLessThan(100)
  await clock.advance(10_000)
  expect(asked).toEqual(many)
})

test('who waits already is not asked twice; who was asked is, and nobody after the end', async () => {
  const { clock, asked, doubts } = createDoubts()
  doubts.add(many)
  const first = asked.length
  doubts.add(many)
  await clock.advance(20_000)
  expect(asked).toHaveLength(many.length + first)
  doubts.add(many)
  doubts.stop()
  const before = asked.length
  await clock.advance(20_000)
  expect(asked).toHaveLength(before)
})
