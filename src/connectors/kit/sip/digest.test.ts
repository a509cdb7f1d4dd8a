import { expect, test } from 'vitest'
import { Authorizer } from './authorizer.ts'
import { answerChallenge, readChallenge } from './digest.ts'
import { CredentialsRefused } from './failures.ts'
import type { SipResponse } from './message.ts'

function challenge(value: string, status = 401): SipResponse {
  const name = status === 407 ? 'proxy-authenticate' : 'www-authenticate'
  const headers = value.split('|').map((each) => ({ name, value: each }))
  return { kind: 'response', status, reason: '', headers, body: Buffer.alloc(0) }
}

const responseOf = (value: string) => /response="([0-9a-f]+)"/.exec(value)?.[1]

test('the answer that a real Asterisk accepted', () => {
  const asked = challenge(
    'Digest realm="asterisk",nonce="1795230654/82f96157d2e5b858dd846012e303d1aa",opaque="51ea5a7e55c8e76a",' +
      'algorithm=MD5,qop="auth"',
  )
  const value = answerChallenge(readChallenge(asked)!, {
    ...{ username: '1003', password: 'pw1003', method: 'SUBSCRIBE', uri: 'sip:127.0.0.1:5060' },
    ...{ count: 1, cnonce: '6b8b4567' },
  })
  expect(responseOf(value)).toBe('b5d50e2425a9d3650ece85e9f7084482')
  expect(value).toContain('nc=00000001')
  expect(value).toContain('opaque="51ea5a7e55c8e76a"')
  expect(value).not.toContain('pw1003')
})

test('the older form without qop, and SHA-256 (RFC 7616 section 3.9.1)', () => {
  const about = { username: 'Mufasa', method: 'GET', uri: '/dir/index.html', count: 1 }
  const old = readChallenge(
    challenge('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'),
  )!
  expect(old).toMatchObject({ qop: false, hash: 'md5', stale: false })
  expect(responseOf(answerChallenge(old, { ...about, password: 'Circle Of Life' }))).toBe(
    '670fd8c2df070c60b045671b8b24ff02',
  )
  const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v'
  const newer = readChallenge(
    challenge(
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="${nonce}"`,
    ),
  )!
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
  expect(responseOf(answerChallenge(newer, { ...about, password: 'Circle of Life', cnonce }))).toBe(
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  )
})

test('the first challenge that can be answered is taken', () => {
  const several =
    'Basic realm="a"|Digest realm="b", nonce="n", algorithm=MD5-sess|Digest realm="c", nonce="m", qop="auth"'
  expect(readChallenge(challenge(several))?.realm).toBe('c')
  expect(readChallenge(challenge('Digest realm="b", nonce="n", qop="auth-int"'))).toBeUndefined()
  expect(readChallenge(challenge('NTLM abc'))).toBeUndefined()
})

test('a nonce is counted, stale ones are replaced, a wrong password is told without naming it', () => {
  const authorizer = new Authorizer({ username: 'hub', password: 'not-to-be-seen' })
  const count = () => /nc=(\d+)/.exec(authorizer.fields('SUBSCRIBE', 'sip:x')[0]?.[1] ?? '')?.[1]
  expect(count()).toBeUndefined()
  authorizer.take(challenge('Digest realm="r", nonce="n1", qop="auth"', 407), undefined)
  expect(authorizer.fields('SUBSCRIBE', 'sip:x')[0]?.[0]).toBe('Proxy-Authorization')
  expect(count()).toBe('00000002')
  authorizer.take(challenge('Digest realm="r", nonce="n2", qop="auth", stale=TRUE'), 'n1')
  expect(count()).toBe('00000001')
  const refused = () => authorizer.take(challenge('Digest realm="r", nonce="n3", qop="auth"'), 'n2')
  expect(refused).toThrow(CredentialsRefused)
  expect(refused).toThrow('"hub" in realm "r"')
  expect(refused).not.toThrow('not-to-be-seen')
  expect(() => authorizer.take(challenge('NTLM abc'), undefined)).toThrow('kind of proof')
})
