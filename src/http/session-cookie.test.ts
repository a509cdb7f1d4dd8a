import { expect, test } from 'vitest'
import { readSessionCookie, sessionCookie } from './session-cookie.ts'

const [own, planted] = ['k'.repeat(43), 'p'.repeat(43)]

test('what is set is read again, with TLS and without', () => {
  for (const secure of [true, false]) {
    const [pair] = sessionCookie(own, { secure, until: 0 }).split(';')
    expect(readSessionCookie(`other=1; ${pair}`, secure)).toBe(own)
  }
})

test('over TLS a cookie that another host of the domain may have planted is no session', () => {
  expect(readSessionCookie(`hookswitch=${planted}`, true)).toBeUndefined()
  expect(readSessionCookie(`hookswitch=${planted}; __Host-hookswitch=${own}`, true)).toBe(own)
})
