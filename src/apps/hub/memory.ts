import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import type { Clock, Timer } from '../../core/ports.ts'

/** How often is looked, milliseconds. */
const lookMs = 1000
/** So long without much to do, and there will not be much soon, milliseconds. */
const calmMs = 15_000

/** From so much in use on the heap is large, bytes; a hub with 100,000 people has half of it. */
const largeHeap = 400 * 1024 * 1024
/** A large heap is collected when it has grown by this part, percent: V8 would wait for twice as much and more. */
const largeGrowth = 25

/**
 * While there is little to do V8 gives back to the machine what it has freed and keeps its young generation small; while
 * there is much (a start, a burst) it may take what it likes, because it would spend most of its time collecting. V8
 * looks at the flag while it runs. Without it the pages of the largest burst stay resident for good: with 30,000 people
 * 700 MB instead of 310. What a large heap may grow by is bounded at any time: the start of 500,000 people would leave half as much again
 * as they take. Answers how to stop.
 */
export function watchMemory(clock: Clock, hasMuchToDo: () => boolean): () => void {
  let busyAt = clock.monotonic()
  let saving = false
  let large = false
  let timer: Timer
  const look = () => {
    const now = clock.monotonic()
    if (hasMuchToDo()) busyAt = now
    const calm = now - busyAt >= calmMs
    if (calm !== saving) setFlagsFromString(calm ? '--memory-saver-mode' : '--no-memory-saver-mode')
    saving = calm
    if (!large && getHeapStatistics().used_heap_size > largeHeap) {
      large = true
      setFlagsFromString(`--heap-growing-percent=${largeGrowth}`)
    }
    timer = clock.after(lookMs, look)
  }
  look()
  return () => timer.cancel()
}
