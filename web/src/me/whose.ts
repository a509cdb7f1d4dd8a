import type { SelfSubject } from '../../../src/core/self-port.ts'
import type { SessionView } from '../session/session-client.ts'

/** The people whom an account speaks for: those it was granted; else a person by its name, should there be one. */
export function subjectsOf(session: SessionView | undefined): readonly SelfSubject[] {
  const { grants = [], name } = session?.account ?? {}
  const own = grants.flatMap((grant) =>
    grant.role === 'member' ? [{ tenant: grant.tenant, person: grant.person }] : [],
  )
  if (own.length > 0 || name === undefined || !name.includes('@')) return own
  const tenants = grants.flatMap((grant) => (grant.role === 'admin' ? [grant.tenant] : []))
  return tenants.map((tenant) => ({ tenant, person: name.toLowerCase() }))
}
