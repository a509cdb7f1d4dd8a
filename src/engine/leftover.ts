import { choiceOf } from '../core/choice.ts'
import type { Contribution } from '../core/ledger.ts'
import type { Observation } from '../core/observation.ts'
import type { Presence } from '../core/presence.ts'
import { samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import { writeContribution } from './serialize.ts'
import type { Turn } from './work.ts'

/**
 * The first word about an address since the process began, and nothing that is remembered explains it: it may show a
 * session of our own from before the memory was lost, or one from after the copy that was put back was taken. A session
 * is ours by its identity, so it is taken for one that was sent without an answer: asserted again where it is wanted,
 * else cleared. What is still shown when that is settled is no session of ours.
 */
export function claimLeftover(
  actor: Actor,
  point: Point,
  { said, turn }: { readonly said: readonly Observation[]; readonly turn: Turn },
): void {
  if (point.read || actor.retired?.has(point) || !isWritten(actor, point, turn)) return
  for (const { facet } of said) {
    if (facet.kind !== 'presence' || isExplained(point, facet.state)) continue
    for (const slot of turn.system(point.connector)?.slots ?? []) {
      if (slot.contribution !== 'ownSession') continue
      if (!slot.states.some((state) => samePresence(state, facet.state))) continue
      const contribution = leftover(slot.slot, facet.state, turn)
      point.contributions = [...(point.contributions ?? []), contribution]
      // Whosever it is: it shows that nothing stronger is picked.
      const choice = choiceOf(facet.state)
      if (choice && !point.base) point.base = { state: choice, at: turn.now, by: 'adopted' }
      const entry = writeContribution(actor.presentity, point, { contribution, now: turn.now })
      turn.work.dirty = true
      turn.work.changes.push({ put: 'ledger', entry })
      return
    }
  }
}

/** The system said so by itself before, or it is what we are known to have written there. */
function isExplained({ native, contributions = [] }: Point, state: Presence): boolean {
  return (
    (native !== undefined && samePresence(native.state, state)) ||
    contributions.some((one) => one.act === 'assert' && samePresence(one.state, state))
  )
}

/** A hub that only observes has left nothing there, and writes nothing. */
function isWritten({ presentity }: Actor, { connector }: Point, { policy }: Turn): boolean {
  return policy.links.some(
    ({ to, observeOnly, people }) =>
      to === connector && !observeOnly && (people === undefined || people.has(presentity.id)),
  )
}

function leftover(slot: string, state: Presence, { now, nextId }: Turn): Contribution {
  return {
    id: nextId(),
    slot,
    act: 'assert',
    state,
    cause: { link: '', kind: 'condition', at: now, text: 'perhaps ours, from before the memory was lost' },
    found: undefined,
    before: undefined,
    intentAt: now,
    ackAt: undefined,
    confirmedAt: undefined,
    expiresAt: undefined,
    refreshedAt: undefined,
    endIntentAt: undefined,
    endAckAt: undefined,
    endConfirmedAt: undefined,
    ending: undefined,
    doubted: true,
  }
}
