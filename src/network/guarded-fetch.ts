import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, DecoratorHandler, type Dispatcher, fetch as fetchBy } from 'undici'
import type { Network } from '../core/network.ts'

/** A fetch, and how to let go of the connections that it keeps. */
export interface GuardedFetch {
  readonly fetch: typeof fetch
  close(): Promise<void>
}

/**
 * Asked when a request is made. What it answers is called when the request's first byte is about to leave, which may be
 * later, and throws where it must not leave any more.
 */
export type Checkpoint = () => (() => void) | undefined

/**
 * A fetch whose every connection is checked when it is made, those that follow a redirection as well: what a name stands
 * for is asked once, and the connection goes to that.
 */
export function createFetch(network: Network, checkpoint?: Checkpoint): GuardedFetch {
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
  const dispatcher = checkpoint ? agent.compose(checkedBy(checkpoint)) : agent
  // The types of undici and of Node describe the same standard and differ in names.
  const guarded = (input: unknown, init: object | undefined) =>
    fetchBy(input as never, { ...init, dispatcher })
  return { fetch: guarded as never as typeof fetch, close: () => agent.destroy() }
}

function checkedBy(checkpoint: Checkpoint): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const check = checkpoint()
    return dispatch(options, check ? new CheckedHandler(handler, check) : handler)
  }
}

class CheckedHandler extends DecoratorHandler {
  readonly #handler: Dispatcher.DispatchHandler
  readonly #check: () => void

  constructor(handler: Dispatcher.DispatchHandler, check: () => void) {
    super(handler)
    this.#handler = handler
    this.#check = check
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#handler.onRequestStart?.(controller, context)
    try {
      this.#check()
    } catch (error) {
      controller.abort(error as Error)
    }
  }
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
