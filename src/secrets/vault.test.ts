import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Store } from '../core/ports.ts'
import type { SealingKey } from './sealing.ts'
import { Vault } from './vault.ts'

function createStore() {
  const rows = new Map<string, string>()
  const store: Pick<Store, 'commit' | 'memory'> = {
    commit: async (changes) => {
      for (const change of changes) {
        if ('put' in change && change.put === 'memory') rows.set(change.key, change.body)
        else if ('delete' in change && change.delete === 'memory') rows.delete(change.key)
      }
    },
    memory: async () => new Map(rows),
  }
  return { rows, store }
}

const newKey = (id: string): SealingKey => ({ id, bytes: randomBytes(32) })
const place = { tenant: 'contoso', name: 'pbx/password/1' }

async function openVault(
  store: Pick<Store, 'commit' | 'memory'>,
  keys: readonly SealingKey[],
  tolerant = false,
) {
  const made: SealingKey[] = []
  const vault = new Vault({
    store,
    keys: async () => [...keys],
    makeKey: () => {
      made.push(newKey('made'))
      return made[0]!
    },
  })
  await vault.open({ tolerant })
  return { vault, made }
}

async function put(vault: Vault, store: Pick<Store, 'commit'>, value: string, name = place.name) {
  const rows = vault.rowsFor([{ ...place, name, value }])
  await store.commit(rows, 'full')
  vault.keep(rows)
}

test('a key is made at the first use only', async () => {
  const { store, rows } = createStore()
  const { vault, made } = await openVault(store, [])
  expect(made).toEqual([])
  await put(vault, store, 'first secret')
  await put(vault, store, 'second secret', 'other')
  expect(made).toHaveLength(1)
  expect([...rows.values()].join()).not.toContain('secret')
  expect((await openVault(store, made)).vault.get(place)).toBe('first secret')
})

test('a rotation seals everything under the first key; the former key is not needed afterwards', async () => {
  const { store } = createStore()
  const [former, next] = [newKey('former'), newKey('next')]
  await put((await openVault(store, [former])).vault, store, 'kept')
  const { vault } = await openVault(store, [next, former])
  expect(vault.under()).toEqual({ former: 1 })
  expect(await vault.rotate()).toEqual({ key: 'next', resealed: 1, under: { next: 1 } })
  expect(await vault.rotate()).toEqual({ key: 'next', resealed: 0, under: { next: 1 } })
  expect((await openVault(store, [next])).vault.get(place)).toBe('kept')
})

test('a key that is missing stops the opening and loses nothing; a tolerant rotation tells what remains', async () => {
  const { store } = createStore()
  const [lost, next] = [newKey('lost'), newKey('next')]
  await put((await openVault(store, [lost])).vault, store, 'kept')
  await expect(openVault(store, [next])).rejects.toThrow('"lost"')
  const { vault } = await openVault(store, [next], true)
  expect(await vault.rotate()).toEqual({ key: 'next', resealed: 0, under: { lost: 1 } })
  expect((await openVault(store, [lost])).vault.get(place)).toBe('kept')
})

test('a new key under the id of the former one is used, once both were read by the running hub', async () => {
  const { store } = createStore()
  const keys = [newKey('same')]
  const { vault } = await openVault(store, keys)
  await put(vault, store, 'kept')
  keys[0] = newKey('same')
  expect((await vault.rotate()).resealed).toBe(1)
  expect((await openVault(store, keys)).vault.get(place)).toBe('kept')
})
