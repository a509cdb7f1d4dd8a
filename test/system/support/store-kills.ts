import { expect } from 'vitest'
import type { HubStore } from '../../../src/core/hub-store.ts'
import type { StorePlace } from '../../../src/store/open-store.ts'
import { startWriter } from '../store-child.ts'

const writers = 8

/** Where writers that are killed write. */
export interface KillPlace {
  readonly place: StorePlace
  open(): Promise<HubStore>
}

/**
 * Starts a writer and kills it (kill -9), so often, and looks each time: nothing acknowledged may be missing, no commit
 * may be torn. Answers how many commits were acknowledged.
 */
export async function killWriters(place: KillPlace, kills: number): Promise<number> {
  const acknowledged = new Map<string, number>()
  let commits = 0
  for (let round = 0; round < kills; round++) {
    const child = startWriter(place.place)
    // Between the first acknowledgements and long after several checkpoints of the log.
    await child.lines(1 + ((round * 37) % 50) * (round % 5 === 0 ? 40 : 4))
    await child.kill()
    expect(child.errors()).toBe('')
    for (const line of wholeLines(child.output())) {
      const [writer = '', number] = line.split(' ')
      acknowledged.set(writer, Math.max(acknowledged.get(writer) ?? 0, Number(number)))
      commits++
    }
    for (const [writer, numbers] of await readNumbers(place)) {
      expect(new Set(numbers).size, `round ${round}, ${writer}: ${numbers}`).toBe(1)
      expect(numbers[0], `round ${round}, ${writer}`).toBeGreaterThanOrEqual(acknowledged.get(writer) ?? 0)
    }
  }
  expect(acknowledged.size).toBe(writers)
  return commits
}

/** The last line may have been cut by the kill. */
function wholeLines(output: string): string[] {
  return output.split('\n').slice(0, -1)
}

/** Of each writer: the number that each of its rows holds; missing rows count as 0. */
async function readNumbers(place: KillPlace): Promise<Map<string, number[]>> {
  const store = await place.open()
  try {
    const people = new Map((await Array.fromAsync(store.presentities())).map((row) => [row.id, row.body]))
    const ledger = new Map((await Array.fromAsync(store.openLedger())).map((row) => [row.id, row.body]))
    const found = new Map<string, number[]>()
    for (let index = 0; index < writers; index++) {
      const writer = `w${index}`
      const memory = [...(await store.memory('t', writer)).values()]
      const bodies = [
        people.get(writer),
        ledger.get(writer),
        ...memory,
        ...(memory.length === 20 ? [] : [undefined]),
      ]
      const numbers = bodies.map((body) => Number(body ?? 0))
      found.set(writer, numbers.every((number) => number === 0) ? [0] : numbers)
    }
    return found
  } finally {
    await store.close()
  }
}
