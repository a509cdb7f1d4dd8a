import { useEffect, useState, useSyncExternalStore } from 'react'
import { type BoardState, createBoardStore } from './board-store.ts'
import { rememberToken } from './http.ts'
import { keepLive } from './live-board.ts'

export interface Board extends BoardState {
  /** Tries again at once, with this token. */
  signIn(token: string): void
  /** Tries again at once: somebody has signed in or out. */
  reconnect(): void
}

/** Changes that come within this many milliseconds are one rendering: below what an eye can tell. */
const together = 60

const store = createBoardStore((callback) => setTimeout(callback, together))

/** The live board; the connection is held as long as the component stands. */
export function useBoard(): Board {
  const state = useSyncExternalStore(store.subscribe, store.get)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new token means a new connection
  useEffect(() => {
    const stop = new AbortController()
    void keepLive(store, stop.signal)
    return () => stop.abort()
  }, [attempt])
  const signIn = (token: string): void => {
    rememberToken(token)
    setAttempt((count) => count + 1)
  }
  return { ...state, signIn, reconnect: () => setAttempt((count) => count + 1) }
}
