import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { LabClock } from '../../../src/lab/clock.ts'

/** No timer of the hub may be jumped over by more than this, milliseconds. */
const stepMs = 500

/** How long a step waits for the hub at most, real milliseconds: a target may not answer before time goes on. */
const longestMs = 50

/** So much longer may the steps of one passing wait in all, real milliseconds: a busy machine needs that now and then. */
const patienceMs = 1_000

/** And so long for the disk: a commit needs none of the hub's time, and on a busy one takes seconds now and then. */
const storeMs = 30_000

/** Hub time between two looks, milliseconds; a whole step where a minute or more is to pass. */
const lookMs = 250

/** Real milliseconds that a busy machine may need for what takes it a few. */
const busyMachineMs = 60_000

/** What is late gets so many real milliseconds with the hub's time at rest; then time goes on at the machine's pace. */
const restMs = 500

/** Hub time that passes at the machine's pace at most, milliseconds. */
const lateMs = 3_000

/** When nothing waits for the hub's store or, unless of the store alone, for the answer of a target. */
export type Idle = (of?: 'store') => Promise<void>

export interface Passing {
  /** Called after each step. */
  readonly look?: () => void
  readonly idle?: Idle
}

/**
 * Lets time pass for a hub and a lab that share this clock, much faster than it does: in small steps, with the
 * messages of each step delivered before the next.
 */
export function pass(clock: LabClock, ms: number, { look, idle }: Passing = {}): Promise<void> {
  return passIn(clock, ms, { look, step: idle && patiently(idle) })
}

/**
 * Lets time pass quickly until this is so, or `ms` of hub time are over. A message that a busy machine has not delivered by
 * then still counts, and may need some of the hub's time itself, as a lamp does that waits for do not disturb.
 * `about.said` is for the message of a test that fails.
 */
export async function passUntil(
  clock: LabClock,
  look: () => unknown,
  about: { readonly what: string; readonly ms: number; readonly idle: Idle; said(): string },
): Promise<void> {
  const step = patiently(about.idle)
  const begun = clock.monotonic()
  const between = about.ms < 60_000 ? lookMs : stepMs
  while (!(await look()) && clock.monotonic() - begun <= about.ms) await passIn(clock, between, { step })
  const late = performance.now()
  for (let left = lateMs; !(await look()); ) {
    if (performance.now() - late > busyMachineMs) {
      throw new Error(`Waited in vain: for ${about.ms} ms: ${about.what}\n${about.said()}`)
    }
    await wait(10)
    if (left <= 0 || performance.now() - late < restMs) continue
    await passIn(clock, 10, { step })
    left -= 10
  }
}

interface Steps {
  readonly look?: (() => void) | undefined
  /** What each step waits for. */
  readonly step: Idle | undefined
}

async function passIn(clock: LabClock, ms: number, { look, step }: Steps): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left))
    await deliver()
    await step?.()
    look?.()
  }
}

/** Waits for the hub: a moment in each step, and until the patience for all of them is used up. */
export function patiently(idle: Idle): Idle {
  const stored = createPatience(storeMs)
  const answered = createPatience(patienceMs, longestMs)
  return async () => {
    await stored(idle('store'))
    await answered(idle())
    await stored(idle('store'))
  }
}

/** Waits for something so long at most: `eachMs` every time, and what is left of `ms`. Real milliseconds. */
function createPatience(ms: number, eachMs = 0): (something: Promise<void>) => Promise<void> {
  let leftMs = ms
  return async (something) => {
    const begun = performance.now()
    const stop = new AbortController()
    const enough = wait(eachMs + leftMs, undefined, { signal: stop.signal }).catch(() => {})
    await Promise.race([something, enough])
    stop.abort()
    leftMs = Math.max(0, leftMs - Math.max(0, performance.now() - begun - eachMs))
  }
}

/** Time for what is under way between sockets of this process to arrive. */
async function deliver(): Promise<void> {
  await wait(1)
  for (let turns = 0; turns < 8; turns++) await turn()
}
