import { afterEach, describe, expect, it } from 'vitest'
import type { TeamsConfig } from '../../src/connectors/teams/config.ts'
import { teams } from '../../src/connectors/teams/definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import { DO_NOT_DISTURB, OFFLINE, PRESENTING, UNKNOWN } from '../../src/core/presence.ts'
import type { Fault } from '../../src/lab/faults.ts'
import type { Switches } from '../../src/lab/switches.ts'
import { recordingContext } from '../contract/context.ts'
import { openTeamsLab, publication, type Role, stranger, until } from './teams-world.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Each write by itself, or as a part of a batch: Ben has one at the same moment. */
type Way = 'alone' | 'together'
const ways: readonly Way[] = ['alone', 'together']

async function openBy(
  way: Way,
  options: { switches?: Partial<Switches>; roles?: readonly Role[]; batchWrites?: boolean } = {},
) {
  const world = await openTeamsLab(options)
  closers.push(() => world.lab.stop())
  const recording = recordingContext()
  const { batchWrites = true } = options
  const config = { ...world.config, batchWrites } as unknown as TeamsConfig
  const instance = teams.create(config, recording.context)
  closers.push(() => instance.stop())
  const write = async (change: Partial<Publication> = {}) => {
    const [outcome] = await Promise.all([
      instance.publish!(publication({ address: world.id('anna'), ...change })),
      ...(way === 'together'
        ? [instance.publish!(publication({ address: world.id('ben'), ...withdrawCall }))]
        : []),
    ])
    return outcome
  }
  return { ...world, recording, instance, write }
}

const withdrawCall = { act: 'withdraw', state: OFFLINE } as const

describe.each(ways)('writing to Teams, %s', (way) => {
  const open = (options: Parameters<typeof openBy>[1] = {}) => openBy(way, options)

  it.each(['documented', 'observed'] as const)(
    'SW-06, VO-22, VO-23: a call is shown, prolonged, and cleared at its end (%s)',
    async (aggregation) => {
      const { write, shown, requests } = await open({ switches: { aggregation } })
      expect(await write({ lifeMs: 600_000 })).toMatchObject({ kind: 'applied', at: expect.any(Number) })
      expect(await write({ refresh: true })).toMatchObject({ kind: 'applied' })
      expect(shown('anna')).toBe('Busy/InACall')
      expect(await write(withdrawCall)).toMatchObject({ kind: 'applied' })
      expect(shown('anna')).toBe('Available/Available')
      expect(await write(withdrawCall)).toMatchObject({ kind: 'unchanged' })
      expect(
        requests('etPresence').map((each) => (each.body as Record<string, unknown>).expirationDuration),
      ).toEqual(['PT10M', 'PT15M'])
    },
  )

  it('a person in a native Teams call stays in a call when the phone call ends', async () => {
    const { write, shown, lab, id } = await open()
    const tenant = [...lab.tenants.values()][0]!
    await write()
    tenant.setInCall(tenant.byId(id('anna'))!, true)
    await write(withdrawCall)
    expect(shown('anna')).toBe('Busy/InACall')
  })

  it('VO-24, VO-25: do not disturb is set as preferred state and cleared', async () => {
    const { write, shown } = await open()
    expect(await write({ slot: 'preferred', state: DO_NOT_DISTURB })).toMatchObject({ kind: 'applied' })
    expect(shown('anna')).toBe('DoNotDisturb/DoNotDisturb')
    const withdrawal = { slot: 'preferred', act: 'withdraw', state: UNKNOWN } as const
    expect(await write(withdrawal)).toMatchObject({ kind: 'applied' })
    expect(shown('anna')).toBe('Available/Available')
    expect(await write(withdrawal)).toMatchObject({ kind: 'applied' })
  })

  it('X-08: do not disturb as Presenting is a session of ours', async () => {
    const { write, shown } = await open()
    await write({ state: PRESENTING })
    expect(shown('anna')).toBe('DoNotDisturb/Presenting')
    await write(withdrawCall)
    expect(shown('anna')).toBe('Available/Available')
  })

  it.each([
    ['documented', 'Available/Available'],
    ['observed', 'Busy/InACall'],
  ] as const)('SW-33: over a preferred Available (%s) Teams shows %s', async (aggregation, expected) => {
    const { write, shown, prefer } = await open({ switches: { aggregation } })
    prefer('anna', 'Available/Available')
    expect(await write()).toMatchObject({ kind: 'applied' })
    expect(shown('anna')).toBe(expected)
  })

  it('works before start: a release needs nothing but the address', async () => {
    const { write, shown } = await open()
    await write()
    await write(withdrawCall)
    expect(shown('anna')).toBe('Available/Available')
  })
})

