import type { Outcome } from '../core/connector.ts'
import type { Contribution } from '../core/ledger.ts'
import { isOpen } from '../core/ledger.ts'
import type { Clock } from '../core/ports.ts'
import type { Point } from '../core/presentity.ts'
import type { ReleaseReport } from '../core/view.ts'
import type { Actor } from './actor.ts'
import { slotKey } from './actor.ts'
import type { Engine } from './engine.ts'
import { writeContribution } from './serialize.ts'

/** How long a release waits for the targets' answers, milliseconds. */
const waitMs = 15_000

/**
 * Takes back everything that the hub wrote for these people, while it runs. What asked for it before does not write
 * again; the next call or choice does.
 */
export async function releasePeople(
  engine: Engine,
  actors: readonly Actor[],
  clock: Clock,
): Promise<ReleaseReport> {
  const open = actors.flatMap((actor) => openOf(actor))
  for (const actor of new Set(open.map((one) => one.actor))) engine.mailboxes.post(actor, { type: 'release' })
  const done = () => open.every(({ contribution }) => contribution.endAckAt !== undefined)
  await waitFor(engine, done, clock)
  const released = open.map(({ actor, point, contribution }) => ({
    row: writeContribution(actor.presentity, point, { contribution, now: engine.now() }),
    outcome: outcomeOf(actor, point, contribution),
  }))
  return {
    released,
    remaining: open.filter(({ contribution }) => contribution.endAckAt === undefined).length,
  }
}

interface OpenOne {
  readonly actor: Actor
  readonly point: Point
  readonly contribution: Contribution
}

function openOf(actor: Actor): OpenOne[] {
  return actor.presentity.points.flatMap((point) =>
    (point.contributions ?? []).filter(isOpen).map((contribution) => ({ actor, point, contribution })),
  )
}

function outcomeOf(actor: Actor, point: Point, contribution: Contribution): Outcome {
  const state = actor.slots?.get(slotKey(point, contribution.slot))
  if (contribution.endAckAt !== undefined)
    return { kind: 'applied', at: state?.writtenAt ?? contribution.endAckAt }
  return { kind: 'failed', reason: state?.detail ?? 'the target has not answered yet; it is tried again' }
}

function waitFor(engine: Engine, done: () => boolean, clock: Clock): Promise<void> {
  if (done()) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      stopWatching()
      timer.cancel()
      resolve()
    }
    const timer = clock.after(waitMs, finish)
    const stopWatching = engine.watch(() => {
      if (done()) finish()
    })
  })
}
