import type { Outcome } from '../../core/connector.ts'
import type { QueueMember } from './queue-members.ts'
import { readMember } from './queue-members.ts'
import { rightFor } from './rights.ts'
import { AmiRefusal, type AmiSession } from './session.ts'

/** By this reason our pauses are told from those of a person, in the queue log too. */
const ourReason = 'hookswitch'
/** Who is in no queue may sign in to one at any time. */
const nowhereRetryMs = 60_000

export async function readMembers(session: AmiSession): Promise<readonly QueueMember[]> {
  return session.list('QueueStatus', {}, (item) => {
    const member = item.name === 'QueueMember' ? readMember(item) : undefined
    return member ? [member] : []
  })
}

/**
 * Pauses somebody in the queues where they are not paused yet, or ends the pauses that are ours; where none is, all of
 * them, because then a pause is to be ended that a person made. Never throws.
 */
export async function writePause(
  session: AmiSession,
  { extension, on }: { readonly extension: string; readonly on: boolean },
  wall: () => number,
): Promise<Outcome> {
  try {
    const places = await placesOf(session, extension)
    if (places.length === 0) return nowhere(extension, on, wall)
    const ours = places.filter(({ reason, paused }) => paused && reason === ourReason)
    const wrong = places.filter(({ paused }) => paused !== on)
    const changed = on || ours.length === 0 ? wrong : ours
    for (const { queue, interface: name } of changed) {
      const fields = { Queue: queue, Interface: name, Paused: String(on), Reason: on ? ourReason : '' }
      await session.action('QueuePause', fields)
    }
    const after = await placesOf(session, extension)
    const paused = after.length > 0 && after.every((one) => one.paused)
    // Where a person had paused one of several queues, ending ours leaves theirs.
    if (after.length > 0 && paused !== on) {
      return {
        kind: 'failed',
        reason: `The queues do not show that ${extension} ${on ? 'is paused' : 'is back'}.`,
      }
    }
    return { kind: changed.length > 0 ? 'applied' : 'unchanged', at: wall() }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!(error instanceof AmiRefusal) || !error.denied) return { kind: 'failed', reason }
    const fix = `Add ${rightFor(error.action)} to this user in manager.conf and reload the manager.`
    return { kind: 'rejected', reason, fix }
  }
}

async function placesOf(session: AmiSession, extension: string): Promise<readonly QueueMember[]> {
  return (await readMembers(session)).filter((member) => member.extension === extension)
}

function nowhere(extension: string, on: boolean, wall: () => number): Outcome {
  if (!on) return { kind: 'unchanged', at: wall() }
  return {
    kind: 'deferred',
    reason: `${extension} is in no queue at the moment.`,
    retryAfterMs: nowhereRetryMs,
  }
}
