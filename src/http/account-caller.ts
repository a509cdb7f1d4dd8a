import type { Grant, Session } from '../core/access.ts'
import type { Caller, Stretch } from './authorize.ts'

/** What somebody who signed in may do, and where: all they were granted together. */
export function callerOfSession({
  account,
  until,
  id: session,
}: Pick<Session, 'account' | 'until' | 'id'>): Caller {
  const { id, name, grants } = account
  const caller = { name, account: { id, ...(session !== undefined && { session }) }, until }
  if (grants.some(({ role }) => role === 'operator')) return { ...caller, scopes: ['admin'] }
  const reach = grants.flatMap((grant) => stretchOf(grant))
  return { ...caller, scopes: [...new Set(reach.flatMap(({ scopes }) => scopes))], reach }
}

function stretchOf(grant: Grant): readonly Stretch[] {
  switch (grant.role) {
    case 'operator':
      return []
    case 'admin':
      return [{ tenant: grant.tenant, scopes: ['admin'] }]
    case 'supervisor': {
      const only = grant.groups ? { groups: grant.groups } : 'people'
      return [{ tenant: grant.tenant, scopes: ['read'], only }]
    }
    case 'member':
      return [{ tenant: grant.tenant, scopes: [], only: { person: grant.person.toLowerCase() } }]
  }
}
