import { useEffect, useState } from 'react'
import { readSession, type SessionView } from './session-client.ts'

export interface KnownSession {
  /** Undefined until it is known, and where the hub has no accounts. */
  readonly session: SessionView | undefined
  /** The hub has answered, whatever it said. */
  readonly known: boolean
}

/** Who is signed in; read anew whenever `when` changes. */
export function useSession(when: unknown): KnownSession {
  const [session, setSession] = useState<KnownSession>({ session: undefined, known: false })
  // biome-ignore lint/correctness/useExhaustiveDependencies: how the board stands tells when to look again
  useEffect(() => {
    const stop = new AbortController()
    void readSession(stop.signal).then((found) => {
      if (!stop.signal.aborted) setSession({ session: found, known: true })
    })
    return () => stop.abort()
  }, [when])
  return session
}
