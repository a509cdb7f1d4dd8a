import { expect, test } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import { RoundTrips, tripMs } from './round-trips.ts'

let now = 0
const clock: Clock = { wall: () => now, monotonic: () => now, after: () => ({ cancel: () => undefined }) }

test('what a browser keeps gives the same state, nonce and verifier once', () => {
  const trips = new RoundTrips(clock)
  const trip = trips.begin('entra')
  expect(new Set([trip.state, trip.nonce, trip.verifier]).size).toBe(3)
  expect(trip.verifier).toMatch(/^[\w-]{43}$/)
  expect(trips.end('entra', trip.kept)).toEqual(trip)
  expect(trips.end('entra', trip.kept)).toBeUndefined()
})

test('what is of another provider, another process, altered or missing is not of here', () => {
  const trips = new RoundTrips(clock)
  const { kept } = trips.begin('entra')
  expect(trips.end('other', kept)).toBeUndefined()
  expect(new RoundTrips(clock).end('entra', kept)).toBeUndefined()
  for (const wrong of [`${kept}x`, kept.replace('entra', 'other'), 'x', '', '...', undefined])
    expect(trips.end('entra', wrong)).toBeUndefined()
})

test('it ends after ten minutes', () => {
  const trips = new RoundTrips(clock)
  const { kept } = trips.begin('entra')
  now += tripMs
  expect(trips.end('entra', kept)).toBe('late')
})
