import type { Grant } from '../../../src/core/access.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { personKey } from '../live/board-store.ts'
import { accessWords } from './access-words.ts'

/** What rights can be about, as far as it is known. */
export interface KnownPlaces {
  readonly tenants: readonly string[]
  /** By tenant; a tenant that was not asked for yet has no entry. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly people: ReadonlyMap<string, PersonView> | undefined
}

/** Why a right does nothing, in words; undefined where it does, and where that is not known. */
export function checkGrant(grant: Grant, { tenants, groups, people }: KnownPlaces): string | undefined {
  const { wrong } = accessWords()
  if (grant.role === 'operator') return undefined
  if (tenants.length > 0 && !tenants.includes(grant.tenant)) return wrong.tenant(grant.tenant)
  if (grant.role === 'supervisor') {
    const known = groups.get(grant.tenant)
    const missing = known ? grant.groups?.filter((group) => !known.includes(group)) : undefined
    return missing && missing.length > 0 ? wrong.groups(missing.join(', ')) : undefined
  }
  if (grant.role !== 'member' || grant.person === '') return undefined
  const there = people?.has(personKey({ tenant: grant.tenant, id: grant.person.toLowerCase() })) ?? true
  return there ? undefined : wrong.person(grant.person)
}
