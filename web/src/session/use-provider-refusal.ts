import { useEffect, useState } from 'react'
import { readWords } from './session-client.ts'

/** Why the sign-in at a provider failed from which the browser came back. */
export function useProviderRefusal(): string | undefined {
  const [refused, setRefused] = useState<string>()
  useEffect(() => {
    const id = /^#\/sign-in\/([\w-]+)$/.exec(location.hash)?.[1]
    if (id === undefined) return
    const stop = new AbortController()
    void readWords(id, stop.signal).then((words) => {
      if (stop.signal.aborted) return
      setRefused(words)
      // Out of the address: it tells of one time only.
      history.replaceState(null, '', location.pathname)
    })
    return () => stop.abort()
  }, [])
  return refused
}
