import { useEffect, useState } from 'react'
import { readSession, type SessionView } from './session-client.ts'

/** Who is signed in; read anew whenever `when` changes. Undefined until it is known, or where the hub has no accounts. */
export function useSession(when: unknown): SessionView | undefined {
  const [session, setSession] = useState<SessionView>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: how the board stands tells when to look again
  useEffect(() => {
    const stop = new AbortController()
    void readSession(stop.signal).then((found) => {
      if (!stop.signal.aborted) setSession(found)
    })
    return () => stop.abort()
  }, [when])
  return session
}
