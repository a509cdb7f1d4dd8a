import type { Grant } from '../../../src/core/access.ts'
import type { AccountView, AccountWish } from '../../../src/core/accounts-port.ts'
import { ask } from '../live/http.ts'

/** Where a password is chosen; told once. */
export interface ToldLink {
  /** Below the address of the hub. */
  readonly path: string
  /** Wall clock, milliseconds. */
  readonly until: number
}

const pathOf = (id: string, rest = '') => `/api/v1/accounts/${encodeURIComponent(id)}${rest}`

export async function readAccounts(signal: AbortSignal): Promise<readonly AccountView[]> {
  return ((await ask('/api/v1/accounts', { signal })) as { accounts: readonly AccountView[] }).accounts
}

/** Throws HubError with why not, here and below. */
export async function createAccount(wish: AccountWish): Promise<ToldLink> {
  return ((await ask('/api/v1/accounts', { method: 'POST', body: wish })) as { link: ToldLink }).link
}

export async function changeAccount(
  id: string,
  wish: { readonly displayName: string; readonly grants?: readonly Grant[] },
): Promise<void> {
  await ask(pathOf(id), { method: 'PUT', body: wish })
}

export async function makeLink(id: string): Promise<ToldLink> {
  return (await ask(pathOf(id, '/link'), { method: 'POST' })) as ToldLink
}

export async function signOutEverywhere(id: string): Promise<void> {
  await ask(pathOf(id, '/sessions'), { method: 'DELETE' })
}

export async function deleteAccount(id: string): Promise<void> {
  await ask(pathOf(id), { method: 'DELETE' })
}
