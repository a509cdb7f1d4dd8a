import { useEffect, useState } from 'react'
import { readSession, type SessionView } from './session-client.ts'

/** After a question that got no answer it is asked again, milliseconds. */
const againMs = 3_000

export interface KnownSession {
  /** Undefined until it is known, and where the hub has no accounts. */
  readonly session: SessionView | undefined
  /** The hub has answered, whatever it said. */
  readonly known: boolean
}

/**
 * Who is signed in; read anew whenever `when` changes. While the hub cannot be reached it is who it was: a page that
 * somebody is filling in stays.
 */
export function useSession(when: unknown): KnownSession {
  const [session, setSession] = useState<KnownSession>({ session: undefined, known: false })
  // biome-ignore lint/correctness/useExhaustiveDependencies: how the board stands tells when to look again
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      try {
        const found = await readSession(stop.signal)
        if (!stop.signal.aborted) setSession({ session: found, known: true })
      } catch {
        if (!stop.signal.aborted) timer = setTimeout(read, againMs)
      }
    }
    void read()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [when])
  return session
}
