import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** A client as it is registered there. */
export interface CertifiedClient {
  readonly id: string
  readonly secret: string
  /** Address of the hub. */
  readonly hub: string
  /** Id of the provider in the hub. */
  readonly provider: string
}

export interface CertifiedProvider {
  readonly issuer: string
  /** Answers of others to its own requests that failed. */
  readonly failures: readonly string[]
  close(): Promise<void>
}

/**
 * oidc-provider, certified by the OpenID Foundation, with pages for signing in as anybody: the name is the claim
 * `preferred_username`, and whoever begins with `op` has the role Hookswitch.Operator.
 */
export async function startCertifiedProvider(client: CertifiedClient): Promise<CertifiedProvider> {
  let answer: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // To a browser another site than the hub at 127.0.0.1, as providers are.
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const base = `${client.hub}/api/v1/sign-in/${client.provider}`
  const failures: string[] = []
  const claimsOf = (id: string) => ({
    ...{ sub: id, name: `${id} of Contoso`, preferred_username: `${id}@contoso.example` },
    ...(id.startsWith('op') && { roles: ['Hookswitch.Operator'] }),
  })
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: client.id, client_secret: client.secret, redirect_uris: [`${base}/callback`] },
        ...{ grant_types: ['authorization_code'], response_types: ['code'] },
        post_logout_redirect_uris: [`${client.hub}/`],
        ...{ backchannel_logout_uri: `${base}/back-channel`, backchannel_logout_session_required: true },
      },
    ],
    claims: { openid: ['sub', 'sid'], profile: ['name', 'preferred_username', 'roles'], email: ['email'] },
    features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    // Its own way refuses loopback addresses, where the hub is.
    fetch: (url: string, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) =>
      // Its own limit of 2.5 s is shorter than a busy machine may take.
      fetch(url, { ...options, signal: AbortSignal.timeout(60_000) }),
    pkce: { required: () => true },
    cookies: { keys: ['of this test alone'] },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => claimsOf(id) }),
  })
  for (const event of ['backchannel.error', 'server_error', 'grant.error', 'authorization.error']) {
    provider.on(event, (...args) => failures.push(`${event}: ${args.find((one) => one instanceof Error)}`))
  }
  answer = provider.callback()
  return {
    ...{ issuer, failures },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
