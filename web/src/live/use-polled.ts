import { useEffect, useState } from 'react'
import { HubError } from './http.ts'

export interface Polled<Value> {
  /** The last good answer. */
  readonly value: Value | undefined
  /** Why the newest question failed; undefined after a good answer. */
  readonly error: Error | undefined
}

/** How to ask, and how often. `key`: a change asks again at once; undefined asks nothing. */
export interface Polling<Value> {
  readonly key: string | undefined
  readonly everyMs: number
  read(signal: AbortSignal): Promise<Value>
}

/**
 * Asks now and then every `everyMs` after the answer came, never twice at a time, not while the page is hidden, and no
 * more once the hub said that the caller may not.
 */
export function usePolled<Value>({ key, everyMs, read }: Polling<Value>): Polled<Value> {
  const [polled, setPolled] = useState<Polled<Value>>({ value: undefined, error: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is the same question as long as `key` is
  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const turn = async (): Promise<void> => {
      try {
        if (!document.hidden) {
          const value = await read(stop.signal)
          if (!stop.signal.aborted) setPolled({ value, error: undefined })
        }
      } catch (error) {
        if (stop.signal.aborted) return
        setPolled((last) => ({ value: last.value, error: error as Error }))
        // Who may not read it may not in five seconds either; another key asks again.
        if (error instanceof HubError && error.status === 403) return
      }
      if (!stop.signal.aborted) timer = setTimeout(turn, everyMs)
    }
    void turn()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [key, everyMs])
  return polled
}
