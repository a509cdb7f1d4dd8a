import type { Grant } from '../../../src/core/access.ts'
import { words } from '../language/words.ts'

/** A right as its owner reads it: "Supervisor · Tenant contoso · Groups: desk". */
export function grantText(grant: Grant): string {
  const { account } = words().pages
  const where = 'tenant' in grant ? account.whole(grant.tenant) : account.allTenants
  const groups = 'groups' in grant && grant.groups ? [account.groups(grant.groups.join(', '))] : []
  const person = 'person' in grant ? [grant.person] : []
  return [account.roles[grant.role] ?? grant.role, where, ...groups, ...person].join(' · ')
}
