import { createHash, X509Certificate } from 'node:crypto'
import { ConfidentialClientApplication, type Configuration, type INetworkModule } from '@azure/msal-node'
import { Client, type GraphError, PageIterator, RetryHandler } from '@microsoft/microsoft-graph-client'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as openid from 'openid-client'
import { afterEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../src/lab/certificate.ts'
import type { Lab } from '../../src/lab/lab.ts'
import { sample } from '../../src/lab/sample.ts'
import { labStops, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

const scope = 'https://graph.microsoft.com/.default'
const entra = 'https://login.microsoftonline.com'

/** MSAL insists on https and on Microsoft's hosts; its network module is ours, so the lab can stand in. */
function network(lab: Lab): INetworkModule {
  const ask = async (
    method: string,
    url: string,
    options?: { headers?: Record<string, string>; body?: string },
  ) => {
    const answer = await fetch(url.replace(entra, lab.loginUrl), {
      method,
      ...(options?.headers && { headers: options.headers }),
      ...(options?.body && { body: options.body }),
    })
    const headers = Object.fromEntries(answer.headers)
    return { headers, status: answer.status, body: (await answer.json()) as never }
  }
  return {
    sendGetRequestAsync: (url, options) => ask('GET', url, options),
    sendPostRequestAsync: (url, options) => ask('POST', url, options),
  }
}

function msal(lab: Lab, auth: Omit<Configuration['auth'], 'clientId'>): ConfidentialClientApplication {
  const authority = `${entra}/${sample.entraTenantId}`
  return new ConfidentialClientApplication({
    auth: { clientId: sample.clientId, authority, ...auth },
    system: { networkClient: network(lab) },
  })
}

/** Microsoft's own Graph client with its own retries. It insists on https; its last step plays a proxy to the lab. */
function graphClient(lab: Lab, token: string): Client {
  const retries = new RetryHandler()
  retries.setNext({
    execute: async (context) => {
      const headers = new Headers(context.options?.headers as HeadersInit | undefined)
      headers.set('authorization', `Bearer ${token}`)
      headers.set('x-forwarded-proto', 'https')
      headers.set('x-forwarded-host', 'graph.microsoft.com')
      const url = String(context.request).replace('https://graph.microsoft.com', lab.graphUrl)
      context.response = await fetch(url, { ...(context.options as RequestInit), headers })
    },
  })
  return Client.initWithMiddleware({ middleware: retries })
}

describe("Microsoft's authentication library", () => {
  test('gets a token with a secret', async () => {
    const lab = await startSampleLab()
    const answer = await msal(lab, { clientSecret: sample.clientSecret }).acquireTokenByClientCredential({
      scopes: [scope],
    })
    expect(answer?.accessToken).toMatch(/^ey/)
  })

  test('gets a token with a certificate, by x5t#S256 and PS256 as by x5t and RS256', async () => {
    const { certificate, privateKey } = await makeCertificate()
    const lab = await startSampleLab({ certificates: [certificate] })
    const der = new X509Certificate(certificate).raw
    const print = (algorithm: string) => createHash(algorithm).update(der).digest('hex')
    for (const named of [{ thumbprintSha256: print('sha256') }, { thumbprint: print('sha1') }]) {
      const app = msal(lab, { clientCertificate: { privateKey, ...named } })
      const answer = await app.acquireTokenByClientCredential({ scopes: [scope] })
      expect(answer?.accessToken).toMatch(/^ey/)
    }
  })

  test('understands the refusal of a wrong secret and of a foreign certificate', async () => {
    const lab = await startSampleLab()
    const { certificate, privateKey } = await makeCertificate()
    const thumbprintSha256 = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex')
    const scopes = [scope]
    await expect(
      msal(lab, { clientSecret: 'wrong' }).acquireTokenByClientCredential({ scopes }),
    ).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215 })
    await expect(
      msal(lab, { clientCertificate: { privateKey, thumbprintSha256 } }).acquireTokenByClientCredential({
        scopes,
      }),
    ).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 700027 })
  })
})

