import ipaddr from 'ipaddr.js'
import type { NetworkConfig } from './network-schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'

/** What the schema cannot see: whether an allowed range is one. */
export function checkNetwork(network: NetworkConfig | undefined, sound: Sound): readonly SchemaProblem[] {
  const path = ['network', 'allow']
  return [...soundItems(network?.allow ?? [], path, sound)]
    .filter(([, text]) => !isRange(text))
    .map(([index]) => ({
      path: [...path, index],
      message: 'is no address and no range of addresses',
      fix: 'Write 10.20.0.0/16, 10.20.0.7, 2001:db8::/32 or 2001:db8::5.',
    }))
}

function isRange(text: string): boolean {
  // Without this 10.1 would be read as 10.0.0.1.
  if (!text.includes(':') && !/^\d+(\.\d+){3}(\/\d+)?$/.test(text)) return false
  return text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text)
}
