import type { HubPort } from '../../core/view.ts'
import type { Actor } from '../../engine/actor.ts'
import type { Engine } from '../../engine/engine.ts'
import { apiId, type RunningSystem } from './systems.ts'

interface ResyncParts {
  readonly engine: Engine
  readonly tenants: ReadonlyMap<string, { readonly systems: ReadonlyMap<string, RunningSystem> }>
  readonly find: (key: string, tenant: string | undefined) => Actor | undefined
}

/** Has systems read again: everything that a connector follows, or all that is one person's. */
export function createResync({
  engine,
  tenants,
  find,
}: ResyncParts): Pick<HubPort, 'resync' | 'resyncPerson'> {
  const instanceOf = (tenant: string, connector: string) =>
    connector === apiId ? undefined : tenants.get(tenant)?.systems.get(connector)?.system.instance
  return {
    resync: (tenant, connector) => {
      const instance = instanceOf(tenant, connector)
      instance?.resync(engine.people.addresses(tenant, connector))
      return instance !== undefined
    },
    resyncPerson: (key, tenant) => {
      const actor = find(key, tenant)
      for (const { connector, address } of actor?.presentity.points ?? []) {
        instanceOf(actor!.presentity.tenant, connector)?.resync([address])
      }
      return actor !== undefined
    },
  }
}
