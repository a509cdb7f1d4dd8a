import type { ConnectorContext } from '../../core/connector.ts'
import { readJson } from './http.ts'

/** Where a connector keeps a secret. Where nothing can be sealed its memory ends with the process. */
export type SecretPlace = Pick<ConnectorContext, 'memory' | 'sealed'>

/**
 * A secret (JSON) that was kept under this name; undefined where there is none, or it does not open. What a version before
 * this one left in the memory in clear is sealed, and gone from there.
 */
export async function readSecret({ memory, sealed }: SecretPlace, name: string): Promise<unknown> {
  const kept = sealed?.get(name)
  if (kept !== undefined) return readJson(kept)
  const clear = await memory.get(name)
  if (clear === undefined || !sealed) return clear
  await keepSecret({ memory, sealed }, name, clear)
  return clear
}

/** On the disk when it resolves, and never there in clear. */
export async function keepSecret(place: SecretPlace, name: string, secret: unknown): Promise<void> {
  const { memory, sealed } = place
  if (!sealed) return memory.set(name, secret)
  await sealed.set(name, JSON.stringify(secret))
  if ((await memory.get(name)) !== undefined) await memory.delete(name)
}
