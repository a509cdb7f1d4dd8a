import { Access, type AccessParts } from '../../access/access.ts'
import { ProviderSignIn } from '../../access/oidc/provider-sign-in.ts'
import { type FindPerson, markOfRules } from '../../access/oidc/settings.ts'
import { TokenDesk } from '../../access/token-desk.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { HubPort } from '../../core/view.ts'
import { writeCommandToken } from './command-token.ts'
import type { ConfiguredTenants } from './hidden.ts'
import type { Outbound } from './outbound.ts'
import type { SharedParts } from './shared.ts'

export interface SignInParts {
  readonly clock: Clock
  /** Writes the audit log. */
  readonly note: NonNullable<AccessParts['note']>
  /** Left out of a hub that only programs ask. */
  readonly forPeople: boolean
  readonly shared: SharedParts
  readonly log: Log
  readonly hub: HubPort
  readonly outbound: Outbound
  /** Also those that another hub has. */
  readonly tenants: ConfiguredTenants
}

/** A wallboard shows all day; after a week everyone shows once more who they are. */
const life = { idleMs: 12 * 3_600_000, wholeMs: 7 * 24 * 3_600_000 }

/** Tokens that are made in the portal, and where people may sign in, accounts and sessions, with their providers. */
export async function openAccess(config: ResolvedConfig, parts: SignInParts) {
  const { clock, shared, note } = parts
  const issued = await TokenDesk.open({ rows: shared.access, clock, note })
  const isSure = () => shared.isSure()
  if (!parts.forPeople) return { access: undefined, ports: { issued, isSure } }
  const { access, ports } = await openSignIn(config, parts)
  return { access, ports: { ...ports, issued, isSure } }
}

async function openSignIn(config: ResolvedConfig, parts: SignInParts) {
  const { clock, log, hub, tenants, shared } = parts
  const commandToken = writeCommandToken(config.store.path)
  const settings = config.signIn?.providers ?? []
  const access = new Access({
    ...{ ...parts, life, outside: new Set(settings.map(markOfRules)) },
    rows: shared.access,
    ...(shared.attempts && { attempts: shared.attempts }),
    ...(config.cluster && { node: config.cluster.node }),
  })
  await access.load()
  const findPerson: FindPerson = (tenant, address) => {
    const people = tenants.get(tenant)?.config.people ?? []
    const byMail = people.find(({ mail }) => mail?.toLowerCase() === address)
    const view = hub.person(address, tenant) ?? (byMail && hub.person(byMail.upn, tenant))
    return view?.id
  }
  const providers =
    settings.length > 0
      ? new ProviderSignIn({
          settings,
          access,
          clock,
          log,
          findPerson,
          trips: shared.trips,
          fetch: parts.outbound.fetch,
        })
      : undefined
  const ports = {
    ...{ access, accounts: access.accounts, commandToken },
    ...(providers && { providers }),
  }
  return { access, ports }
}
