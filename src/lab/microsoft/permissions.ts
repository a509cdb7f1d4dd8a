import type { Role } from './application.ts'
import { GraphRefusal } from './graph-error.ts'
import type { Grant } from './tokens.ts'

export type Operation = 'readPresence' | 'writePresence' | 'readUsers' | 'readWholeUsers' | 'readApplications'

/** Application permissions that allow each operation, least first (Graph's permission tables). */
const allowed: Readonly<Record<Operation, readonly Role[]>> = {
  readPresence: ['Presence.Read.All', 'Presence.ReadWrite.All'],
  writePresence: ['Presence.ReadWrite.All'],
  readUsers: ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
  readWholeUsers: ['User.Read.All', 'Directory.Read.All'],
  readApplications: ['Application.Read.All', 'Directory.Read.All'],
}

export function may(grant: Grant, operation: Operation): boolean {
  return allowed[operation].some((role) => grant.roles.includes(role))
}

/** Throws the 403 of a missing application permission. */
export function demand(grant: Grant, operation: Operation): void {
  if (may(grant, operation)) return
  const needed = allowed[operation].join(', ')
  const message = `Insufficient privileges to complete the operation. The API requires one of '${needed}'; roles on the request: '${grant.roles.join(', ')}'.`
  throw new GraphRefusal(403, 'Authorization_RequestDenied', message)
}