describe('openid-client', () => {
  const discover = async (lab: Lab, authentication: openid.ClientAuth) =>
    openid.discovery(
      new URL(`${lab.loginUrl}/${sample.entraTenantId}/v2.0`),
      sample.clientId,
      undefined,
      authentication,
      { execute: [openid.allowInsecureRequests] },
    )

  test('discovers the tenant and gets a token whose roles and signature can be read', async () => {
    const lab = await startSampleLab()
    const config = await discover(lab, openid.ClientSecretPost(sample.clientSecret))
    const answer = await openid.clientCredentialsGrant(config, { scope })
    expect(answer.expiresIn()).toBeGreaterThan(3500)
    const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri!))
    const { payload } = await jwtVerify(answer.access_token, keys, {
      audience: 'https://graph.microsoft.com',
      issuer: `https://sts.windows.net/${sample.entraTenantId}/`,
    })
    expect(payload).toMatchObject({
      tid: sample.entraTenantId,
      appid: sample.clientId,
      roles: ['Presence.ReadWrite.All', 'User.ReadBasic.All'],
    })
  })

  test('gets a token with a signed assertion', async () => {
    const { certificate, privateKey } = await makeCertificate()
    const lab = await startSampleLab({ certificates: [certificate] })
    const body = Buffer.from(privateKey.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('pkcs8', body, algorithm, false, ['sign'])
    const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url')
    const config = await discover(
      lab,
      openid.PrivateKeyJwt(key, {
        [openid.modifyAssertion]: (header) => {
          header['x5t#S256'] = thumbprint
        },
      }),
    )
    expect((await openid.clientCredentialsGrant(config, { scope })).access_token).toMatch(/^ey/)
  })
})

describe("Microsoft's Graph client", () => {
  const start = async () => {
    const lab = await startSampleLab()
    const answer = await msal(lab, { clientSecret: sample.clientSecret }).acquireTokenByClientCredential({
      scopes: [scope],
    })
    const anna = lab.people.find('anna@contoso.example')!.person.user.id
    return { lab, anna, graph: graphClient(lab, answer!.accessToken) }
  }

  test('pages through the users, and sets, reads and clears a presence', async () => {
    const { graph, anna } = await start()
    const upns: string[] = []
    const first = await graph.api('/users').top(5).select(['id', 'userPrincipalName']).get()
    await new PageIterator(graph, first, (user: { userPrincipalName: string }) => {
      upns.push(user.userPrincipalName)
      return true
    }).iterate()
    expect(upns).toHaveLength(12)
    const session = {
      sessionId: sample.clientId,
      availability: 'Busy',
      activity: 'InACall',
      expirationDuration: 'PT10M',
    }
    await graph.api(`/users/${anna}/presence/setPresence`).post(session)
    expect(await graph.api(`/users/${anna}/presence`).get()).toMatchObject({ activity: 'InACall' })
    const many = await graph.api('/communications/getPresencesByUserId').post({ ids: [anna] })
    expect(many.value).toMatchObject([{ id: anna, availability: 'Busy' }])
    await graph.api(`/users/${anna}/presence/clearPresence`).post({ sessionId: sample.clientId })
    const again = graph.api(`/users/${anna}/presence/clearPresence`).post({ sessionId: sample.clientId })
    await expect(again).rejects.toMatchObject({ statusCode: 404, code: 'NotFound' })
  })

  test('reads the request id of an error, and obeys Retry-After', async () => {
    const { lab, graph, anna } = await start()
    const refused = await graph
      .api('/users/anna@contoso.example/presence')
      .get()
      .catch((error: GraphError) => error)
    expect(refused).toMatchObject({ statusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    lab.faults.add({ target: 'graph', kind: 'status', status: 429, retryAfter: 1, count: 1 })
    expect(await graph.api(`/users/${anna}/presence`).get()).toMatchObject({ id: anna })
    const stamps = lab.requests.since(0).slice(-2)
    expect(stamps.map(({ status }) => status)).toEqual([429, 200])
    expect(stamps[1]!.at - stamps[0]!.at).toBeGreaterThanOrEqual(990)
  })
})
