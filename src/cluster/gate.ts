import { AsyncLocalStorage } from 'node:async_hooks'
import { leastLeaseMs, writeDeadlineMs } from '../core/cluster.ts'
import type { HeldSocket, WriteGuard } from '../core/network.ts'

const aboutToEnd = 'this hub cannot be sure that it still has this tenant'

/** What an external write passes: nothing is begun near the end of the lease, and what was begun is over before it ends. */
export interface LeaseGate {
  readonly shut: string | undefined
  pass<Result>(write: () => Promise<Result>): Promise<Result>
  /** Requests that are made within `pass` are checked once more when they are made, and are given up at the deadline. */
  guard(send: typeof fetch): typeof fetch
  /**
   * For connections that last: what is written within `pass` is not sent near the end of the lease, and where `pass` has not
   * settled at the deadline the connection is reset, so that nothing of it arrives later. Either way the connection ends.
   */
  hold(socket: HeldSocket): void
  /** For what opens the connections: throws when the first byte of a write would leave too late. */
  checkpoint(): (() => void) | undefined
  /** For requests that say themselves that they write, whoever sets them off. */
  readonly writes: WriteGuard
}

/** One write under way. */
interface Write {
  isOver: boolean
  /** Each ends a timer. */
  readonly ends: (() => void)[]
}

/** Calls back after so many milliseconds; returns how to cancel. */
export type After = (ms: number, callback: () => void) => () => void

const bySystem: After = (ms, callback) => {
  const timer = setTimeout(callback, ms).unref()
  return () => clearTimeout(timer)
}

/** @param leftMs how much of the lease is left now, milliseconds. */
export function createGate(leftMs: () => number, after: After = bySystem): LeaseGate {
  const writing = new AsyncLocalStorage<Write>()
  const shut = () => (leftMs() < leastLeaseMs ? aboutToEnd : undefined)
  const check = () => {
    const reason = shut()
    if (reason !== undefined) throw new Error(reason)
  }
  return {
    writes: { check, lifeMs: writeDeadlineMs },
    get shut() {
      return shut()
    },
    async pass(write) {
      const own: Write = { isOver: false, ends: [] }
      try {
        return await writing.run(own, write)
      } finally {
        own.isOver = true
        for (const end of own.ends) end()
      }
    },
    hold(socket) {
      const send = socket.write.bind(socket)
      socket.write = (...given) => {
        const own = writing.getStore()
        // What was set off by a write that is over, a heartbeat say, is none.
        if (!own || own.isOver) return send(...given)
        const reason = shut()
        if (reason !== undefined) {
          socket.destroy(new Error(reason))
          return false
        }
        own.ends.push(after(writeDeadlineMs, () => socket.resetAndDestroy()))
        return send(...given)
      }
    },
    checkpoint: () => (writing.getStore() ? check : undefined),
    guard: (send) => async (input, init) => {
      if (!writing.getStore()) return send(input, init)
      check()
      const deadline = AbortSignal.timeout(writeDeadlineMs)
      const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline
      return send(input, { ...init, signal })
    },
  }
}
