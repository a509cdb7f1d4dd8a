import { useEffect, useState } from 'react'
import { ask } from '../live/http.ts'

/** True when a lab stands behind the hub; asked at each (re)connect. A production hub answers 404. */
export function useDemo(link: string): boolean {
  const [demo, setDemo] = useState(false)
  useEffect(() => {
    if (link !== 'live') return
    const stop = new AbortController()
    ask('/lab/state?limit=1', { signal: stop.signal }).then(
      () => setDemo(true),
      () => {
        if (!stop.signal.aborted) setDemo(false)
      },
    )
    return () => stop.abort()
  }, [link])
  return demo
}
