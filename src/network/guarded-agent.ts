import { isIP } from 'node:net'
import type { Dispatcher } from 'undici'
import type { Network } from '../core/network.ts'

/**
 * Asked when a request is made. What it answers is called when the request's first byte is about to leave, which may be
 * later, and throws where it must not leave any more.
 */
export type Checkpoint = () => (() => void) | undefined

/** Of either undici. */
type Handler = Dispatcher.DispatchHandler & {
  onConnect?(abort: (error: Error) => void): void
  onError?(error: Error): void
}
type Options = Dispatcher.DispatchOptions

export interface GuardedAgentParts {
  /** Looks names up where they are checked. */
  readonly agent: Pick<Dispatcher, 'dispatch'>
  readonly network: Network
  readonly checkpoint: Checkpoint | undefined
}

/**
 * What stands before the connections of fetch: every request passes here, each step of a redirection by itself. Node's
 * fetch tells of its handlers as undici 7 did (onConnect, onError), the package as undici 8 does.
 */
export class GuardedAgent {
  readonly #parts: GuardedAgentParts

  constructor(parts: GuardedAgentParts) {
    this.#parts = parts
  }

  dispatch(options: Options, given: Handler): boolean {
    const { agent, network, checkpoint } = this.#parts
    const check = checkpoint?.()
    const handler = check ? checkedBy(check, given) : given
    const host = new URL(String(options.origin)).hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) === 0) return agent.dispatch(options, handler)
    network.find(host).then(
      () => agent.dispatch(options, handler),
      (error: Error) => refuse(handler, error),
    )
    return true
  }
}

function refuse(handler: Handler, error: Error): void {
  if (handler.onResponseError) handler.onResponseError(undefined as never, error)
  else handler.onError?.(error)
}

/** The same handler, held up once. */
function checkedBy(check: () => void, handler: Handler): Handler {
  const checked: Handler = Object.create(handler)
  const hold = (abort: (error: Error) => void) => {
    try {
      check()
    } catch (error) {
      abort(error as Error)
    }
  }
  if (handler.onRequestStart)
    checked.onRequestStart = (controller, context) => {
      handler.onRequestStart!.call(checked, controller, context)
      hold((error) => controller.abort(error))
    }
  if (handler.onConnect)
    checked.onConnect = (abort) => {
      handler.onConnect!.call(checked, abort)
      hold(abort)
    }
  return checked
}
