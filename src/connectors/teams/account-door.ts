import type { AccountDoor, ConsentDoor, OwnToken } from '../../core/account-door.ts'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { HttpPort } from '../kit/http.ts'
import { EntraSignIn, type IdClaims, type PersonsTokens } from './entra-sign-in.ts'
import { explainEntra, readEntraRefusal } from './errors.ts'
import { listPermissions } from './permissions.ts'
import { resolveSettings, type Settings } from './settings.ts'
import { TokenSource } from './tokens.ts'

/** A delegated token writes its own user only: there is no delegated Presence.ReadWrite.All. */
const ownScope = 'Presence.ReadWrite'

function portOf(context: ConnectorContext): HttpPort {
  const { clock, signal } = context
  return { fetch: (...args) => context.fetch(...args), clock, signal }
}

/** Where people of a tenant sign in so that their own presence is written with their own token. */
export function openAccountDoor(settings: Settings, context: ConnectorContext): AccountDoor {
  const signIn = new EntraSignIn(settings, portOf(context), settings.entraTenantId)
  const graph = settings.scope.slice(0, -'/.default'.length)
  const scope = `openid profile offline_access ${graph}/${ownScope}`
  return {
    addressFor: (trip, hint) =>
      signIn.address(trip, scope, { prompt: 'select_account', ...(hint !== '' && { login_hint: hint }) }),
    redeem: async (trip, answer) => {
      const { account, isGuest, ...tokens } = await signIn.redeem(trip, answer)
      if (isGuest) {
        const text = `${account.name} is a guest in tenant ${account.organisation}: a guest has no presence there.`
        throw new ConnectorFailure('rejected', text, {
          fix: 'Sign in with the work account of this organisation.',
        })
      }
      return { account, token: wholeOf(tokens, undefined) }
    },
    renew: async (refresh) => wholeOf(await signIn.renew(refresh), refresh),
  }
}

/** Entra may leave the refresh token out where the one that was used goes on to work. */
function wholeOf({ access, until, refresh }: PersonsTokens, former: string | undefined): OwnToken {
  const next = refresh ?? former
  if (next !== undefined) return { access, until, refresh: next }
  throw new ConnectorFailure('misconfigured', 'Microsoft gave no refresh token.', {
    fix: 'Add the delegated permission offline_access of Microsoft Graph to the app registration.',
  })
}

/** Where an administrator consents to the operator's application for the whole organisation. */
export function openConsentDoor(
  application: Readonly<Record<string, unknown>>,
  context: ConnectorContext,
): ConsentDoor {
  const inTenant = (entraTenantId: string) => resolveSettings({ ...application, entraTenantId } as never)
  const settings = inTenant('any')
  const port = portOf(context)
  const signIn = new EntraSignIn(settings, port, 'organizations')
  return {
    consentAddress: ({ state, redirectUri }) => {
      const url = new URL(`${settings.loginUrl}/organizations/v2.0/adminconsent`)
      const asked = { client_id: settings.clientId, scope: settings.scope, redirect_uri: redirectUri, state }
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
      return url.href
    },
    readConsent: ({ state }, query) => {
      if (query.get('state') !== state)
        return 'The answer does not belong to this consent. Open the link again.'
      // admin_consent=True stands beside an error, too.
      if (query.has('error')) return refusalOf(query, settings)
      if (query.get('admin_consent')?.toLowerCase() === 'true') return undefined
      return 'Microsoft did not say that consent was given. Open the link again.'
    },
    proofAddress: (trip) => signIn.address(trip, 'openid profile', {}),
    redeem: async (trip, answer) => {
      const { account, isGuest, roles } = await signIn.redeem(trip, answer)
      refuseOthers(account.name, { isGuest, roles })
      return account
    },
    missingIn: async (organisation, { readOnly }) => {
      const { roles } = await new TokenSource(inTenant(organisation), port).get()
      const needed = listPermissions({ readOnly, mode: 'everyone' }).filter(
        (one) => one.needed && one.kind === 'application',
      )
      // A token that does not tell is taken at its word: the connector finds out.
      return needed.map(({ name }) => name).filter((name) => roles && !isCovered(name, roles))
    },
  }
}

/**
 * Anybody could come back as if they had consented, and their organisation may have consented long ago: that they may, is
 * in the token alone (claim wids, learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
 */
function refuseOthers(name: string, { isGuest, roles }: Pick<IdClaims, 'isGuest' | 'roles'>): void {
  const refuse = (text: string, fix: string) => {
    throw new ConnectorFailure('rejected', text, { fix })
  }
  if (isGuest)
    refuse(
      `${name} is a guest there.`,
      'Only an administrator of the organisation itself can consent for it.',
    )
  if (!roles) {
    const fix =
      'In its app registration, set groupMembershipClaims to DirectoryRole (Token configuration, Add groups claim, Directory roles).'
    refuse(
      `Microsoft does not tell the operator\u2019s application whether ${name} is an administrator.`,
      fix,
    )
  }
  if (!roles?.some((one) => consentingRoles.includes(String(one)))) {
    refuse(
      `${name} may not consent for the whole organisation.`,
      'A Global Administrator or a Privileged Role Administrator can; the link still works.',
    )
  }
}

/** Template ids of Global Administrator and Privileged Role Administrator (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
const consentingRoles = ['62e90394-69f5-4237-9190-012177145e10', 'e8611ab8-c189-46e8-94e1-60213ab1f814']

function isCovered(name: string, roles: readonly string[]): boolean {
  const larger: Readonly<Record<string, readonly string[]>> = {
    'Presence.Read.All': ['Presence.ReadWrite.All'],
    'User.ReadBasic.All': ['User.Read.All', 'Directory.Read.All'],
  }
  return [name, ...(larger[name] ?? [])].some((one) => roles.includes(one))
}

function refusalOf(query: URLSearchParams, settings: Settings): string {
  const { error, codes } = readEntraRefusal(400, Object.fromEntries(query))
  if (codes.includes(65004) || (error === 'access_denied' && codes.length === 0)) {
    return 'The consent was declined. Nothing was changed; the link still works.'
  }
  if (codes.some((code) => [90094, 90093, 90095, 90008].includes(code)) || error === 'permission_denied') {
    return 'This account may not consent for the whole organisation. A Global Administrator or a Privileged Role Administrator can; the link still works.'
  }
  const shown = { ...settings, entraTenantId: 'of the account' }
  return explainEntra({ status: 400, error, codes, correlationId: undefined }, shown).message
}
