import { EntraRefusal } from './entra-errors.ts'
import { isShared } from './shared-endpoints.ts'
import type { Tenant } from './tenant.ts'
import type { User } from './user.ts'
import type { MicrosoftWorld } from './world.ts'

/** So many accounts of a tenant are offered on a page. */
const shownAccounts = 50

export interface Account {
  readonly tenant: Tenant
  readonly user: User
}

/** Who can sign in at a path: of one tenant, or of every one. @throws EntraRefusal */
export function listAccounts(world: MicrosoftWorld, path: string): readonly Account[] {
  const named = world.tenants.get(path)
  if (!named && !isShared(path)) throw new EntraRefusal(90002, `Tenant '${path}' is not one of the lab's.`)
  const tenants = named ? [named] : [...world.tenants.values()]
  return tenants.flatMap((tenant) => tenant.people().map(({ user }) => ({ tenant, user })))
}

/** A page with accounts and no passwords. */
export function accountPage(title: string, url: string, accounts: readonly Account[]): string {
  const link = (user: string, words: string) =>
    `<li><a href="${encodeText(`${url}&lab_user=${encodeURIComponent(user)}`)}">${encodeText(words)}</a></li>`
  const rows = accounts
    .slice(0, shownAccounts)
    .map(({ user: { userPrincipalName: upn, displayName } }) => link(upn, `${displayName} ${upn}`))
  return page(`<h1>${title}</h1><ul>${rows.join('')}${link('', 'Cancel')}</ul>`)
}

export function page(body: string): string {
  return `<!doctype html><html lang="en"><head><title>Sign in (lab)</title></head><body>${body}</body></html>`
}

function encodeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
