import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { distrust, signedHeaders } from './standard-webhooks.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const next = `whsec_${Buffer.from('another key, of 24 bytes').toString('base64')}`
const body = '{"test": 2432232314}'
const at = 1_614_265_330_000

const delivery = (headers: Readonly<Record<string, string>>, text = body) => ({
  headers,
  body: Buffer.from(text),
})

describe('signatures', () => {
  it('are those of the example of the specification', () => {
    const headers = signedHeaders([secret], { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body })
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('take any other text as the key itself', () => {
    const [one, other] = ['a secret of our own', 'another secret'].map(
      (text) => signedHeaders([text], { id: 'x', at, body })['webhook-signature'],
    )
    expect(one).not.toBe(other)
  })

  it('are believed by the reference library with either secret while two are in use', () => {
    const headers = signedHeaders([next, secret], { id: 'msg_1', at: Date.now(), body })
    for (const one of [secret, next]) expect(new Webhook(one).verify(body, headers)).toEqual(JSON.parse(body))
    const foreign = `whsec_${Buffer.from('a key that nobody gave us').toString('base64')}`
    expect(() => new Webhook(foreign).verify(body, headers)).toThrow()
  })
})

describe('a delivery', () => {
  const now = Date.now()
  const time = String(Math.floor(now / 1000))
  const signedByLibrary = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': time,
    'webhook-signature': new Webhook(secret).sign('msg_1', new Date(now), body),
  }

  it('of the reference library is believed', () => {
    expect(distrust(delivery(signedByLibrary), [next, secret], now)).toBeUndefined()
  })

  it('is refused when it was changed, is old, comes from the future, or has no signature', () => {
    expect(distrust(delivery(signedByLibrary, `${body} `), [secret], now)).toBe('forged')
    expect(distrust(delivery(signedByLibrary), [next], now)).toBe('forged')
    expect(distrust(delivery(signedByLibrary), [secret], now + 6 * 60_000)).toBe('stale')
    expect(distrust(delivery(signedByLibrary), [secret], now - 6 * 60_000)).toBe('stale')
    expect(distrust(delivery({}), [secret], now)).toBe('unsigned')
    expect(distrust(delivery({ ...signedByLibrary, 'webhook-timestamp': 'now' }), [secret], now)).toBe(
      'unsigned',
    )
    expect(distrust(delivery({ ...signedByLibrary, 'webhook-signature': 'v1a,x y' }), [secret], now)).toBe(
      'forged',
    )
  })
})
