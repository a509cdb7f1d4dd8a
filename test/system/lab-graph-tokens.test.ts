import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { makeCertificate, type SelfSigned } from '../../src/lab/certificate.ts'
import type { Lab } from '../../src/lab/lab.ts'
import { sample } from '../../src/lab/sample.ts'
import { askToken, labStops, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

interface EntraError {
  readonly error: string
  readonly error_description: string
  readonly error_codes: readonly number[]
  readonly correlation_id: string
}

async function refusal(asked: Response | Promise<Response>): Promise<[number, number, string]> {
  const answer = await asked
  const body = (await answer.json()) as EntraError
  expect(body.error_description).toMatch(
    /^AADSTS\d+: .+ Trace ID: \S+ Correlation ID: \S+ Timestamp: \S+ \S+Z$/,
  )
  expect(body.error_description).not.toContain(sample.clientSecret)
  return [answer.status, body.error_codes[0]!, body.error]
}

test('every wrong request ends in its AADSTS code', async () => {
  const lab = await startSampleLab()
  const wrong: readonly (readonly [Record<string, string | undefined>, number, number, string])[] = [
    [{ client_secret: 'nope' }, 401, 7000215, 'invalid_client'],
    [{ client_secret: undefined }, 401, 7000216, 'invalid_client'],
    [{ client_id: randomUUID() }, 400, 700016, 'unauthorized_client'],
    [{ client_id: undefined }, 400, 900144, 'invalid_request'],
    [{ grant_type: 'password' }, 400, 70003, 'unsupported_grant_type'],
    [{ scope: 'https://graph.microsoft.com/Presence.ReadWrite.All' }, 400, 1002012, 'invalid_scope'],
    [{ scope: 'https://example.com/.default' }, 400, 500011, 'invalid_resource'],
  ]
  for (const [changes, status, code, error] of wrong) {
    expect(await refusal(askToken(lab, changes)), String(code)).toEqual([status, code, error])
  }
  expect(await refusal(askToken(lab, {}, randomUUID()))).toEqual([400, 90002, 'invalid_request'])
  const json = fetch(`${lab.loginUrl}/${sample.entraTenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(await refusal(json)).toEqual([400, 900144, 'invalid_request'])
})

test('an expired secret, by registration or by fault', async () => {
  const lab = await startSampleLab()
  lab.faults.add({ target: 'entra', kind: 'expired-secret', count: 1 })
  expect(await refusal(askToken(lab))).toEqual([401, 7000222, 'invalid_client'])
  expect((await askToken(lab)).status).toBe(200)
  const { clientId } = sample
  lab.entra.register(sample.entraTenantId, {
    clientId,
    secrets: [{ value: sample.clientSecret, expired: true }],
    roles: [],
  })
  expect(await refusal(askToken(lab))).toEqual([401, 7000222, 'invalid_client'])
})

test('faults of the token endpoint: an AADSTS code, or an outage', async () => {
  const lab = await startSampleLab()
  lab.faults.add({ target: 'entra', kind: 'status', status: 400, code: 53003, count: 1 })
  expect(await refusal(askToken(lab))).toEqual([400, 53003, 'invalid_grant'])
  lab.faults.add({ target: 'entra', kind: 'status', status: 503, retryAfter: 2, count: 1 })
  const outage = await askToken(lab)
  expect(outage.headers.get('retry-after')).toBe('2')
  expect(await refusal(outage)).toEqual([503, 90033, 'temporarily_unavailable'])
})

interface Change {
  readonly header?: object
  readonly claims?: object
  readonly key?: string
}

async function assert(lab: Lab, { certificate, privateKey }: SelfSigned, change: Change): Promise<Response> {
  const now = Math.floor(Date.now() / 1000)
  const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url')
  const assertion = await new SignJWT({
    aud: `${lab.loginUrl}/${sample.entraTenantId}/oauth2/v2.0/token`,
    iss: sample.clientId,
    sub: sample.clientId,
    jti: randomUUID(),
    nbf: now,
    exp: now + 300,
    ...change.claims,
  })
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint, ...change.header })
    .sign(createPrivateKey(change.key ?? privateKey))
  return askToken(lab, {
    client_secret: undefined,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
}

test('an assertion is checked claim by claim', async () => {
  const pair = await makeCertificate()
  const other = await makeCertificate()
  const lab = await startSampleLab({ certificates: [pair.certificate] })
  const now = Math.floor(Date.now() / 1000)
  expect((await assert(lab, pair, {})).status).toBe(200)
  const wrong: readonly (readonly [Change, number])[] = [
    [{ claims: { aud: 'https://example.com' } }, 700023],
    [{ claims: { iss: 'somebody' } }, 50012],
    [{ claims: { exp: now - 600 } }, 700024],
    [{ claims: { nbf: now + 600, exp: now + 900 } }, 700024],
    [{ claims: { jti: undefined } }, 50027],
    [{ key: other.privateKey }, 700027],
    [{ header: { 'x5t#S256': 'AAAA' } }, 700027],
    [{ header: { 'x5t#S256': undefined } }, 700027],
  ]
  for (const [change, code] of wrong) {
    expect((await refusal(assert(lab, pair, change)))[1], JSON.stringify(change)).toBe(code)
  }
  const broken = askToken(lab, {
    client_secret: undefined,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'not.a.jwt',
  })
  expect(await refusal(broken)).toEqual([401, 50027, 'invalid_client'])
})

test('an expired certificate is refused', async () => {
  const past = Date.now() - 10 * 86_400_000
  const pair = await makeCertificate({ validFrom: past, validTo: past + 86_400_000 })
  const lab = await startSampleLab({ certificates: [pair.certificate] })
  expect((await refusal(assert(lab, pair, {})))[1]).toBe(700027)
})
