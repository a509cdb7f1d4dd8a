import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { LabClock } from '../../../src/lab/clock.ts'

/** No timer of the hub may be jumped over by more than this, milliseconds. */
const stepMs = 500

/**
 * Lets time pass for a hub and a lab that share this clock, much faster than it does: in small steps, with the
 * messages of each step delivered before the next. `careful`: nearly to the end, so that what took how long can be told.
 */
export async function pass(
  clock: LabClock,
  ms: number,
  { look = () => {}, careful = false }: { readonly look?: () => void; readonly careful?: boolean } = {},
): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left))
    await deliver(careful ? 5 : 1)
    look()
  }
}

/** Time for what is under way between hub, store and lab to arrive: some milliseconds, and many turns of the loop. */
async function deliver(ms: number): Promise<void> {
  for (let waited = 0; waited < ms; waited++) {
    await wait(1)
    for (let turns = 0; turns < 8; turns++) await turn()
  }
}
