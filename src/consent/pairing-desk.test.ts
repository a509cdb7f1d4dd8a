import { expect, test } from 'vitest'
import { ConnectorFailure } from '../core/connector.ts'
import type { Clock, Log, StoreChange } from '../core/ports.ts'
import { PairingDesk } from './pairing-desk.ts'
import { Pairings } from './pairings.ts'

const hour = 3_600_000
const quiet = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log

/** Time that passes in minutes, as the desk looks. */
function setUp(renew: (refresh: string) => string) {
  let now = 0
  let due: (() => void) | undefined
  const clock: Clock = {
    wall: () => now,
    monotonic: () => now,
    after: (_, callback) => {
      due = callback
      return { cancel: () => undefined }
    },
  }
  const rows: StoreChange[] = []
  const kept = new Map<string, string>()
  const pairings = new Pairings(
    { commit: async (changes) => void rows.push(...changes), memory: async () => new Map() },
    {
      reread: async () => {},
      get: ({ name }) => kept.get(name),
      rowsFor: (values) => {
        for (const { name, value } of values) kept.set(name, value)
        return []
      },
      keep: () => {},
      forget: async (places) => {
        for (const { name } of places) kept.delete(name)
      },
    },
  )
  const people = new Set(['anna'])
  const asked: string[] = []
  const desk = new PairingDesk({
    ...{ pairings, clock, log: quiet, tenants: () => ['contoso'] },
    trips: { begin: () => ({ kept: '', state: '', nonce: '', verifier: '' }), end: async () => undefined },
    subject: (_, person) =>
      people.has(person)
        ? {
            ...{ expected: 'id-of-anna', hint: 'anna' },
            door: {
              addressFor: async () => '',
              redeem: async () => {
                throw new Error('nobody signs in here')
              },
              renew: async (refresh) => {
                asked.push(refresh)
                return { access: 'access', until: now + hour, refresh: renew(refresh) }
              },
            },
          }
        : undefined,
    changed: () => {},
    note: async () => {},
  })
  const account = { organisation: 'o', id: 'id-of-anna', name: 'anna' }
  const pair = () => pairings.put('contoso', 'anna', { account, at: 0, renewedAt: 0, refresh: 'first' })
  const pass = async (ms: number, stepMs = 60_000) => {
    for (const end = now + ms; now < end; now += stepMs) {
      due?.()
      for (let turns = 0; turns < 12; turns++) await Promise.resolve()
    }
  }
  return { desk, pairings, people, asked, kept, pair, pass, state: () => pairings.of('contoso').get('anna') }
}

test('VO-20: a refresh token is used twice a day, each time the newest', async () => {
  let count = 0
  const { desk, asked, kept, pair, pass } = setUp(() => `next-${++count}`)
  await pair()
  desk.start()
  await pass(11 * hour, hour)
  expect(asked).toEqual([])
  await pass(26 * hour, hour)
  expect([asked, kept.get('pairing/anna')]).toEqual([['first', 'next-1', 'next-2'], 'next-3'])
})

test('VO-20: what passes is tried every five minutes and told since when; what was revoked is not', async () => {
  const failures = ['not-ready', 'not-ready', 'auth-failed'] as const
  let tries = 0
  const { desk, asked, pair, pass, state, pairings } = setUp(() => {
    throw new ConnectorFailure(failures[Math.min(tries++, 2)]!, 'It failed.')
  })
  await pair()
  desk.start()
  await pass(12 * hour, hour)
  await pass(2 * 60_000)
  const since = state()!.trouble!.since
  expect(state()!.trouble).toMatchObject({ isFinal: false, words: 'It failed.' })
  await pass(11 * 60_000)
  expect(state()!.trouble).toEqual({ since, isFinal: true, words: 'It failed.' })
  await pass(24 * hour, hour)
  expect([asked.length, pairings.usable('contoso').size]).toEqual([3, 0])
})

test('VO-21: who has left is forgotten after a week, whom a process was about to forget by the next one', async () => {
  const { desk, people, pair, pass, state, kept } = setUp((refresh) => refresh)
  await pair()
  desk.start()
  people.clear()
  await pass(6 * 24 * hour, hour)
  expect(state()).toBeDefined()
  await pass(2 * 24 * hour, hour)
  expect([state(), kept.size]).toEqual([undefined, 0])

  const next = setUp((refresh) => refresh)
  await next.pair()
  await next.pairings.put('contoso', 'anna', { ...next.state()!, leaving: true })
  next.desk.start()
  await next.pass(3 * 60_000)
  expect([next.state(), next.kept.size, next.asked]).toEqual([undefined, 0, []])
})
