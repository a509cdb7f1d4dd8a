import { AsyncLocalStorage } from 'node:async_hooks'
import { leastLeaseMs, writeDeadlineMs } from '../core/cluster.ts'

const aboutToEnd = 'this hub cannot be sure that it still has this tenant'

/** What an external write passes: nothing is begun near the end of the lease, and what was begun is over before it ends. */
export interface LeaseGate {
  readonly shut: string | undefined
  pass<Result>(write: () => Promise<Result>): Promise<Result>
  /** Requests that are made within `pass` are checked once more when they are made, and are given up at the deadline. */
  guard(send: typeof fetch): typeof fetch
  /** For what opens the connections: throws when the first byte of a write would leave too late. */
  checkpoint(): (() => void) | undefined
}

/** @param leftMs how much of the lease is left now, milliseconds. */
export function createGate(leftMs: () => number): LeaseGate {
  const writing = new AsyncLocalStorage<true>()
  const shut = () => (leftMs() < leastLeaseMs ? aboutToEnd : undefined)
  return {
    get shut() {
      return shut()
    },
    pass: (write) => writing.run(true, write),
    checkpoint: () => {
      if (!writing.getStore()) return undefined
      return () => {
        const reason = shut()
        if (reason !== undefined) throw new Error(reason)
      }
    },
    guard: (send) => async (input, init) => {
      if (!writing.getStore()) return send(input, init)
      const reason = shut()
      if (reason !== undefined) throw new Error(reason)
      const deadline = AbortSignal.timeout(writeDeadlineMs)
      const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline
      return send(input, { ...init, signal })
    },
  }
}
