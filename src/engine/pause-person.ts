import type { PauseChange } from '../core/pause.ts'
import type { CallsAs } from '../core/policy.ts'
import type { Clock } from '../core/ports.ts'
import type { Actor, Input } from './actor.ts'
import type { Engine } from './engine.ts'

/** How long a wish waits to be stored, milliseconds. */
const waitMs = 5000

/** Changes a person's pauses; true once that is stored, false where the store did not take it in time. */
export function changePausesOf(
  engine: Engine,
  actor: Actor,
  { change, clock }: { readonly change: PauseChange; readonly clock: Clock },
): Promise<boolean> {
  return changePerson(engine, actor, { input: { type: 'pause', change }, clock })
}

/** How a person wants their calls to be shown; undefined leaves it to the rules. True once that is stored. */
export async function chooseCallsOf(
  engine: Engine,
  actor: Actor,
  { callsAs, clock }: { readonly callsAs: CallsAs | undefined; readonly clock: Clock },
): Promise<boolean> {
  if (actor.presentity.callsAs === callsAs) return true
  return changePerson(engine, actor, { input: { type: 'callsAs', callsAs }, clock })
}

function changePerson(
  engine: Engine,
  actor: Actor,
  { input, clock }: { readonly input: Input; readonly clock: Clock },
): Promise<boolean> {
  return new Promise((resolve) => {
    const { pauses, callsAs } = actor.presentity
    const finish = (stored: boolean) => {
      stopWatching()
      timer.cancel()
      resolve(stored)
    }
    const timer = clock.after(waitMs, () => finish(false))
    const stopWatching = engine.watch((one) => {
      const { presentity } = actor
      if (one === actor && (presentity.pauses !== pauses || presentity.callsAs !== callsAs)) finish(true)
    })
    engine.mailboxes.post(actor, input)
  })
}
