import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MemoryStore } from './memory-store.ts'
import { aggregate } from './teams-world.ts'
import { VirtualClock } from './virtual-clock.ts'

interface Table {
  readonly pairs: readonly (string | null)[]
  readonly preferred: readonly number[]
  readonly app: readonly number[]
  readonly client: readonly number[]
  readonly documented: readonly (readonly (readonly number[])[])[]
  readonly observed: readonly (readonly (readonly number[])[])[]
}

const fixture = new URL('../fixtures/teams-aggregation.json', import.meta.url)
const table = JSON.parse(readFileSync(fixture, 'utf8')) as Table

function pairOf(index: number): string | undefined {
  const pair = table.pairs[index]
  return pair?.replace(/\b[A-Z]/g, (letter) => letter.toLowerCase())
}

describe('the model of Teams', () => {
  it.each(['documented', 'observed'] as const)('SW-32, SW-33: aggregates as the table says, %s', (mode) => {
    const wrong: string[] = []
    for (const [p, preferred] of table.preferred.entries()) {
      for (const [a, app] of table.app.entries()) {
        for (const [c, client] of table.client.entries()) {
          const chosen = pairOf(preferred)
          const session = pairOf(app)
          const state = {
            client: pairOf(client),
            inCall: false,
            preferred: chosen ? { pair: chosen, until: 1, by: 'person' as const, at: 0 } : undefined,
            app: session ? { pair: session, until: 1 } : undefined,
          }
          const right = pairOf(table[mode][p]![a]![c]!)
          const shown = aggregate(state, 0, mode)
          if (shown !== right) wrong.push(`${chosen} ${session} ${state.client}: ${shown}, not ${right}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('the virtual clock', () => {
  it('runs timers in order of time, and what they set going before the next', async () => {
    const clock = new VirtualClock(0)
    const order: string[] = []
    clock.after(20, () => order.push('third'))
    clock.after(10, () => {
      order.push('first')
      void Promise.resolve().then(() => order.push('after first'))
      clock.after(5, () => order.push('second'))
    })
    clock.after(10, () => order.push('also at ten'))
    clock.after(12, () => order.push('never')).cancel()
    await clock.advance(30)
    expect(order).toEqual(['first', 'after first', 'also at ten', 'second', 'third'])
    expect(clock.monotonic()).toBe(30)
  })

  it('keeps monotonic time when the wall clock is set', async () => {
    const clock = new VirtualClock(1000)
    clock.stepWall(-500)
    await clock.advance(10)
    expect([clock.wall(), clock.monotonic()]).toEqual([510, 10])
  })
})

describe('the memory store', () => {
  it('goes back to a copy, and a copy does not change', async () => {
    const store = new MemoryStore()
    await store.commit([{ put: 'presentity', tenant: 't', id: 'a', body: '1' }])
    const copy = store.snapshot()
    await store.commit([{ put: 'presentity', tenant: 't', id: 'a', body: '2' }])
    const read = async (from: MemoryStore) =>
      (await Array.fromAsync(from.presentities())).map((row) => row.body)
    expect(await read(new MemoryStore(copy))).toEqual(['1'])
    expect(await read(store)).toEqual(['2'])
    expect(await read(new MemoryStore())).toEqual([])
  })
})
