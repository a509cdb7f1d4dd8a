import { noteEmergencyCalls } from '../core/emergency.ts'
import { noteForkedCalls } from '../core/forked-call.ts'
import type { Point } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import type { Turn } from './work.ts'
import { reviewBy } from './work.ts'

/**
 * What has to be known of a person's calls before anything is decided, and outlives the calls: that help may call
 * back, and that a call on the other side came over a phone line of the person's own.
 */
export function noteCalls(actor: Actor, turn: Turn): void {
  const { presentity } = actor
  const isPhone = (point: Point) => turn.system(point.connector)?.manifest.kind === 'pbx'
  if (noteForkedCalls(presentity.points, { now: turn.now, isPhone })) turn.work.dirty = true
  const emergency = { now: turn.now, settings: turn.policy.ring.emergency, isPhone }
  if (noteEmergencyCalls(presentity, { ...emergency, isExtension: turn.isAddress })) {
    turn.work.dirty = true
    // A phone silenced again too early could not be reached by those who were called for help.
    turn.work.durability = 'full'
  }
  reviewBy(turn.work, presentity.callBack?.until)
}
