import type { LookupFunction } from 'node:net'
import type { Network } from '../core/network.ts'
import { type Checkpoint, GuardedAgent } from './guarded-agent.ts'
import { type HttpParts, nodesParts, packageParts } from './http-parts.ts'

/** A fetch, and how to let go of the connections that it keeps. */
export interface GuardedFetch {
  readonly fetch: typeof fetch
  close(): Promise<void>
}

export interface GuardOptions {
  readonly checkpoint?: Checkpoint
  /** Node's own where there are any, else the package's. */
  readonly parts?: HttpParts
}

/**
 * A fetch whose every connection is checked when it is made, those that follow a redirection as well: what a name stands
 * for is asked once, and the connection goes to that.
 */
export function createFetch(network: Network, { checkpoint, parts }: GuardOptions = {}): GuardedFetch {
  const prepare = ({ Agent, fetch }: HttpParts) => {
    const agent = new Agent({ connect: { lookup: lookupIn(network) } })
    const dispatcher = new GuardedAgent({ agent, network, checkpoint })
    // The types of Node know of no dispatcher.
    const send = (input: unknown, init?: object) => fetch(input as never, { ...init, dispatcher } as never)
    return { send, agent }
  }
  const own = parts ?? nodesParts()
  let ready = own && prepare(own)
  const prepared = ready ? undefined : packageParts().then((found) => (ready = prepare(found)))
  const guarded = async (input: unknown, init?: object) => (ready ?? (await prepared!)).send(input, init)
  return {
    fetch: guarded as never as typeof fetch,
    close: async () => (ready ?? (await prepared!)).agent.destroy(),
  }
}

/** Of an address nothing is looked up: see GuardedAgent. */
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
