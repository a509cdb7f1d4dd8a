import type { Clock, Timer } from '../../core/ports.ts'

/** Growing waits between attempts. Each is between half of its step and the whole of it, so that many do not return at once. */
export interface Backoff {
  /** The next wait, milliseconds. */
  next(): number
  reset(): void
}

export function createBackoff(options: {
  firstMs: number
  ceilingMs: number
  /** Between 0 and 1; default Math.random. */
  random?: () => number
}): Backoff {
  const random = options.random ?? Math.random
  let step = options.firstMs
  return {
    next() {
      const wait = step / 2 + (random() * step) / 2
      step = Math.min(step * 2, options.ceilingMs)
      return wait
    },
    reset() {
      step = options.firstMs
    },
  }
}

/** An open connection, as far as keeping it matters. */
export interface Line {
  /** Resolves once with the reason when the connection is gone, whoever ended it. */
  readonly closed: Promise<string>
  close(): void
}

/** Makes an open line usable; one that fails on the way, or that nobody waits for any more, is closed. */
export async function beginOn<Opened extends Line>(
  line: Opened,
  stopped: AbortSignal,
  begin: (line: Opened) => Promise<unknown>,
): Promise<Opened> {
  const close = () => line.close()
  stopped.addEventListener('abort', close, { once: true })
  try {
    await begin(line)
    return line
  } catch (error) {
    line.close()
    throw error
  } finally {
    stopped.removeEventListener('abort', close)
  }
}

export interface KeptLineOptions {
  readonly clock: Clock
  readonly backoff: Backoff
  /** Connects and makes the line usable; rejects when it cannot. `stopped` tells an opener that nobody waits any more. */
  open(stopped: AbortSignal): Promise<Line>
  /** The line that was open is gone; the next attempt follows after `retryMs`. */
  lost(reason: string, retryMs: number): void
  /** An attempt failed. Returns the wait before the next one, or undefined for the backoff's. */
  failed(error: unknown, retryMs: number): number | undefined
}

/** Keeps one connection open: reopens it after waits that grow while attempts fail and start over once one succeeds. */
export class KeptLine {
  readonly #options: KeptLineOptions
  readonly #stop = new AbortController()
  #line: Line | undefined
  #timer: Timer | undefined
  #attempt: Promise<void> | undefined

  constructor(options: KeptLineOptions) {
    this.#options = options
  }

  /** The first attempt. Rejects with its error, and then makes no further one. */
  async start(): Promise<void> {
    this.#attempt = this.#open()
    await this.#attempt
  }

  /** Ends the connection, a running attempt and every further one. Idempotent; resolves when nothing is left. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#timer?.cancel()
    this.#line?.close()
    await this.#attempt?.catch(() => {})
  }

  async #open(): Promise<void> {
    const { open, backoff, lost } = this.#options
    const line = await open(this.#stop.signal)
    if (this.#stop.signal.aborted) {
      line.close()
      return
    }
    this.#line = line
    backoff.reset()
    void line.closed.then((reason) => {
      this.#line = undefined
      if (this.#stop.signal.aborted) return
      const retryMs = backoff.next()
      lost(reason, retryMs)
      this.#retry(retryMs)
    })
  }

  #retry(delayMs: number): void {
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#attempt = this.#open().catch((error: unknown) => {
        if (this.#stop.signal.aborted) return
        const next = this.#options.backoff.next()
        this.#retry(this.#options.failed(error, next) ?? next)
      })
    })
  }
}
