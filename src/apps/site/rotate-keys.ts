import type { KeyReport } from '../../core/config-port.ts'
import type { Store, StoreChange } from '../../core/ports.ts'
import { keyIdOf } from '../../secrets/sealing.ts'
import { type Place, type SiteSeal, writePlace } from './place.ts'
import { assignments, sealedAssignment } from './site-memory.ts'
import { sealedSecret, secrets } from './site-secrets.ts'

export interface RotateParts {
  readonly directory: string
  readonly place: Place
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly seal: SiteSeal
}

/**
 * Reads the keys again and seals under the first of them whatever a site keeps. What does not open stays as it is.
 * @throws KeyFailure
 */
export async function rotateSiteKeys({ directory, place, store, seal }: RotateParts): Promise<KeyReport> {
  await seal.reload()
  const { tenant } = place
  const under: Record<string, number> = {}
  const count = (sealed: string) => {
    const id = keyIdOf(sealed) ?? 'none'
    under[id] = (under[id] ?? 0) + 1
  }
  const changes: StoreChange[] = []
  for (const [scope, nameOf] of [
    [assignments, sealedAssignment] as const,
    [secrets, sealedSecret] as const,
  ]) {
    for (const [key, before] of await store.memory(tenant, scope)) {
      const body = seal.sealAgain(before, nameOf(key))
      count(body)
      if (body !== before) changes.push({ put: 'memory', tenant, scope, key, body })
    }
  }
  if (changes.length > 0) await store.commit(changes, 'full')
  count(writePlace(directory, place, seal))
  return { key: seal.keyId, resealed: changes.length + 1, under }
}
