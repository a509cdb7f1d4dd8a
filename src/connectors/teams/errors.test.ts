import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { entraAdvice } from './entra-codes.ts'
import { explainEntra, explainGraph, readEntraRefusal, readGraphRefusal } from './errors.ts'
import { graphAdvice } from './graph-errors.ts'

const subject = {
  clientId: 'app-1',
  entraTenantId: 'contoso.example',
  loginUrl: 'https://login.microsoftonline.com',
}

/** Every code of docs/errors-microsoft.md, and a word that its message or its fix must contain. */
const codes: readonly (readonly [string, RegExp])[] = [
  ['50011 900971', /redirect address/],
  ['50020 50034 51004 16003', /contoso\.example/],
  ['50194', /entraTenantId/],
  ['90002 50059 50128', /cloud/],
  ['90038', /gcc-high/],
  ['700016 700011 70001', /clientId/],
  ['7000215', /value of the client secret/],
  ['7000222', /expired/],
  ['70002', /secret/],
  ['700027 50012 700030 50013', /certificate/],
  ['700025', /public client/],
  ['65001 90094 90095 90008', /Grant admin consent/],
  ['65004', /declined/],
  ['650052 650056 650057 65005 500011', /Presence\.ReadWrite\.All/],
  ['50105', /assigned/],
  ['50076 50079 50074 50072 50078', /second factor/],
  ['53000 53001 53002 53003 530035 50131 50005 50097', /Conditional Access/],
  ['50057 50053 50055', /disabled/],
  ['50173 50132 50133 70000 70008 700082 70043 50089', /revoked/],
  ['700084', /single-page/],
  ['54005', /twice/],
  ['501481 50147', /PKCE/],
  ['9001023 90124 90130', /entraTenantId/],
  ['50196', /loop/],
  ['90024 90033 50033 90006 90012 90090', /passing/],
]

const refusalOf = (error: string, code: number | string, status = 400) =>
  readEntraRefusal(status, {
    error,
    error_description: `AADSTS${code}: words of Microsoft, perhaps with s3cret in them.`,
    error_codes: [Number(code)],
    correlation_id: 'c0ffee',
  })

describe('AADSTS codes', () => {
  const all = codes.flatMap(([list, word]) => list.split(' ').map((code) => [code, word] as const))

  it.each(all)('AADSTS%s is explained with what to do', (code, word) => {
    const failure = explainEntra(refusalOf('invalid_client', code), subject)
    expect(`${failure.message} ${failure.fix}`).toMatch(word)
    expect(failure.message).toContain(`AADSTS${code}`)
    expect(failure.message).toContain('c0ffee')
    expect(failure.fix).toBeTruthy()
    expect(`${failure.message}${failure.fix}`).not.toMatch(/\{\w+\}|s3cret/)
  })

  it('the table holds these codes, each once', () => {
    const listed = entraAdvice.flatMap((row) => row.codes)
    expect(new Set(listed).size).toBe(listed.length)
    expect(new Set(listed)).toEqual(new Set(all.map(([code]) => Number(code))))
  })

  it('docs/errors-microsoft.md names every code with its advice', () => {
    const page = readFileSync(new URL('../../../docs/errors-microsoft.md', import.meta.url), 'utf8')
    const plain = page.replaceAll(/\*(\w[\w -]*)\*/g, '')
    for (const { codes: listed, fix } of entraAdvice) {
      expect(plain).toContain(`| ${listed.join(', ')} |`)
      expect(plain).toContain(fix.replaceAll(/\{\w+\}/g, ''))
    }
    for (const { fix } of graphAdvice) expect(plain).toContain(fix.replaceAll(/\{\w+\}/g, ''))
  })

  it.each([
    ['invalid_client', 401, 'auth-failed'],
    ['unauthorized_client', 400, 'misconfigured'],
    ['invalid_request', 400, 'misconfigured'],
    ['invalid_grant', 400, 'auth-failed'],
    ['temporarily_unavailable', 503, 'not-ready'],
    ['never_heard_of', 500, 'not-ready'],
    ['never_heard_of', 429, 'rate-limited'],
    ['never_heard_of', 400, 'misconfigured'],
  ] as const)('what is done follows the OAuth error %s (%i): %s', (error, status, kind) => {
    expect(explainEntra(refusalOf(error, 7000215, status), subject).kind).toBe(kind)
  })

  it('reads codes from the description alone, and survives any body', () => {
    expect(readEntraRefusal(400, { error: 'x', error_description: 'AADSTS700016: no' }).codes).toEqual([
      700016,
    ])
    for (const body of [undefined, null, 'text', 7, [], { error: 5, error_codes: 'x' }]) {
      expect(explainEntra(readEntraRefusal(502, body), subject).message).toContain('502')
    }
  })
})

describe('Graph refusals', () => {
  const explain = (status: number, code: string, message = '') =>
    explainGraph(
      readGraphRefusal(status, { error: { code, message, innerError: { 'request-id': 'r-1' } } }),
      'Presence.ReadWrite.All',
      subject,
    )

  it.each([
    [400, 'InvalidArgument', 'The provided [ExpirationDuration] is out of range.', /callLife/],
    [400, 'InvalidArgument', 'The [Availability] is not supported.', /table of the link/],
    [400, 'BadRequest', 'Malformed.', /graphUrl/],
    [401, 'ServiceError', '', /licence/],
    [401, 'InvalidAuthenticationToken', '', /same cloud/],
    [403, 'Authorization_RequestDenied', '', /Presence\.ReadWrite\.All.*Grant admin consent/],
    [403, 'UnknownError', '', /licence/],
    [404, 'NotFound', '', /exists/],
    [409, 'ExtensionError', '', /same app registration/],
    [429, 'TooManyRequests', '', /requestsPer30s/],
    [503, 'ServiceUnavailable', '', /tries again/],
    [418, '', '', /request id/],
  ])('%i %s %s', (status, code, message, fix) => {
    const explained = explain(status, code, message)
    expect(explained.fix).toMatch(fix)
    expect(explained.reason).toContain(String(status))
    expect(explained.reason).toContain('r-1')
    expect(`${explained.reason}${explained.fix}`).not.toMatch(/\{\w+\}/)
  })

  it('survives any body', () => {
    for (const body of [undefined, null, 'x', { error: 'x' }, { error: { code: 7, innerError: null } }]) {
      expect(explainGraph(readGraphRefusal(500, body), 'x', subject).reason).toContain('500')
    }
  })
})
