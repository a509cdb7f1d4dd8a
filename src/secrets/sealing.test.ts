import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyIdOf, SealFailure, seal, unseal } from './sealing.ts'

const key = { id: '2026', bytes: randomBytes(32) }
const place = { tenant: 'contoso', name: 'pbx/password/1' }
const secret = 'a password with ümlauts'

test('opens at its place only, with its key only; the text names the key and never shows the value', () => {
  const sealed = seal(secret, place, key)
  expect(sealed).toMatch(/^hs1:2026:/)
  expect(sealed).not.toContain(Buffer.from(secret).toString('base64url').slice(0, 8))
  expect(keyIdOf(sealed)).toBe('2026')
  expect(unseal(sealed, place, [{ id: 'newer', bytes: randomBytes(32) }, key])).toBe(secret)
  expect(() => unseal(sealed, { ...place, tenant: 'fabrikam' }, [key])).toThrow(SealFailure)
  expect(() => unseal(sealed, { ...place, name: 'pbx/password/2' }, [key])).toThrow(/changed or moved/)
})

test('each value has a nonce of its own', () => {
  expect(new Set(Array.from({ length: 200 }, () => seal(secret, place, key).slice(0, 24))).size).toBe(200)
})

test('another key under the same id, and a missing one, are errors that name the id and no value', () => {
  const sealed = seal(secret, place, key)
  const wrong = () => unseal(sealed, place, [{ id: '2026', bytes: randomBytes(32) }])
  expect(wrong).toThrow(/"2026"/)
  expect(wrong).not.toThrow(/password with/)
  expect(() => unseal(sealed, place, [])).toThrow(/under the key "2026", which is not configured/)
})

test('any changed byte is noticed, and so is another key id', () => {
  const sealed = seal(secret, place, key)
  const [format, id, text = ''] = sealed.split(':')
  const body = Buffer.from(text, 'base64url')
  for (let at = 0; at < body.length; at++) {
    const changed = Buffer.from(body)
    changed[at]! ^= 1
    expect(() => unseal(`${format}:${id}:${changed.toString('base64url')}`, place, [key])).toThrow(
      SealFailure,
    )
  }
  expect(() => unseal(`${format}:other:${text}`, place, [{ ...key, id: 'other' }])).toThrow(SealFailure)
  for (const damaged of ['', 'hs1:', `hs1:2026:${text.slice(0, 8)}`, secret, `hs2:2026:${text}`])
    expect(() => unseal(damaged, place, [key])).toThrow(SealFailure)
})
