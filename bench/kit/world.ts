/** How large the emulated world is; the lab builds it and the hub is configured for it. */
export interface WorldSize {
  /** Entra tenants, each with an application of its own and a tenant of the hub. */
  readonly tenants: number
  readonly peoplePerTenant: number
  /** PBXs of each tenant; its people are spread evenly over them. */
  readonly pbxsPerTenant: number
}

/** One person of the world, by number within the tenant, from 0. */
export interface Somebody {
  readonly upn: string
  /** Number of the PBX within the tenant, from 0. */
  readonly pbx: number
  readonly extension: string
}

export const clientId = 'b3a1c2d4-1111-4222-8333-444455556666'
export const clientSecret = 'bench-not-a-real-secret'

/** Of the agents that tell calls in the place of PBXs. */
export const agentId = 'site'
export const agentToken = 'bench-agent-not-a-real-secret'

export function entraTenantId(tenant: number): string {
  return `10000000-2000-4000-8000-${String(tenant + 1).padStart(12, '0')}`
}

/** As the hub's configuration names it. */
export function tenantId(tenant: number): string {
  return `tenant${tenant + 1}`
}

export function domainOf(tenant: number): string {
  return `tenant${tenant + 1}.example`
}

/** As the lab's generator names people: `user001@domain`, with as many digits as the last number has. */
export function somebody(world: WorldSize, tenant: number, index: number): Somebody {
  const digits = String(world.peoplePerTenant).length
  return {
    upn: `user${String(index + 1).padStart(digits, '0')}@${domainOf(tenant)}`,
    pbx: index % world.pbxsPerTenant,
    extension: String(100_000 + index),
  }
}
