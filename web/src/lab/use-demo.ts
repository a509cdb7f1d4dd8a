import { useEffect, useState } from 'react'
import { ask } from '../live/http.ts'

/** True when a lab stands behind the hub; asked at each (re)connect, not at all while `link` is undefined. */
export function useDemo(link: string | undefined): boolean {
  const [demo, setDemo] = useState(false)
  useEffect(() => {
    if (link !== 'live') return
    const stop = new AbortController()
    ask('/lab/state?limit=1', { signal: stop.signal }).then(
      (answer) => setDemo(Array.isArray((answer as { people?: unknown } | undefined)?.people)),
      () => {
        if (!stop.signal.aborted) setDemo(false)
      },
    )
    return () => stop.abort()
  }, [link])
  return demo
}
