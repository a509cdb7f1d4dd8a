import { expect, test } from 'vitest'
import type { Clock, Store, StoreChange } from '../core/ports.ts'
import { Claims } from './claims.ts'
import { commonSecret } from './common-secret.ts'

/** Rows that several hubs share; `lost` commits are written, and their answer does not come. */
function createStore() {
  const rows = new Map<string, string>()
  const world = { lost: 0 }
  const store: Pick<Store, 'commit' | 'memory'> = {
    async commit(changes: readonly StoreChange[]) {
      await Promise.resolve()
      for (const one of changes) {
        if ('put' in one && one.put === 'newMemory') {
          if (rows.has(one.key)) throw new Error('it is there already')
          rows.set(one.key, one.body)
        } else if ('delete' in one && one.delete === 'memory') rows.delete(one.key)
      }
      if (world.lost-- > 0) throw new Error('the connection was lost')
    },
    memory: async () => new Map(rows),
  }
  return { store, rows, world }
}

test('of several hubs one is first, and what is over is forgotten', async () => {
  const { store, rows, world } = createStore()
  let now = 1_000
  const clock = { wall: () => now } as Clock
  const [one, two] = [0, 1].map(() => new Claims({ store, clock, scope: 'spent' })) as [Claims, Claims]
  const tries = await Promise.all([one.claim('way', 2_000), two.claim('way', 2_000)])
  expect(tries.toSorted()).toEqual([false, true])
  expect(await one.claim('way', 2_000)).toBe(false)
  world.lost = 1
  expect(await two.claim('other', 5_000), 'written, though its answer was lost').toBe(true)
  now = 2_000
  await one.sweep()
  expect([...rows.keys()]).toEqual(['other'])
})

test('a secret that all have is made once, whoever asks first', async () => {
  const { store } = createStore()
  const secrets = await Promise.all([1, 2, 3].map(() => commonSecret(store, 'trips')))
  const texts = secrets.map((bytes) => Buffer.from(bytes).toString('hex'))
  expect(new Set(texts).size).toBe(1)
  expect(texts[0]).toHaveLength(64)
})
