import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { isSignedBy } from './hmac.ts'

const body = Buffer.from('{"a":1}')
const secret = 'battery'
const sign = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex')

test('the right signature in any letter case, by the right algorithm', () => {
  for (const algorithm of ['sha1', 'sha256', 'sha512'] as const) {
    expect(isSignedBy(body, sign(algorithm), { algorithm, secret })).toBe(true)
    expect(isSignedBy(body, sign(algorithm).toUpperCase(), { algorithm, secret })).toBe(true)
  }
})

test('everything else is refused', () => {
  const by = { algorithm: 'sha1', secret } as const
  const wrong = [
    '',
    'zz',
    sign('sha1').slice(2),
    `${sign('sha1')}00`,
    sign('sha256'),
    sign('sha1').replace(/^./, 'g'),
  ]
  for (const hex of wrong) expect(isSignedBy(body, hex, by), hex).toBe(false)
  expect(isSignedBy(Buffer.from('{"a":2}'), sign('sha1'), by)).toBe(false)
  expect(isSignedBy(body, sign('sha1'), { ...by, secret: 'other' })).toBe(false)
})
