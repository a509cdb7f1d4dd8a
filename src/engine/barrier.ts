import type { Policy } from '../core/policy.ts'
import type { Point } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import type { System } from './system.ts'

/** A source that never spoke and left nothing behind from before is waited for only this long, milliseconds. */
const strangerWaitMs = 30_000

export interface BarrierInput {
  readonly actor: Actor
  readonly target: Point
  readonly system: System
  readonly policy: Policy
  readonly now: number
}

/**
 * The start barrier: nothing is published or withdrawn at a target until every linked source, and the target itself
 * where it can be read, has been heard once, or its restored signals ran out. Answers whom it waits for and until when.
 */
export function barrier({
  actor,
  target,
  system,
  policy,
  now,
}: BarrierInput): { readonly waitingFor: string; readonly until: number } | undefined {
  for (const point of actor.presentity.points) {
    if (point.feeds.length > 0 || actor.retired?.has(point) || !concerns(point, target, { system, policy }))
      continue
    const since = actor.joined?.get(point) ?? actor.since
    const until = since + (actor.restored && isRemembered(point) ? policy.lostHoldMs : strangerWaitMs)
    if (now < until) return { waitingFor: `${point.connector} ${point.address}`, until }
  }
  return undefined
}

function concerns(
  point: Point,
  target: Point,
  { system, policy }: { system: System; policy: Policy },
): boolean {
  if (point === target) return system.slots.some((slot) => slot.readBack !== 'none')
  if (point.connector === target.connector) return true
  return policy.links.some((link) => link.from === point.connector && link.to === target.connector)
}

/** Something that was said or written there before the restart is still to run out. */
function isRemembered({ legs, native, dnd, base, effects, contributions }: Point): boolean {
  return legs.length > 0 || [native, dnd, base, effects, contributions].some((one) => one !== undefined)
}
