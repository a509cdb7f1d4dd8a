import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, fetch as fetchBy } from 'undici'
import type { Network } from '../core/network.ts'

/** A fetch, and how to let go of the connections that it keeps. */
export interface GuardedFetch {
  readonly fetch: typeof fetch
  close(): Promise<void>
}

/**
 * A fetch whose every connection is checked when it is made, those that follow a redirection as well: what a name stands
 * for is asked once, and the connection goes to that.
 */
export function createFetch(network: Network): GuardedFetch {
  const connect = buildConnector({ lookup: lookupIn(network) })
  const agent = new Agent({
    connect(options, done) {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      // Of an address nothing is looked up.
      if (isIP(host) === 0) connect(options, done)
      else
        network.find(host).then(
          () => connect(options, done),
          (error: Error) => done(error, null),
        )
    },
  })
  // The types of undici and of Node describe the same standard and differ in names.
  const guarded = (input: unknown, init: object | undefined) =>
    fetchBy(input as never, { ...init, dispatcher: agent })
  return { fetch: guarded as never as typeof fetch, close: () => agent.destroy() }
}

function lookupIn(network: Network): LookupFunction {
  return (host, { all, family }, done) => {
    network.find(host).then(
      (found) => {
        const fitting = found.filter((one) => !family || `${one.family}` === `${family}`.replace('IPv', ''))
        const [first] = fitting
        if (!first) done(Object.assign(new Error(`${host} has no such address`), { code: 'ENOTFOUND' }), '')
        else if (all) done(null, [...fitting])
        else done(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    )
  }
}
