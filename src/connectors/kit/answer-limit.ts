import type { Clock, Timer } from '../../core/ports.ts'

/** So late this process does not get to its work: the answer may be there, unread, milliseconds. */
const lateMs = 500
/** So long it has then to read what is there, milliseconds. */
const unreadMs = 1000

/** Calls `over` once an answer has taken `limitMs`; what came while the process itself stood still is read first. */
export function limitAnswer(clock: Clock, limitMs: number, over: () => void): Timer {
  let timer: Timer
  const allow = (ms: number) => {
    const due = clock.monotonic() + ms
    timer = clock.after(ms, () => (clock.monotonic() - due > lateMs ? allow(unreadMs) : over()))
  }
  allow(limitMs)
  return { cancel: () => timer.cancel() }
}
