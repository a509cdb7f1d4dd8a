import { useEffect, useState } from 'react'
import type { Polled } from './use-polled.ts'

/** Asks once for each key: for what does not change, or must not be asked again unasked for. */
export function useAnswer<Value>(key: string, read: (signal: AbortSignal) => Promise<Value>): Polled<Value> {
  const [answer, setAnswer] = useState<Polled<Value>>({ value: undefined, error: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is the same question as long as `key` is
  useEffect(() => {
    const stop = new AbortController()
    setAnswer({ value: undefined, error: undefined })
    read(stop.signal).then(
      (value) => stop.signal.aborted || setAnswer({ value, error: undefined }),
      (error: Error) => stop.signal.aborted || setAnswer({ value: undefined, error }),
    )
    return () => stop.abort()
  }, [key])
  return answer
}
