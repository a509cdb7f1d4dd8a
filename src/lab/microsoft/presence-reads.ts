import type { Clock } from '../../core/ports.ts'
import type { Switches } from '../switches.ts'
import { GraphRefusal } from './graph-error.ts'
import type { Person } from './person.ts'
import { presenceJson, unknownPresenceJson } from './presence-json.ts'
import type { Tenant } from './tenant.ts'
import { isGuid } from './user.ts'

export const largestBatch = 650

export interface ReadContext {
  readonly tenant: Tenant
  readonly switches: Switches
  readonly clock: Clock
  /** Extra age of what is read, from the fault `stale`. */
  readonly staleMs: number
}

/** The person behind an object id. A UPN in a presence path is refused, as by the service. */
export function personOf(tenant: Tenant, id: string, unlicensed: Switches['unlicensed'] = 'refused'): Person {
  if (!isGuid(id)) {
    throw new GraphRefusal(
      400,
      'BadRequest',
      `'${id}' is not an object id; a presence is asked for by object id.`,
    )
  }
  const person = tenant.byId(id)
  if (person?.user.teams || (person && unlicensed === 'accepted')) return person
  throw new GraphRefusal(404, 'NotFound', `No presence was found for the user '${id}'.`)
}

function spell(context: ReadContext, person: Person): Record<string, unknown> {
  const at = context.clock.monotonic() - context.switches.readLagMs - context.staleMs
  return presenceJson(context.tenant.read(person, context.staleMs), context.switches, at)
}

export function readOne(context: ReadContext, id: string): Record<string, unknown> {
  return spell(context, personOf(context.tenant, id))
}

/** getPresencesByUserId; `badId` decides about ids that have no presence. */
export function readMany(context: ReadContext, ids: unknown): Record<string, unknown>[] {
  if (!Array.isArray(ids) || ids.length === 0) {
    throw new GraphRefusal(400, 'InvalidArgument', 'The [Ids] must not be empty.')
  }
  if (ids.length > largestBatch) {
    throw new GraphRefusal(400, 'InvalidArgument', `The [Ids] must not be more than ${largestBatch}.`)
  }
  const answer: Record<string, unknown>[] = []
  for (const id of ids) {
    const person = typeof id === 'string' ? context.tenant.byId(id) : undefined
    if (person?.user.teams) answer.push(spell(context, person))
    else if (typeof id !== 'string') throw new GraphRefusal(400, 'InvalidArgument', 'The [Ids] must be text.')
    else if (context.switches.badId === 'error') personOf(context.tenant, id)
    else if (context.switches.badId === 'unknown') answer.push(unknownPresenceJson(id, context.switches))
  }
  return answer
}
