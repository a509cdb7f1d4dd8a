import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedaction } from './redact.ts'

const secret = 'h0r$e/b+tt"ery\\stäple'

function redacted(value: unknown, ...secrets: string[]): string {
  const redaction = createRedaction()
  for (const item of secrets) redaction.hide(item)
  return JSON.stringify(redaction.value(value))
}

describe('by the name of the field', () => {
  test.each([
    'secret',
    'password',
    'token',
    'authorization',
    'clientSecret',
    'client_secret',
    'CLIENT-SECRET',
    'assertion',
    'clientAssertion',
    'cookie',
    'set-cookie',
    'Set-Cookie',
    'access_token',
    'refreshToken',
    'x-api-key',
    'privateKey',
    'passphrase',
    'credentials',
    'amiSecret',
    'secretValue',
    'tokenStorage',
    'pwd',
    'pin',
  ])('%s is hidden at any depth', (name) => {
    const value = { a: [{ b: new Map([['c', { [name]: 'xyzzy' }]]) }] }
    expect(redacted(value)).toBe(`{"a":[{"b":{"c":{"${name}":"[hidden]"}}}]}`)
    expect(redacted({ [name]: { deeper: ['xyzzy'] } })).not.toContain('xyzzy')
    expect(redacted({ [name]: 4711 })).not.toContain('4711')
  })

  test.each(['tokenType', 'token_endpoint', 'secretExpiresAt', 'cookieName', 'monkey', 'author', 'key'])(
    '%s may be read',
    (name) => {
      expect(redacted({ [name]: 'xyzzy' })).toContain('xyzzy')
    },
  )

  test('whether a secret is set may be read', () => {
    expect(redacted({ secret: undefined, password: '', token: null, cookie: true })).toBe(
      '{"password":"","token":null,"cookie":true}',
    )
  })
})

describe('by value', () => {
  test('in texts, keys, arrays, errors, their causes and their own fields', () => {
    const cause = Object.assign(new Error(`sent ${secret}`), { config: { url: `http://x/?q=${secret}` } })
    const error = new AggregateError([new TypeError(secret)], `failed with ${secret}`, { cause })
    error.name = `Odd ${secret}`
    const out = redacted({ error, [secret]: 1, list: [[secret]], set: new Set([secret]) }, secret)
    expect(out).not.toContain('tery')
    expect(out).toContain('failed with [hidden]')
    expect(out).toContain('sent [hidden]')
  })

  test('as it looks in JSON, in a URL, in a form and in base64', () => {
    const others = [
      JSON.stringify({ x: secret }),
      JSON.stringify(JSON.stringify({ x: secret })),
      `https://host/path/${encodeURIComponent(secret)}`,
      `https://host/path/${encodeURIComponent(secret).toLowerCase()}`,
      new URLSearchParams({ x: secret }).toString(),
      new URL(`https://host/?x=${encodeURIComponent(secret)}`),
    ]
    for (const text of others) expect(redacted(text, secret)).toMatch(/hidden/)
    for (const user of ['a', 'ab', 'abc', 'abcd'])
      for (const encoding of ['base64', 'base64url'] as const) {
        const text = Buffer.from(`${user}:${secret}:end`).toString(encoding)
        expect(redacted({ seen: text }, secret)).toMatch(/hidden/)
      }
  })

  test('a number that is a secret', () => {
    expect(redacted({ a: 90210, b: 1_902_107, c: 90210n }, '90210')).not.toContain('90210')
  })

  test('a secret that begins with another one leaves no tail', () => {
    expect(redacted('pass pass-word!', 'pass', 'pass-word!')).toBe('"[hidden] [hidden]"')
  })

  test('a key in PEM, whole and line by line', () => {
    const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'
    const pem = `-----BEGIN PRIVATE KEY-----\n${line}\n${line.toLowerCase()}\n-----END PRIVATE KEY-----\n`
    expect(redacted(`could not parse ${pem}`)).toBe('"could not parse [hidden]\\n"')
    expect(redacted(`bad line ${line}`, pem)).toBe('"bad line [hidden]"')
  })

  test('one too short to be told from ordinary text is refused, and hides nothing', () => {
    const redaction = createRedaction()
    expect(redaction.hide('abc')).toBe(false)
    expect(redaction.hide('   ')).toBe(false)
    expect(redaction.hide('abcd')).toBe(true)
    expect(redaction.text('abc abcd')).toBe('abc [hidden]')
  })

  test('a secret is hidden wherever a long text is cut', () => {
    const redaction = createRedaction()
    const value = 'correct-horse-battery'
    redaction.hide(value)
    for (const length of [8_192, 65_536])
      for (let shift = 1; shift < value.length; shift++) {
        const text = `${'.'.repeat(length - shift)}${value}${'.'.repeat(100)}`
        expect(redaction.text(text)).not.toContain('correct')
      }
    // Many replacements shrink the text, and bring what was cut within reach.
    const padded = `${'correct-horse-battery '.repeat(2_978)}${'.'.repeat(20)}`
    expect(redaction.text(padded + value)).not.toContain('orrect')
  })

  test('any text with any secret in it', () => {
    const words = fc.string({ minLength: 4, maxLength: 30, unit: 'binary' }).map((text) => text.trim())
    fc.assert(
      fc.property(fc.string(), words, fc.string(), (before, value, after) => {
        fc.pre(value.length >= 4 && !'[hidden]'.includes(value))
        const redaction = createRedaction()
        redaction.hide(value)
        expect(redaction.text(`${before}${value}${after}`)).not.toContain(value)
      }),
    )
  })
})

