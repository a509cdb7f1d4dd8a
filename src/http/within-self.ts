import type { SelfPort, SelfSubject } from '../core/self-port.ts'
import type { HubPort } from '../core/view.ts'
import type { Reach } from './reach.ts'

/** `hub` is within the same reach. */
export function selfWithin(
  self: SelfPort,
  { hub, reach }: { readonly hub: HubPort; readonly reach: Reach },
): SelfPort {
  if (reach.isEverything) return self
  const has = ({ tenant, person }: SelfSubject) => hub.person(person, tenant) !== undefined
  return {
    read: (who) => (has(who) ? self.read(who) : undefined),
    switchDirection: async (wish) => (has(wish) ? self.switchDirection(wish) : { refused: 'nobody' }),
    chooseCalls: async (wish) => (has(wish) ? self.chooseCalls(wish) : { refused: 'nobody' }),
    noteVisit: async (who) => {
      if (has(who)) await self.noteVisit(who)
    },
    visits: async (tenant) => (reach.hasTenant(tenant) ? self.visits(tenant) : undefined),
  }
}
