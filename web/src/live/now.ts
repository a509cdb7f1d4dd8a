import { useSyncExternalStore } from 'react'

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

/** The browser's wall clock, milliseconds, renewed every 5 s for everyone who shows a duration. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
