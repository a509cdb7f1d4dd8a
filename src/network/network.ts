import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { type HostAddress, HostRefusal, type Network } from '../core/network.ts'
import { type AddressRules, mayConnect } from './address-rules.ts'

/** What a name stands for at this moment; throws the system's error. */
export type Resolve = (name: string) => Promise<readonly HostAddress[]>

/** As every program of this machine resolves names, its hosts file included. */
const askSystem: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address, family }) => ({ address, family: familyOf(family) }))

const familyOf = (family: number) => (family === 6 ? 6 : 4)

/** Looks every host up and keeps what the rules allow. */
export function createNetwork(rules: AddressRules, resolve: Resolve = askSystem): Network {
  return {
    async find(host) {
      const family = isIP(host)
      const found =
        family === 0 ? await resolve(host) : [{ address: host, family: familyOf(family) } as const]
      const allowed = found.filter(({ address }) => mayConnect(address, rules))
      if (allowed.length === 0) throw new HostRefusal(host)
      return allowed
    },
  }
}
