import { createRemoteJWKSet, customFetch, decodeJwt, type JWTPayload, jwtVerify } from 'jose'
import type { ConnectorContext, FrameDoor } from '../../core/connector.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import type { SystemAccount } from '../../core/consent-port.ts'
import type { Settings } from './settings.ts'
import { tabScope } from './tab-registration.ts'

/** By how much Microsoft's clock and ours may differ, seconds. */
const skewSeconds = 60

/**
 * Signs in who looks at the tab inside Teams, by the token that TeamsJS hands to the page
 * (learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-overview): for our own application,
 * of the tenant's organisation, and good for nothing at Graph. No I/O before the first token.
 */
export function openTab(
  settings: Settings,
  { fetch, clock }: Pick<ConnectorContext, 'fetch' | 'clock'>,
): FrameDoor {
  const { entraTenantId, clientId, loginUrl } = settings
  const keys = createRemoteJWKSet(new URL(`${loginUrl}/${entraTenantId}/discovery/v2.0/keys`), {
    [customFetch]: fetch,
  })
  const audiences = (host: string) => [clientId, `api://${host.toLowerCase()}/${clientId}`]
  return {
    isFor(token) {
      const { tid, aud } = claimsOf(token)
      return tid === entraTenantId && typeof aud === 'string' && aud.endsWith(clientId)
    },
    async redeem(token, host): Promise<SystemAccount> {
      const { payload } = await jwtVerify(token, keys, {
        // Version 2, as the registration asks for, and version 1.
        issuer: [`${loginUrl}/${entraTenantId}/v2.0`, `https://sts.windows.net/${entraTenantId}/`],
        audience: audiences(host),
        ...{ algorithms: ['RS256'], clockTolerance: skewSeconds },
        currentDate: new Date(clock.wall()),
        requiredClaims: ['exp', 'iat', 'tid', 'oid'],
      }).catch((cause: Error) => {
        throw new ConnectorFailure(
          'auth-failed',
          `Microsoft\u2019s token is not accepted: ${cause.message}.`,
          { cause },
        )
      })
      return accountOf(payload, entraTenantId)
    },
  }
}

function accountOf(payload: JWTPayload, organisation: string): SystemAccount {
  const { tid, oid, scp, preferred_username: name, upn } = payload as Readonly<Record<string, unknown>>
  if (tid !== organisation || typeof oid !== 'string') {
    throw new ConnectorFailure('auth-failed', 'Microsoft\u2019s token is of another organisation.')
  }
  if (typeof scp !== 'string' || !scp.split(' ').includes(tabScope)) {
    throw new ConnectorFailure('auth-failed', `Microsoft\u2019s token lacks the scope ${tabScope}.`, {
      fix: 'Expose that scope in the app registration, and admit the clients of Teams to it.',
    })
  }
  const known = [name, upn].find((one) => typeof one === 'string')
  return { organisation, id: oid, name: typeof known === 'string' ? known : '' }
}

/** Unverified: only to find whose token it is. */
function claimsOf(token: string): JWTPayload & { readonly tid?: unknown } {
  try {
    return decodeJwt(token)
  } catch {
    return {}
  }
}
