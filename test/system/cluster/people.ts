import { samplePeople } from '../e2e/world.ts'

export interface ClusterPerson {
  readonly upn: string
  readonly tenant: string
  readonly extension: string
  readonly addresses: Readonly<Record<string, string | readonly string[]>>
}

/** Two people each. */
export const tenants = ['t1', 't2', 't3', 't4', 't5', 't6'] as const

/** Those of the lab as it starts. */
export const people: readonly ClusterPerson[] = samplePeople().map(({ upn, addresses }, index) => ({
  upn,
  tenant: tenants[index % tenants.length]!,
  extension: [addresses.pbx!].flat()[0]!,
  addresses,
}))

/** `count` more with a phone each, in `groups` tenants c0, c1 and so on. */
export function makeCrowd(count: number, groups: number): readonly ClusterPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const extension = String(20_000 + index)
    const upn = `p${extension}@contoso.example`
    return { upn, tenant: `c${index % groups}`, extension, addresses: { pbx: extension } }
  })
}

/** People with real phones at a real PBX, in a tenant of their own. */
export function makeCallers(count: number): readonly ClusterPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const extension = String(7_001 + index)
    return {
      ...{ upn: `s${extension}@contoso.example`, tenant: 'sip', extension },
      addresses: { lamps: extension },
    }
  })
}
