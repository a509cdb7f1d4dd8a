import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Microsoft's sign-in of a lab in another process, which knows one key more: that of a test. */
export interface TabIssuer {
  readonly loginUrl: string
  /** A token as Teams hands it to the tab. */
  tokenOf(about: { readonly oid: string; readonly tid: string; readonly aud: string }): Promise<string>
  close(): Promise<void>
}

const keyId = 'of-the-test'
const clientOfTeams = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'

/** Everything but the keys is answered by the lab at `behind`. */
export async function startTabIssuer(behind: string): Promise<TabIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const own = { ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' }
  const server = createServer(async (request, response) => {
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk as Buffer)
    const type = request.headers['content-type']
    const answer = await fetch(behind + request.url, {
      method: request.method ?? 'GET',
      ...(type !== undefined && { headers: { 'content-type': type } }),
      ...(body.length > 0 && { body: Buffer.concat(body) }),
    })
    const text = await answer.text()
    const isKeys = request.url?.endsWith('/discovery/v2.0/keys')
    const keys = () => ({ keys: [own, ...(JSON.parse(text) as { keys: object[] }).keys] })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(isKeys ? JSON.stringify(keys()) : text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    loginUrl,
    tokenOf({ oid, tid, aud }) {
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({
        ...{ aud, tid, oid, iss: `${loginUrl}/${tid}/v2.0`, iat: now, nbf: now, exp: now + 3600 },
        ...{ ver: '2.0', scp: 'access_as_user', azp: clientOfTeams },
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
        .sign(privateKey)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
