import type { Delivery, ProgramSocket } from '../../core/connector.ts'
import type { DeliveryPort } from '../../http/hook-routes.ts'
import type { RunningTenant } from './port.ts'

/** Hands what arrives at callback addresses to the instance of now; a failed start puts another in its place. */
export function deliverTo(tenants: ReadonlyMap<string, RunningTenant>): DeliveryPort {
  const find = (tenant: string, connector: string) =>
    tenants.get(tenant)?.systems.get(connector)?.system.instance
  return {
    receive: (tenant: string, connector: string, delivery: Delivery) =>
      find(tenant, connector)?.receive?.(delivery),
    accept: (tenant, connector) => {
      const instance = find(tenant, connector)
      return instance?.accept && ((socket: ProgramSocket) => instance.accept?.(socket))
    },
  }
}
