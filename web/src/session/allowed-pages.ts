import type { PageName } from '../frame/route.ts'
import type { SessionView } from './session-client.ts'

/** What is known of the caller. */
export interface CallerSigns {
  readonly session: SessionView | undefined
  /** An API token is sent in the place of a session. */
  readonly token: boolean
  /** The hub keeps an audit log, and let a caller with a token read it. */
  readonly audit: { readonly kept: boolean; readonly readByToken: boolean }
}

/** The pages that the caller may see: no other is offered. The hub itself refuses what they may not read. */
export function allowedPages(signs: CallerSigns): readonly PageName[] {
  const pages: PageName[] = ['board']
  if (mayWatchSystems(signs)) pages.push('health')
  if (signs.audit.kept && mayReadAudit(signs)) pages.push('audit')
  return [...pages, 'account']
}

/** Connectors, alerts and figures concern who runs the hub or a tenant. */
export function mayWatchSystems({ session, token }: Pick<CallerSigns, 'session' | 'token'>): boolean {
  if (token || session === undefined || session.open) return true
  const roles = session.account?.grants?.map(({ role }) => role)
  return roles === undefined || roles.includes('operator') || roles.includes('admin')
}

function mayReadAudit({ session, token, audit }: CallerSigns): boolean {
  if (token) return audit.readByToken
  if (session?.open) return true
  return session?.account?.grants?.some(({ role }) => role === 'operator' || role === 'admin') ?? false
}