describe.each(ways)('outcomes, %s', (way) => {
  const open = (options: Parameters<typeof openBy>[1] = {}) => openBy(way, options)
  /** Of two that go together it strikes the one that is looked at. */
  const about = ({ id }: { id(name: string): string }) => (way === 'together' ? { path: id('anna') } : {})
  const faults: readonly (readonly [string, Omit<Fault, 'target'>, Record<string, unknown>])[] = [
    ['429', { kind: 'status', status: 429, retryAfter: 7 }, { kind: 'deferred', retryAfterMs: 7_000 }],
    [
      '503 with Retry-After',
      { kind: 'status', status: 503, retryAfter: 4 },
      { kind: 'deferred', retryAfterMs: 4_000 },
    ],
    ['500', { kind: 'status', status: 500 }, { kind: 'failed' }],
    ['503', { kind: 'status', status: 503 }, { kind: 'failed' }],
    ['400', { kind: 'status', status: 400 }, { kind: 'rejected', fix: expect.any(String) }],
    [
      '403',
      { kind: 'status', status: 403 },
      { kind: 'rejected', fix: expect.stringMatching(/Presence.ReadWrite.All/) },
    ],
    ['a cut connection', { kind: 'drop' }, { kind: 'failed' }],
    ['an answer that got lost', { kind: 'drop', when: 'after' }, { kind: 'failed' }],
    [
      'no answer for 3 s',
      { kind: 'slow', ms: 60_000 },
      { kind: 'failed', reason: expect.stringMatching(/3 s/) },
    ],
  ]

  it.each(faults)('%s', async (_name, fault, outcome) => {
    const { write, lab, recording, id } = await open()
    // A connection and a token are there already, as in a hub that runs.
    await write(withdrawCall)
    lab.faults.add({ target: 'graph', ...fault, ...about({ id }), count: 1 })
    const begun = performance.now()
    expect(await write()).toMatchObject(outcome)
    expect(performance.now() - begun).toBeLessThan(50_000)
    expect(recording.said()).not.toContain('secret')
  })

  it('after a 429 without Retry-After nothing is sent at once', async () => {
    const { write, lab, id } = await open()
    lab.faults.add({ target: 'graph', kind: 'status', status: 429, ...about({ id }), count: 1 })
    const first = await write()
    expect(first).toMatchObject({ kind: 'deferred' })
    const sent = lab.requests.last
    expect(first.kind === 'deferred' && first.retryAfterMs).toBeGreaterThanOrEqual(500)
    const next = await write()
    expect(next.kind === 'deferred' ? lab.requests.last === sent : next.kind === 'applied').toBe(true)
  })

  it('someone whom Graph does not know is rejected with what to do', async () => {
    const { write } = await open()
    expect(await write({ address: stranger })).toMatchObject({
      kind: 'rejected',
      fix: expect.stringMatching(/exists/),
    })
    expect(await write({ address: '../../x?y' })).toMatchObject({ kind: 'rejected' })
    expect(await write({ ...withdrawCall, address: stranger })).toMatchObject({ kind: 'unchanged' })
  })

  it('a missing permission is named', async () => {
    const { write } = await open({ roles: ['Presence.Read.All', 'User.ReadBasic.All'] })
    expect(await write()).toMatchObject({
      kind: 'rejected',
      reason: expect.stringMatching(/Presence\.ReadWrite\.All.*403/),
      fix: expect.stringMatching(/Grant admin consent/),
    })
  })

  it('a revoked token is replaced, one sign-in for many writes', async () => {
    const { write, lab } = await open()
    await Promise.all(Array.from({ length: 20 }, () => write()))
    const signIns = () => lab.requests.since(0).filter((each) => each.target === 'entra').length
    expect(signIns()).toBe(1)
    lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => write()))
    expect(outcomes.every((each) => each.kind === 'applied')).toBe(true)
    expect(signIns()).toBe(2)
  })

  it('an expired secret defers, names it, and is not tried over and over', async () => {
    const { write, lab } = await open()
    lab.faults.add({ target: 'entra', kind: 'expired-secret' })
    for (let at = 0; at < 5; at += 1) {
      expect(await write()).toMatchObject({
        kind: 'deferred',
        reason: expect.stringMatching(/secret.*expired/),
      })
    }
    expect(lab.requests.since(0).filter((each) => each.target === 'entra')).toHaveLength(1)
  })

  it('a write under way when the hub stops is finished', async () => {
    const { write, lab, instance, shown } = await open()
    await write(withdrawCall)
    lab.faults.add({ target: 'graph', kind: 'slow', ms: 500, count: 1 })
    const writing = write()
    await until(() => lab.faults.list().length === 0, 'the write to be under way')
    await instance.stop()
    expect(await writing).toMatchObject({ kind: 'applied' })
    expect(shown('anna')).toBe('Busy/InACall')
    expect(await write()).toMatchObject({ kind: 'deferred' })
  })
})
