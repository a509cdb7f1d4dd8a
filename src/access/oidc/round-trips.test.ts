import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import { ownTrips, RoundTrips, tripMs } from './round-trips.ts'

let now = 0
const clock: Clock = { wall: () => now, monotonic: () => now, after: () => ({ cancel: () => undefined }) }

test('what a browser keeps gives the same state, nonce and verifier once', async () => {
  const trips = new RoundTrips(ownTrips(clock))
  const trip = trips.begin('entra')
  expect(new Set([trip.state, trip.nonce, trip.verifier]).size).toBe(3)
  expect(trip.verifier).toMatch(/^[\w-]{43}$/)
  expect(await trips.end('entra', trip.kept)).toEqual(trip)
  expect(await trips.end('entra', trip.kept)).toBeUndefined()
})

test('what is of another provider, another process, altered or missing is not of here', async () => {
  const trips = new RoundTrips(ownTrips(clock))
  const { kept } = trips.begin('entra')
  expect(await trips.end('other', kept)).toBeUndefined()
  expect(await new RoundTrips(ownTrips(clock)).end('entra', kept)).toBeUndefined()
  for (const wrong of [`${kept}x`, kept.replace('entra', 'other'), 'x', '', '...', undefined])
    expect(await trips.end('entra', wrong)).toBeUndefined()
})

test('it ends after ten minutes', async () => {
  const trips = new RoundTrips(ownTrips(clock))
  const { kept } = trips.begin('entra')
  now += tripMs
  expect(await trips.end('entra', kept)).toBe('late')
})

test('hubs that share a key end each other\u2019s ways, each once in all', async () => {
  const spent = new Set<string>()
  const keeper = {
    key: Buffer.alloc(32, 7),
    now: () => now,
    spend: async (way: string) => !spent.has(way) && spent.add(way).has(way),
  }
  const [one, two] = [new RoundTrips(keeper), new RoundTrips(keeper)]
  const trip = one.begin('entra')
  expect(await two.end('entra', trip.kept)).toEqual(trip)
  expect(await one.end('entra', trip.kept)).toBeUndefined()
})

test('what a way is for goes with the browser, and a hub that cannot go on with it does not end it', async () => {
  const trips = new RoundTrips(ownTrips(clock))
  const what = { tenant: 'contoso', person: 'j\u00f6rg@contoso.example' }
  const { kept } = trips.begin('pairing', { what, lifeMs: 1000 })
  expect(kept).toMatch(/^[\w.-]{20,2000}$/)
  expect(await trips.end('pairing', kept, () => false)).toBe('elsewhere')
  const [name, until, random, , mark] = kept.split('.')
  const other = Buffer.from('{"tenant":"fabrikam"}').toString('base64url')
  for (const forged of [other, 'no JSON']) {
    const end = trips.end('pairing', [name, until, random, forged, mark].join('.'), () => true)
    expect(await end).toBeUndefined()
  }
  expect(await trips.end('pairing', kept, (given) => isDeepStrictEqual(given, what))).toMatchObject({ what })
  expect(await trips.end('pairing', kept, () => true)).toBeUndefined()
  const late = trips.begin('pairing', { what, lifeMs: 1000 })
  now += 1000
  expect(await trips.end('pairing', late.kept, () => true)).toBe('late')
})
