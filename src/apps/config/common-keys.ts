import { createHash } from 'node:crypto'
import type { Store } from '../../core/ports.ts'
import { type KeyRingOptions, readKeyRing } from '../../secrets/key-ring.ts'
import { KeyFailure } from '../../secrets/key-source.ts'
import type { SealingKey } from '../../secrets/sealing.ts'

const place = { tenant: '', scope: 'cluster/keys', key: 'sealing' } as const

/** The key with which the whole installation seals: its id, and a digest by which it is known. */
interface Row {
  readonly id: string
  readonly mark: string
}

export interface CommonKeyParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly keys: KeyRingOptions
}

/**
 * The keys of a hub among several, the one that all seal with first: whatever one hub seals the others have to open. Whoever
 * has keys first says which it is; `keys rotate` changes it.
 * @throws KeyFailure where this hub has not that key
 */
export async function readCommonKeys({ store, keys }: CommonKeyParts): Promise<readonly SealingKey[]> {
  const ring = await readKeyRing(keys)
  const [first] = ring
  let row = await readRow(store)
  if (!row && first) {
    const body = JSON.stringify({ id: first.id, mark: markOf(first) } satisfies Row)
    await store.commit([{ put: 'newMemory', ...place, body }], 'full').catch(() => undefined)
    row = await readRow(store)
  }
  if (!row) return ring
  const common = ring.find((key) => isSame(key, row))
  if (common) return [common, ...ring.filter((key) => key !== common)]
  const other = ring.find(({ id }) => id === row.id)
  throw new KeyFailure(
    other
      ? `The key "${row.id}" of this hub is not the key "${row.id}" with which the other hubs seal secrets. Give every hub the same keys (--keys, or HOOKSWITCH_KEYS).`
      : `The hubs seal secrets with the key "${row.id}", which this hub has not${ring.length === 0 ? '' : `: it has ${ring.map(({ id }) => `"${id}"`).join(', ')}`}. Give every hub the same keys (--keys, or HOOKSWITCH_KEYS).`,
  )
}

/** From now on all seal with this one. */
export async function putCommonKey(store: Pick<Store, 'commit'>, key: SealingKey): Promise<void> {
  const body = JSON.stringify({ id: key.id, mark: markOf(key) } satisfies Row)
  await store.commit([{ put: 'memory', ...place, body }], 'full')
}

/** Tells a key from others and nothing of what it is. */
export function markOf({ bytes }: Pick<SealingKey, 'bytes'>): string {
  return createHash('sha256').update('hookswitch key mark').update(bytes).digest('base64url')
}

async function readRow(store: Pick<Store, 'memory'>): Promise<Row | undefined> {
  const body = (await store.memory(place.tenant, place.scope)).get(place.key)
  return body === undefined ? undefined : (JSON.parse(body) as Row)
}

function isSame(key: SealingKey, { id, mark }: Row): boolean {
  return key.id === id && markOf(key) === mark
}
