import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { ConnectorContext, Delivery } from '../../core/connector.ts'
import { isLoopback } from './base-url.ts'

/** A system elsewhere cannot deliver to a loopback address. Both are addresses with a scheme. */
export function canDeliver(callback: string, system: string): boolean {
  return !isLoopback(new URL(callback).hostname) || isLoopback(new URL(system).hostname)
}

/** The unguessable end of our callback address, for a system that signs nothing. Made once and remembered. */
export async function callbackSecret({ memory }: Pick<ConnectorContext, 'memory'>): Promise<string> {
  const known = await memory.get('webhookSecret')
  if (typeof known === 'string' && known.length >= 32) return known
  const made = randomBytes(24).toString('base64url')
  await memory.set('webhookSecret', made)
  return made
}

/** Whether a delivery came to the address that ends in this secret; in constant time. */
export function knowsSecret({ path }: Pick<Delivery, 'path'>, secret: string): boolean {
  const [given, wanted] = [Buffer.from(path.replace(/\/+$/, '')), Buffer.from(secret)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
