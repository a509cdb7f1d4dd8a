import { createHash } from 'node:crypto'

/** A name for whom a configuration signs in as, at an address: see ConnectorDefinition.clientsOf. Never give it a secret in clear. */
export function nameClient(system: string, url: string, ...who: readonly string[]): string {
  return [system, url.toLowerCase().replace(/\/+$/, ''), ...who].join(' ')
}

/** Where nothing but a secret tells the client: a long random one, which this does not tell. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 24)
}
