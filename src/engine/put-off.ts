import type { Actor } from './actor.ts'
import type { System } from './system.ts'
import { systemKey } from './system.ts'

/** Writes that are to be sent again later, and since when the first of them is meant; hub time. */
export interface PutOff {
  readonly depth: number
  readonly oldestAt: number | undefined
}

/** What every system was to be told and took not yet: it asked to wait, or gave no answer. */
export function findPutOff(actors: Iterable<Actor>): (system: Pick<System, 'tenant' | 'id'>) => PutOff {
  const found = new Map<string, PutOff>()
  for (const actor of actors) {
    for (const [slot, { retryAt, inFlight }] of actor.slots ?? []) {
      if (retryAt === undefined || inFlight) continue
      const [connector = ''] = slot.split('\n')
      const key = systemKey(actor.presentity.tenant, connector)
      const { depth, oldestAt } = found.get(key) ?? { depth: 0, oldestAt: undefined }
      const times = [oldestAt, intendedAt(actor, slot)].filter((at) => at !== undefined)
      found.set(key, { depth: depth + 1, oldestAt: times.length > 0 ? Math.min(...times) : undefined })
    }
  }
  return ({ tenant, id }) => found.get(systemKey(tenant, id)) ?? { depth: 0, oldestAt: undefined }
}

/** When the write was first meant that the ledger has without an answer. */
function intendedAt({ presentity }: Actor, key: string): number | undefined {
  const [connector, address, slot] = key.split('\n')
  const point = presentity.points.find((one) => one.connector === connector && one.address === address)
  const open = point?.contributions?.findLast((one) => one.slot === slot && one.endAckAt === undefined)
  return open?.endIntentAt ?? (open && open.ackAt === undefined ? open.intentAt : open?.refreshedAt)
}
