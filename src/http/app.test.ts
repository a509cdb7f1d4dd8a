import { expect, test } from 'vitest'
import type { Log } from '../core/ports.ts'
import { createApp } from './app.ts'

test('what may succeed later is answered with 503 and when to come again, anything unexpected with 500; neither with its cause', async () => {
  const told: string[] = []
  const quiet = () => {}
  const log: Log = {
    ...{ debug: quiet, info: quiet, with: () => log },
    warn: (text) => void told.push(`warn ${text}`),
    error: (text) => void told.push(`error ${text}`),
  }
  const passing = new Error('postgresql://hub:s3cret@db cannot be reached')
  const app = createApp({
    log,
    whyUnavailable: (error) => (error === passing ? 'The database is away.' : undefined),
  })
  app.get('/passing', () => Promise.reject(passing))
  app.get('/odd', () => Promise.reject(new Error('s3cret')))

  const later = await app.inject('/passing')
  expect(later.statusCode).toBe(503)
  expect(later.headers['retry-after']).toBe('5')
  expect(later.json()).toMatchObject({
    type: 'urn:hookswitch:problem:not-available',
    detail: 'The database is away.',
  })
  const odd = await app.inject('/odd')
  expect(odd.statusCode).toBe(500)
  expect(later.body + odd.body).not.toContain('s3cret')
  expect(told).toEqual([
    'warn A request could not be answered for now.',
    'error A request failed unexpectedly.',
  ])
  await app.close()
})
