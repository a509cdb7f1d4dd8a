import { createContext, useContext, useSyncExternalStore } from 'react'

/** Often enough for "12 min", rare enough to cost nothing. */
const tickMs = 5_000

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === undefined) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** The moment that is looked at, where that is not now; wall clock, milliseconds. */
export const MomentContext = createContext<number | undefined>(undefined)

/** The moment that is looked at: as a rule the browser's wall clock, milliseconds, renewed every 5 s for everyone who shows a duration. */
export function useNow(): number {
  const live = useSyncExternalStore(subscribe, () => now)
  return useContext(MomentContext) ?? live
}
