import type { SessionView } from './session-client.ts'

/** What is known of the caller, and of the hub before them. */
export interface CallerSigns {
  readonly session: SessionView | undefined
  /** An API token is sent in the place of a session. */
  readonly token: boolean
  /** The hub keeps an audit log, and let a caller with a token read it. */
  readonly audit: { readonly kept: boolean; readonly readByToken: boolean }
  /** Where the configuration is kept: a file is only shown. Undefined where it is not told, as by the demo. */
  readonly configuration: 'file' | 'stored' | undefined
}

type Caller = Pick<CallerSigns, 'session' | 'token'>

/** Connectors, alerts and figures concern who runs the hub or a tenant. */
export function mayWatchSystems({ session, token }: Caller): boolean {
  if (token || session === undefined || session.open) return true
  const roles = session.account?.grants?.map(({ role }) => role)
  return roles === undefined || roles.includes('operator') || roles.includes('admin')
}

/** Looks after a tenant, or after all. What a token may do, only the hub knows: the audit log takes the same right. */
export function administers({ session, token, audit }: CallerSigns): boolean {
  if (token) return audit.readByToken
  return has(session, 'operator') || has(session, 'admin')
}

/** Runs the hub. A token that reads everything's audit log is taken for one; the hub itself refuses where it is not. */
export function operates({ session, token, audit }: CallerSigns): boolean {
  return token ? audit.readByToken : has(session, 'operator')
}

/** Whether to ask for a lab: where people sign in, it is for who runs the hub. */
export function mayUseLab(session: SessionView | undefined): boolean {
  return session?.account === undefined || has(session, 'operator')
}

/** Who may do everything without an account has every role. */
function has(session: SessionView | undefined, role: 'operator' | 'admin'): boolean {
  if (session?.open) return true
  return session?.account?.grants?.some((grant) => grant.role === role) ?? false
}
