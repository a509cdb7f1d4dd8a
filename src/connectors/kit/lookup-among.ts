import type { LookupFunction } from 'node:net'
import type { HostAddress } from '../../core/network.ts'

/** Lets a connection go to addresses that were checked already: whatever the name stands for by then. */
export function lookupAmong(found: readonly HostAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = found
    if (all || !first) done(null, [...found])
    else done(null, first.address, first.family)
  }
}
