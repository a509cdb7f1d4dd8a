import type { PauseChange } from '../core/pause.ts'
import type { Clock } from '../core/ports.ts'
import type { Actor } from './actor.ts'
import type { Engine } from './engine.ts'

/** How long a pause waits to be stored, milliseconds. */
const waitMs = 5000

/** Changes a person's pauses; true once that is stored, false where the store did not take it in time. */
export function changePausesOf(
  engine: Engine,
  actor: Actor,
  { change, clock }: { readonly change: PauseChange; readonly clock: Clock },
): Promise<boolean> {
  return new Promise((resolve) => {
    const before = actor.presentity.pauses
    const finish = (stored: boolean) => {
      stopWatching()
      timer.cancel()
      resolve(stored)
    }
    const timer = clock.after(waitMs, () => finish(false))
    const stopWatching = engine.watch((one) => {
      if (one === actor && actor.presentity.pauses !== before) finish(true)
    })
    engine.mailboxes.post(actor, { type: 'pause', change })
  })
}
