import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Delivery } from '../../core/connector.ts'
import { isLoopback } from './base-url.ts'
import { keepSecret, readSecret, type SecretPlace } from './kept-secret.ts'

const secretName = 'webhookSecret'
const making = new WeakMap<SecretPlace['memory'], Promise<string>>()

/** A system elsewhere cannot deliver to a loopback address. Both are addresses with a scheme. */
export function canDeliver(callback: string, system: string): boolean {
  return !isLoopback(new URL(callback).hostname) || isLoopback(new URL(system).hostname)
}

/** The unguessable end of our callback address, for a system that signs nothing. Made once and remembered. */
export function callbackSecret(place: SecretPlace): Promise<string> {
  // Whoever asks while it is being made gets the same.
  const made = making.get(place.memory) ?? findOrMake(place).finally(() => making.delete(place.memory))
  making.set(place.memory, made)
  return made
}

/** The one that was made before; undefined where none was. */
export async function knownCallbackSecret(place: SecretPlace): Promise<string | undefined> {
  const known = await readSecret(place, secretName)
  return typeof known === 'string' && known.length >= 32 ? known : undefined
}

async function findOrMake(place: SecretPlace): Promise<string> {
  const known = await knownCallbackSecret(place)
  if (known !== undefined) return known
  const made = randomBytes(24).toString('base64url')
  await keepSecret(place, secretName, made)
  return made
}

/** Whether a delivery came to the address that ends in this secret; in constant time. */
export function knowsSecret({ path }: Pick<Delivery, 'path'>, secret: string): boolean {
  const [given, wanted] = [Buffer.from(path.replace(/\/+$/, '')), Buffer.from(secret)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
