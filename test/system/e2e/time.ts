import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { LabClock } from '../../../src/lab/clock.ts'

/** No timer of the hub may be jumped over by more than this, milliseconds. */
const stepMs = 500

/** How long a step waits for the hub at most, real milliseconds: a target may not answer before time goes on. */
const longestMs = 50

export interface Passing {
  /** Called after each step. */
  readonly look?: () => void
  /** When nothing waits for the hub's store or for the answer of a target. */
  readonly idle?: () => Promise<void>
}

/**
 * Lets time pass for a hub and a lab that share this clock, much faster than it does: in small steps, with the
 * messages of each step delivered before the next.
 */
export async function pass(clock: LabClock, ms: number, { look, idle }: Passing = {}): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left))
    await deliver()
    if (idle) await Promise.race([idle(), wait(longestMs)])
    look?.()
  }
}

/** Time for what is under way between sockets of this process to arrive. */
async function deliver(): Promise<void> {
  await wait(1)
  for (let turns = 0; turns < 8; turns++) await turn()
}
