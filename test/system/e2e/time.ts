import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { LabClock } from '../../../src/lab/clock.ts'

/** No timer of the hub may be jumped over by more than this, milliseconds. */
const stepMs = 500

/**
 * Lets time pass for a hub and a lab that share this clock, much faster than it does: in small steps, with the
 * messages of each step delivered before the next.
 */
export async function pass(clock: LabClock, ms: number, look: () => void = () => {}): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left))
    await deliver()
    look()
  }
}

/** Time for what is under way between hub, store and lab to arrive. */
async function deliver(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) {
    await wait(1)
    await turn()
  }
}
