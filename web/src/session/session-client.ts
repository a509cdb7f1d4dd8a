import type { Grant } from '../../../src/core/access.ts'
import { ask, HubError } from '../live/http.ts'

export interface SignedIn {
  readonly name: string
  readonly displayName: string
  /** What they may do, and where. */
  readonly grants: readonly Grant[]
}

/** How this browser stands with the hub. */
export interface SessionView {
  /** Somebody has an account: people sign in. */
  readonly setUp: boolean
  /** Whoever is on the hub's machine may do everything. */
  readonly open: boolean
  readonly account?: SignedIn
  /** Whether anybody has a password; told where there are providers. */
  readonly passwords?: boolean
  /** Where one may sign in as well. */
  readonly providers?: readonly { readonly id: string; readonly title: string }[]
  /** The account has a password here. */
  readonly ownPassword?: boolean
  /** When the session ends whatever happens; wall clock, milliseconds. */
  readonly until?: number
}

const path = '/api/v1/session'

/** A hub without accounts, such as the demo, does not know of sessions. Throws where the hub gives no answer. */
export async function readSession(signal?: AbortSignal): Promise<SessionView | undefined> {
  try {
    return (await ask(path, signal ? { signal } : {})) as SessionView
  } catch (error) {
    if (error instanceof HubError && error.status >= 400 && error.status < 500) return undefined
    throw error
  }
}

/** Throws HubError with why not. */
export async function signIn(name: string, password: string): Promise<SessionView> {
  return (await ask(path, { method: 'POST', body: { name, password } })) as SessionView
}

/** Ends every other session of the account. Throws HubError with why not. */
export async function changePassword(current: string, password: string): Promise<void> {
  await ask(`${path}/password`, { method: 'PUT', body: { current, password } })
}

/** A session that began at a provider ends there too: the browser goes there, and comes back. */
export async function signOut(): Promise<void> {
  const { signOutUrl } = (await ask(path, { method: 'DELETE' })) as { readonly signOutUrl?: string }
  if (signOutUrl !== undefined) location.assign(signOutUrl)
}

/** Why a sign-in at a provider failed, by what the address has of it; undefined where it is forgotten. */
export async function readWords(id: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return ((await ask(`/api/v1/sign-in-words/${id}`, { signal })) as { readonly refused: string }).refused
  } catch {
    return undefined
  }
}

/** Throws HubError with why not. */
export async function createFirstAccount(wish: {
  readonly code: string
  readonly name: string
  readonly displayName: string
  readonly password: string
}): Promise<SessionView> {
  return (await ask('/api/v1/set-up', { method: 'POST', body: wish })) as SessionView
}
