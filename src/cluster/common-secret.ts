import { randomBytes } from 'node:crypto'
import type { Store } from '../core/ports.ts'

const place = { tenant: '', scope: 'cluster/secrets' } as const

/** 32 random bytes that every hub of the installation has; whoever asks first makes them. Rejects with StoreFailure. */
export async function commonSecret(
  store: Pick<Store, 'commit' | 'memory'>,
  key: string,
): Promise<Uint8Array> {
  const read = async () => (await store.memory(place.tenant, place.scope)).get(key)
  const known = await read()
  if (known !== undefined) return Buffer.from(known, 'base64')
  const body = randomBytes(32).toString('base64')
  try {
    await store.commit([{ put: 'newMemory', ...place, key, body }], 'full')
    return Buffer.from(body, 'base64')
  } catch (error) {
    const there = await read()
    if (there === undefined) throw error
    return Buffer.from(there, 'base64')
  }
}
