import { describe, expect, test } from 'vitest'
import { isLoopbackHost } from './loopback.ts'

describe('loopback hosts', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.1',
    'localhost',
    'LOCALHOST',
    'hub.localhost',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
  ])('%s can only be reached from here', (host) => expect(isLoopbackHost(host)).toBe(true))

  test.each([
    '',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '127.0.0.999',
    '1270.0.0.1',
  ])('"%s" is not taken for loopback', (host) => expect(isLoopbackHost(host)).toBe(false))
})
