import { Access, type AccessParts } from '../../access/access.ts'
import { ProviderSignIn } from '../../access/oidc/provider-sign-in.ts'
import { type FindPerson, markOfRules } from '../../access/oidc/settings.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { Log } from '../../core/ports.ts'
import type { HubPort } from '../../core/view.ts'
import { writeCommandToken } from './command-token.ts'
import type { Outbound } from './outbound.ts'
import type { RunningTenant } from './port.ts'

export interface SignInParts extends Pick<AccessParts, 'store' | 'clock' | 'note'> {
  readonly log: Log
  readonly hub: HubPort
  readonly outbound: Outbound
  readonly tenants: ReadonlyMap<string, RunningTenant>
}

/** A wallboard shows all day; after a week everyone shows once more who they are. */
const life = { idleMs: 12 * 3_600_000, wholeMs: 7 * 24 * 3_600_000 }

/** Accounts, sessions, and the providers where people may sign in as well. */
export async function openSignIn(config: ResolvedConfig, parts: SignInParts) {
  const { clock, log, hub, tenants } = parts
  const commandToken = writeCommandToken(config.store.path)
  // A session that one hub opened would be nobody's at the others: with several, callers have tokens.
  if (config.cluster) return { access: undefined, ports: { commandToken } }
  const settings = config.signIn?.providers ?? []
  const access = new Access({ ...parts, life, outside: new Set(settings.map(markOfRules)) })
  await access.load()
  const findPerson: FindPerson = (tenant, address) => {
    const people = tenants.get(tenant)?.config.people ?? []
    const byMail = people.find(({ mail }) => mail?.toLowerCase() === address)
    const view = hub.person(address, tenant) ?? (byMail && hub.person(byMail.upn, tenant))
    return view?.id
  }
  const providers =
    settings.length > 0
      ? new ProviderSignIn({ settings, access, clock, log, findPerson, fetch: parts.outbound.fetch })
      : undefined
  const ports = {
    ...{ access, accounts: access.accounts, commandToken },
    ...(providers && { providers }),
  }
  return { access, ports }
}
