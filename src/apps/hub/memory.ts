import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import type { Clock, Timer } from '../../core/ports.ts'

/** How often is looked, milliseconds. */
const lookMs = 1000
/** So long without much to do, and there will not be much soon, milliseconds. */
const calmMs = 15_000

/** As many turns that store something in a second are much to do. */
const manyStored = 100

/** What the hub has to do. */
export interface Work {
  /** Somebody is still to be heard for the first time, or many wait for their turns. */
  readonly hasMuchToDo: () => boolean
  /** How many turns have stored something so far. */
  readonly stored: () => number
}

/** V8's, of this thread. */
interface Heap {
  readonly setFlag: (flag: string) => void
  /** Bytes. */
  readonly usedHeap: () => number
}

/** From so much in use on the heap is large, bytes; a hub with 100,000 people has half of it, and more while it starts. */
const largeHeap = 400 * 1024 * 1024
/**
 * A large heap is collected when it has grown by this part, percent: V8 would wait for twice as much and more. Measured with 100,000
 * stored people: with 40 the start takes a fifth less time, up to 1.2 GB on the way instead of 0.8, and 25 MB more for good.
 */
const largeGrowth = 30
/**
 * A very large one, of several hundred thousand people, by this part. Measured with 500,000 people in 1,000 tenants: 1.5 GB on the
 * way instead of 1.6 to 2.1; their first start takes a fifth longer, the second does not.
 */
const veryLargeHeap = 800 * 1024 * 1024
const veryLargeGrowth = 15

/**
 * Threads that start from now on (the store's) keep a young generation of this many MB: what passes through them is soon
 * gone, and nobody makes theirs small again. V8 reads the flag when a thread starts; this one has its own already.
 */
export function keepThreadsSmall(): void {
  setFlagsFromString('--max-semi-space-size=8')
}

/**
 * While there is little to do V8 gives back to the machine what it has freed and keeps its young generation small; while
 * there is much (a start, a burst, many signals) it may take what it likes, because it would spend most of its time
 * collecting. V8 looks at the flag while it runs, and goes back to a young generation of a megabyte at once. Without it the
 * pages of the largest burst stay resident for good: with 30,000 people 700 MB instead of 310. What a large heap may grow by is
 * bounded at any time: the start of 500,000 people would leave half as much again as they take. Answers how to stop.
 */
export function watchMemory(
  clock: Clock,
  { hasMuchToDo, stored }: Work,
  { setFlag, usedHeap }: Heap = {
    setFlag: setFlagsFromString,
    usedHeap: () => getHeapStatistics().used_heap_size,
  },
): () => void {
  let busyAt = clock.monotonic()
  let before = stored()
  let saving = false
  let growth: number | undefined
  let timer: Timer
  const look = () => {
    const now = clock.monotonic()
    const written = stored() - before
    before += written
    if (written >= manyStored || hasMuchToDo()) busyAt = now
    const calm = now - busyAt >= calmMs
    if (calm !== saving) setFlag(calm ? '--memory-saver-mode' : '--no-memory-saver-mode')
    saving = calm
    const bounded = growthOf(usedHeap())
    if (bounded !== undefined && (growth === undefined || bounded < growth)) {
      growth = bounded
      setFlag(`--heap-growing-percent=${growth}`)
    }
    timer = clock.after(lookMs, look)
  }
  look()
  return () => timer.cancel()
}

function growthOf(used: number): number | undefined {
  if (used > veryLargeHeap) return veryLargeGrowth
  return used > largeHeap ? largeGrowth : undefined
}