describe('by shape, for secrets nobody registered', () => {
  test.each([
    ['Authorization: Bearer abcdefgh12345678'],
    ['authorization: Digest username="1001", response="abcdefgh12345678"'],
    ['sent Bearer abcdefgh12345678'],
    [`sent Basic ${Buffer.from('admin:abcdefgh12345678').toString('base64')}`],
    ['Action: Login\r\nUsername: hub\r\nSecret: abcdefgh12345678\r\n\r\n'],
    ['"Action: Login\\r\\nSecret: abcdefgh12345678\\r\\n"'],
    ['grant_type=client_credentials&client_secret=abcdefgh12345678&scope=x'],
    ['connect failed: amqp://hub:abcdefgh12345678@broker:5672/x'],
    ['https://hub:p@abcdefgh12345678@host/'],
    ['SUBSCRIBE sip:1001:abcdefgh12345678@pbx SIP/2.0'],
    ['{"clientSecret": "abcdefgh12345678"}'],
    ['{"password":"a\\"abcdefgh12345678"}'],
    ['{"body":"{\\"access_token\\":\\"abcdefgh12345678\\"}"}'],
    ['{"password":"abcdefgh12345678'],
    ['assertion eyJhbGciOi.abcdefgh12345678.abcdefgh12345678'],
    ['Cookie: a=1; session=abcdefgh12345678'],
  ])('%s', (text) => {
    const redaction = createRedaction()
    expect(redaction.text(text)).not.toContain('abcdefgh12345678')
    expect(redaction.text(text)).toContain('[hidden]')
    expect(JSON.stringify(redaction.value(new Error(text)))).not.toContain('abcdefgh12345678')
  })

  test.each([
    'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the value: not the id',
    'Basic authentication failed',
    'the token: it expired yesterday',
    'sip:1001@pbx registered at 127.0.0.1:5060',
    'GET https://graph.example/v1.0/users/42?$select=id,mail',
  ])('%s stays readable', (text) => {
    expect(createRedaction().text(text)).toBe(text)
  })

  test('a hostile text costs no more than its length', () => {
    const redaction = createRedaction()
    const hostile = [
      '"password":"\\',
      'a-.',
      'eyJaaaaa.',
      'secret=',
      '-----BEGIN PRIVATE KEY-----',
      ' : ',
      'a://b:',
      'sip:a:',
      'Basic aaaaaa:',
    ]
    const began = performance.now()
    for (const piece of hostile) redaction.text(piece.repeat(65_536 / piece.length))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

describe('whatever goes in', () => {
  test('cycles, depth, width and things that throw', () => {
    const cycle: Record<string, unknown> = { name: 'a' }
    cycle.self = cycle
    const error = new Error('round')
    error.cause = error
    const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), 'bottom')
    const throwing = {
      get bad() {
        throw new Error('no')
      },
      good: 1,
    }
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no')
        },
      },
    )
    const out = redacted({
      cycle,
      error,
      deep,
      throwing,
      proxy,
      wide: new Array(1_000_000).fill(0),
      bytes: new Uint8Array(9),
      json: {
        toJSON() {
          throw new Error('no')
        },
      },
      date: new Date(Number.NaN),
      odd: [Symbol('x'), () => 1, Number.NaN, undefined],
    })
    expect(out).toContain('"self":"[circular]"')
    expect(out).toContain('"cause":"[circular]"')
    expect(out).toContain('[deeper]')
    expect(out).toContain('"throwing":{"bad":"[unreadable]","good":1}')
    expect(out).toContain('"proxy":"[unreadable]"')
    expect(out).toContain('[9 bytes]')
    expect(out).toContain('1000000 entries')
    expect(out.length).toBeLessThan(10_000)
  })

  test('a field named __proto__ is a field', () => {
    const value = JSON.parse('{"__proto__": {"password": "xyzzy"}}')
    expect(redacted(value)).toBe('{"__proto__":{"password":"[hidden]"}}')
  })

  test('what toJSON and Headers give is cleaned as well', () => {
    const value = { toJSON: () => ({ clientSecret: 'xyzzy' }) }
    expect(redacted({ value, headers: new Headers({ Authorization: 'xyzzy' }) })).not.toContain('xyzzy')
  })
})
