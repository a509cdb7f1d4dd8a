import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** A provider of OpenID Connect that answers what a test wants, wrong things too. */
export interface ScriptedProvider {
  readonly issuer: string
  /** Members of the discovery document, in the place of the right ones. */
  readonly discovery: Record<string, unknown>
  /** Claims of the next ID tokens, in the place of the right ones; null leaves one out. */
  claims: Record<string, unknown>
  /** Answers the next requests to the token endpoint with this error. */
  tokenError: string | undefined
  /** Signs ID tokens with a key that it does not publish. */
  foreignKey: boolean
  /** As if somebody had signed in: the code and what the browser brings back. */
  authorize(url: URL, more?: Record<string, string>): URL
  sign(claims: JWTPayload, foreign?: boolean): Promise<string>
  close(): Promise<void>
}

export const client = { id: 'hub', secret: 'a secret of the hub' }

export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const codes = new Map<string, URLSearchParams>()
  let count = 0
  const idToken = (asked: URLSearchParams) => {
    const now = Math.floor(Date.now() / 1000)
    const right = { iss: provider.issuer, aud: client.id, sub: 'anna', nonce: asked.get('nonce') }
    const all = { ...right, iat: now, exp: now + 300, ...provider.claims }
    const told = Object.entries(all).filter(([, value]) => value !== null)
    return provider.sign(Object.fromEntries(told), provider.foreignKey)
  }
  const redeem = async (body: URLSearchParams, authorization: string | undefined) => {
    const asked = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    const challenge = createHash('sha256').update(body.get('code_verifier') ?? '')
    const basic = `${client.id}:${encodeURIComponent(client.secret).replaceAll('%20', '+')}`
    if (provider.tokenError) return { error: provider.tokenError }
    if (authorization !== `Basic ${btoa(basic)}`) return { error: 'invalid_client' }
    const fits =
      asked?.get('redirect_uri') === body.get('redirect_uri') &&
      asked?.get('code_challenge') === challenge.digest('base64url')
    if (!asked || !fits) return { error: 'invalid_grant' }
    return { access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: await idToken(asked) }
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', provider.issuer)
    const answer = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    let text = ''
    for await (const chunk of request) text += chunk
    if (pathname === '/.well-known/openid-configuration') return answer(discovery())
    if (pathname === '/keys') {
      return answer({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }] })
    }
    if (pathname !== '/token') return answer({}, 404)
    const given = await redeem(new URLSearchParams(text), request.headers.authorization)
    return answer(given, 'error' in given ? 400 : 200)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    end_session_endpoint: `${issuer}/end`,
    ...provider.discovery,
  })
  const provider: ScriptedProvider = {
    ...{ issuer, discovery: {}, claims: {}, tokenError: undefined, foreignKey: false },
    authorize(url, more = {}) {
      const code = `code-${++count}`
      codes.set(code, url.searchParams)
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      const answer = { code, state: url.searchParams.get('state') ?? '', ...more }
      for (const [name, value] of Object.entries(answer)) if (value !== '') back.searchParams.set(name, value)
      return back
    },
    sign: (claims, isForeign = false) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'own' })
        .sign((isForeign ? foreign : own).privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return provider
}
