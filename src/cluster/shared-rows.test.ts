import { expect, test } from 'vitest'
import { VirtualClock } from '../../test/sim/virtual-clock.ts'
import { createHall } from '../bus/in-process.ts'
import type { Durability, Log, Store, StoreChange } from '../core/ports.ts'
import { ClusterRows } from './shared-rows.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

/** Rows that all nodes share; a commit is written whole or refused. */
function createStore() {
  const rows = new Map<string, string>()
  const keyOf = ({ scope, key }: { scope: string; key: string }) => `${scope} ${key}`
  const durabilities = new Set<Durability>()
  let fails = false
  const store: Pick<Store, 'commit' | 'memory'> = {
    async commit(changes: readonly StoreChange[], durability: Durability) {
      durabilities.add(durability)
      await Promise.resolve()
      if (fails) throw new Error('the disk is full')
      if (changes.some((one) => 'put' in one && one.put === 'newMemory' && rows.has(keyOf(one))))
        throw new Error('it is there already')
      for (const one of changes) {
        if ('put' in one && (one.put === 'memory' || one.put === 'newMemory')) rows.set(keyOf(one), one.body)
        else if ('delete' in one && one.delete === 'memory') rows.delete(keyOf(one))
      }
    },
    async memory(_tenant, scope) {
      const own = [...rows].filter(([key]) => key.startsWith(`${scope} `))
      return new Map(own.map(([key, body]) => [key.slice(scope.length + 1), body]))
    },
  }
  const setFailing = (now: boolean) => {
    fails = now
  }
  return { store, setFailing, durabilities }
}

async function createWorld() {
  const clock = new VirtualClock(1_800_000_000_000)
  const { store, setFailing, durabilities } = createStore()
  const hall = createHall()
  /** A node that keeps one number, and can raise it. */
  const join = async () => {
    const bus = hall.join()
    const rows = new ClusterRows({ name: 'count', store, bus, clock, log })
    const node = { rows, bus, count: 0, reads: 0 }
    const read = async () => {
      node.reads += 1
      node.count = Number((await rows.memory('', 'count')).get('now') ?? 0)
    }
    rows.watch(read)
    await rows.start()
    const raise = () =>
      rows.turn(async () => {
        node.count += 1
        const body = String(node.count)
        await rows.commit([{ put: 'memory', tenant: '', scope: 'count', key: 'now', body }], 'full')
      })
    return { node, rows, bus, raise }
  }
  return { clock, join, setFailing, durabilities }
}

test('what one node changes the others have at once, and nobody overwrites what another wrote', async () => {
  const { join } = await createWorld()
  const nodes = [await join(), await join(), await join()]
  await Promise.all(nodes.flatMap(({ raise }) => Array.from({ length: 5 }, raise)))
  await expect.poll(() => nodes.map(({ node }) => node.count)).toEqual([15, 15, 15])
})

test('a message that is lost is made up for by comparing', async () => {
  const { clock, join } = await createWorld()
  const [one, two] = [await join(), await join()]
  await two.bus.close()
  await one.raise()
  await clock.advance(600)
  expect(two.node.count).toBe(1)
  const { reads } = two.node
  await clock.advance(5_000)
  expect(two.node.reads).toBe(reads)
  expect(two.rows.staleMs).toBeLessThanOrEqual(500)
})

test('an act that cannot be written leaves everything as it was, and the next goes on', async () => {
  const { join, setFailing } = await createWorld()
  const [one, two] = [await join(), await join()]
  await one.raise()
  setFailing(true)
  await expect(one.raise()).rejects.toThrow('the disk is full')
  expect(one.node.count).toBe(1)
  setFailing(false)
  await two.raise()
  await expect.poll(() => one.node.count).toBe(2)
})

test('an act within an act is a part of it, and nothing is written outside of one', async () => {
  const { join } = await createWorld()
  const { node, rows, raise } = await join()
  await rows.turn(async () => {
    await raise()
    await raise()
  })
  expect(node.count).toBe(2)
  await expect(rows.commit([], 'full')).rejects.toThrow('within a turn')
})

test('what others go by is on the disk: a crash of the server has nothing of it written again, over what they changed since', async () => {
  const { join, durabilities } = await createWorld()
  const { rows } = await join()
  await rows.turn(() => rows.commit([{ delete: 'memory', tenant: '', scope: 'count', key: 'now' }], 'normal'))
  expect([...durabilities]).toEqual(['full'])
})
