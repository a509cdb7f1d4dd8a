import type { KeyValue, Outcome, Publication } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import type { Priority } from '../kit/budget.ts'
import { outcomeOfReply } from '../kit/write-outcome.ts'
import type { PbxClient } from './client.ts'
import type { Settings } from './config.ts'
import { decodeDnd, type VodiaDnd } from './dnd.ts'

/** A write that got no turn in this time goes back to the hub, which may want something else by then. */
const patienceMs = 2_000

const unknownExtension: Outcome = {
  kind: 'rejected',
  reason: 'The PBX knows no such extension.',
  fix: 'Correct the address of the person.',
}

export interface WriteParts {
  readonly client: PbxClient
  readonly settings: Settings
  readonly clock: Clock
  /** How the PBX gave back the reason of what we set, by extension: `reason 1001`. */
  readonly memory: KeyValue
  /** The PBX shows no end of a do not disturb that was given one. */
  withoutExpiry(missing: boolean): void
}

type Read = { readonly dnd: VodiaDnd } | { readonly outcome: Outcome }

/**
 * Sets or clears do not disturb of an extension and reads it back. Idempotent; never throws. What stands there with a
 * reason other than ours is the person's and is left as it is, by a withdrawal too: nothing of ours is left there.
 */
export async function writeDnd(publication: Publication, parts: WriteParts): Promise<Outcome> {
  const { settings, clock } = parts
  const { address, act, state, lifeMs } = publication
  const on = isDoNotDisturb(state)
  const priority: Priority = act === 'withdraw' ? 'withdraw' : 'write'
  const before = await read(parts, address, priority)
  if ('outcome' in before) return before.outcome
  const key = `reason ${address}`
  // As it was given back when we set it: another `dndReason` by now, or a PBX that words it anew, makes it nobody else's.
  const ours = ['', settings.dndReason, await parts.memory.get(key)]
  const foreign = before.dnd.on && !ours.includes(before.dnd.reason)
  if (foreign || (!on && !before.dnd.on)) return { kind: 'unchanged', at: clock.wall() }
  const expires = Math.round((lifeMs ?? settings.dndMinutes * 60_000) / 1000)
  const reply = await parts.client.send({
    ...{ call: 'setDnd', method: 'POST', path: parts.client.userPath(address, 'dnd'), priority, patienceMs },
    body: on
      ? {
          state: true,
          reason: settings.dndReason,
          ...(settings.dndExpires && { expires: String(expires) }),
        }
      : { state: false },
  })
  if (reply.kind !== 'ok' && reply.kind !== 'malformed')
    return outcomeOfReply(reply, 'sent', unknownExtension)
  const after = await read(parts, address, priority)
  if ('outcome' in after) return { kind: 'failed', reason: `what was written could not be read back` }
  if (after.dnd.on !== on) return { kind: 'failed', reason: 'the PBX does not show what was written' }
  if (on) await parts.memory.set(key, after.dnd.reason)
  else await parts.memory.delete(key)
  if (on && settings.dndExpires) parts.withoutExpiry(after.dnd.expires === undefined)
  return { kind: 'applied', at: clock.wall() }
}

async function read({ client }: WriteParts, extension: string, priority: Priority): Promise<Read> {
  const path = client.userPath(extension, 'dnd')
  const reply = await client.send({ call: 'dnd', method: 'GET', path, priority, patienceMs })
  if (reply.kind !== 'ok') return { outcome: outcomeOfReply(reply, 'asked', unknownExtension) }
  const dnd = decodeDnd(reply.json)
  return dnd ? { dnd } : { outcome: { kind: 'failed', reason: 'the answer of the PBX was not understood' } }
}
