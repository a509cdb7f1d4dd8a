import type { WriteSlot } from '../../core/connector.ts'
import type { FeedEvent, Observation } from '../../core/observation.ts'
import type { LedgerRow } from '../../core/ports.ts'

/** Beyond the settle time of a slot: clocks of phone systems and lines between take their time, milliseconds. */
const graceMs = 2_000

/** Whether somebody's do not disturb, or pause in queues, is seen to be off. */
function isOff({ facet }: Observation): boolean {
  return (facet.kind === 'dnd' && !facet.on) || (facet.kind === 'queue' && !facet.paused)
}

/**
 * Rows of what was written and is not there any more although nobody took it back here: by hand, at the phone. What stands
 * there later is that person's.
 */
export function takenByHand(
  event: FeedEvent,
  rows: readonly LedgerRow[],
  slots: readonly WriteSlot[],
): readonly LedgerRow[] {
  if (event.type !== 'observed' && event.type !== 'snapshot') return []
  const observations = event.type === 'observed' ? [event.observation] : event.observations
  return observations.filter(isOff).flatMap(({ address, observedAt }) =>
    rows.filter((row) => {
      const slot = slots.find((one) => one.slot === row.slot)
      if (row.address !== address || slot?.readBack !== 'own') return false
      return observedAt > row.updatedAt + slot.settleMs + graceMs
    }),
  )
}
