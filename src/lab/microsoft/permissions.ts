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

/** Delegated permissions that allow each operation, by themselves for the own person only. */
const allowedForOwn: Readonly<Partial<Record<Operation, readonly string[]>>> = {
  readPresence: ['Presence.Read', 'Presence.ReadWrite', 'Presence.Read.All'],
  writePresence: ['Presence.ReadWrite'],
}

/** Whether somebody who signed in lets the application do this to them; Graph has no such permission over others. */
export function mayForOwn({ user }: Grant, operation: Operation, id: string): boolean {
  const scopes = allowedForOwn[operation] ?? []
  return user !== undefined && user.id === id && user.scopes.some((one) => scopes.includes(one))
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
