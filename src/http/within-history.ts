import type { HistoryPort, NothingTold, PastSubject } from '../core/history-port.ts'
import type { HubPort } from '../core/view.ts'
import type { Reach } from './reach.ts'
import { wholeTenants } from './within-hub.ts'

/** The past of what is reached; `hub` is within the same reach. */
export function historyWithin(
  history: HistoryPort,
  { hub, reach }: { readonly hub: HubPort; readonly reach: Reach },
): HistoryPort {
  if (reach.isEverything) return history
  /** Whom is meant: who has left is known by id, where only one tenant can be meant. */
  const place = ({ key, tenant, who }: PastSubject): PastSubject | undefined => {
    const person = hub.person(key, tenant)
    if (person) return { key: person.id, tenant: person.tenant, who }
    const [only, ...more] = reach.tenants(tenant)
    if (only === undefined || more.length > 0) return undefined
    return reach.has({ tenant: only, id: key.toLowerCase() }) ? { key, tenant: only, who } : undefined
  }
  /** The named tenant, or the only one. */
  const owner = (tenant: string | undefined): string | undefined => {
    const [only, ...more] = wholeTenants(reach, tenant)
    return more.length > 0 ? undefined : only
  }
  const noTenant = (tenant: string | undefined): NothingTold => {
    const none =
      tenant === undefined ? 'There are several tenants: say which.' : `There is no tenant "${tenant}".`
    return { none }
  }
  return {
    keptFrom: (tenant) => history.keptFrom(tenant),
    explainAt: async (subject, at) => {
      const found = place(subject)
      return found && history.explainAt(found, at)
    },
    dayOf: async (subject, stretch) => {
      const found = place(subject)
      return found && history.dayOf(found, stretch)
    },
    personData: async (subject) => {
      const found = place(subject)
      return found && history.personData(found)
    },
    erase: async (subject) => {
      const found = place(subject)
      return found && history.erase(found)
    },
    policies: (tenant) => history.policies(tenant).filter((one) => reach.hasTenant(one.tenant)),
    inForce: (tenant) => history.inForce(tenant).filter((one) => reach.hasTenant(one.tenant)),
    policy: (version, tenant) => {
      const found = owner(tenant)
      return found === undefined ? undefined : history.policy(version, found)
    },
    rollback: async (wish) => {
      const tenant = owner(wish.tenant)
      return tenant === undefined ? noTenant(wish.tenant) : history.rollback({ ...wish, tenant })
    },
    unpin: async (wish) => {
      const tenant = owner(wish.tenant)
      return tenant === undefined ? noTenant(wish.tenant) : history.unpin({ ...wish, tenant })
    },
    audit: async (query) => (reach.hasTenant(query.tenant) ? history.audit(query) : []),
    note: (entry) => history.note(entry),
    isDiscreet: (tenant) => history.isDiscreet(tenant),
  }
}
