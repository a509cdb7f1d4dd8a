import { afterEach, describe, expect, it } from 'vitest'
import { TeamsInstance } from '../../src/connectors/teams/instance.ts'
import { resolveSettings } from '../../src/connectors/teams/settings.ts'
import type { ConnectorInstance, KeyValue } from '../../src/core/connector.ts'
import { isCall, OFFLINE, presenceName } from '../../src/core/presence.ts'
import type { Switches } from '../../src/lab/switches.ts'
import { inMemory, type RecordingContext, recordingContext } from '../contract/context.ts'
import {
  domain,
  entraTenantId,
  openTeamsLab,
  publication,
  shiftableClock,
  stranger,
  until,
} from './teams-world.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Options {
  readonly switches?: Partial<Switches>
  readonly more?: number
  /** Round length, seconds; short, so that a test need not wait. */
  readonly round?: number
  readonly budget?: number
}

async function open(options: Options = {}) {
  const world = await openTeamsLab({
    ...(options.switches ? { switches: options.switches } : {}),
    ...(options.more ? { more: options.more } : {}),
  })
  closers.push(() => world.lab.stop())
  const time = shiftableClock()
  const memory: KeyValue = inMemory()
  const settings = resolveSettings({
    ...(world.config as { entraTenantId: string; clientId: string; clientSecret: string }),
    sweep: { minimumSeconds: options.round ?? 0.1 },
    requestsPer30s: options.budget ?? 1400,
  })
  const create = (): { instance: ConnectorInstance; recording: RecordingContext } => {
    const recording = recordingContext({ clock: time.clock, memory })
    const instance = new TeamsInstance(settings, recording.context)
    closers.push(() => instance.stop())
    return { instance, recording }
  }
  const { instance, recording } = create()
  const state = (name: string) => {
    const presence = recording.feeds.presence(world.id(name))
    return presence && presenceName(presence)
  }
  const renewals = () => recording.feeds.events.filter((event) => event.type === 'renewed').length
  const reads = () => world.requests('getPresencesByUserId')
  return { ...world, ...time, memory, create, instance, recording, state, renewals, reads }
}

const someSwitches: readonly Partial<Switches>[] = [
  { aggregation: 'documented' },
  { aggregation: 'observed' },
  { sequenceNumber: false },
  { spelling: 'camelCase', emptyStatus: 204 },
  { badId: 'omitted' },
  { badId: 'unknown' },
  { readLagMs: 700 },
  { readLagMs: 700, sequenceNumber: false },
  { latencyMs: [150, 400] },
  { dndDiverts: false },
]

describe('reading Teams', () => {
  it.each(someSwitches)(
    'SW-03: follows what Teams shows, and our own session, under %j',
    async (switches) => {
      const { instance, recording, state, prefer, client, id } = await open({ switches })
      await instance.start([id('anna'), id('ben')])
      expect(recording.feeds.events.slice(0, 2).map((event) => event.type)).toEqual(['opened', 'snapshot'])
      await until(() => state('anna') === 'available/available', 'the first state')
      prefer('anna', 'DoNotDisturb/DoNotDisturb')
      await until(() => state('anna') === 'doNotDisturb/doNotDisturb', 'do not disturb')
      prefer('anna', null)
      client('anna', 'Away/Away')
      await until(() => state('anna') === 'away/away', 'away')
      expect((await instance.publish!(publication({ address: id('ben') }))).kind).toBe('applied')
      await until(() => state('ben') === 'busy/inACall', 'our own call read back')
      const withdrawal = publication({ address: id('ben'), act: 'withdraw', state: OFFLINE })
      expect((await instance.publish!(withdrawal)).kind).toBe('applied')
      await until(() => state('ben') === 'available/available', 'the state after the call')
      expect(recording.counted('teams_malformed_total')).toBe(0)
      expect(recording.feeds.violations).toEqual([])
    },
  )

  it('emits what was asked for although it has not changed, and nothing else', async () => {
    const { instance, recording, id, renewals } = await open()
    await instance.start([id('anna'), id('ben')])
    await until(() => renewals() > 2, 'some rounds')
    const said = () => recording.feeds.events.filter((event) => event.type === 'observed')
    expect(said()).toEqual([])
    instance.resync([id('ben'), stranger])
    await until(() => said().length > 0, 'the answer')
    const before = renewals()
    await until(() => renewals() > before + 2, 'some more rounds')
    expect(said().map((event) => event.type === 'observed' && event.observation.address)).toEqual([id('ben')])
  })

  it('does not invent a call from a late read after our clear', async () => {
    const { instance, recording, id, state, renewals } = await open({ switches: { readLagMs: 1_000 } })
    await instance.start([id('anna')])
    await instance.publish!(publication({ address: id('anna') }))
    await until(() => state('anna') === 'busy/inACall', 'the call')
    await instance.publish!(publication({ address: id('anna'), act: 'withdraw', state: OFFLINE }))
    await until(() => state('anna') === 'available/available', 'its end')
    const events = recording.feeds.events.length
    const before = renewals()
    await until(() => renewals() > before + 5, 'some rounds')
    const later = recording.feeds.events.slice(events)
    expect(
      later.filter(
        (event) =>
          event.type === 'observed' &&
          event.observation.facet.kind === 'presence' &&
          isCall(event.observation.facet.state),
      ),
    ).toEqual([])
  })

  it('drops reads of a replica that lags, by their sequence', async () => {
    const { instance, lab, recording, id, state, client } = await open()
    client('anna', 'Away/Away')
    await instance.start([id('anna')])
    client('anna', 'Available/Available')
    await until(() => state('anna') === 'available/available', 'the change')
    lab.faults.add({ target: 'graph', kind: 'stale', ms: 60_000, count: 10 })
    await until(() => recording.counted('teams_stale_reads_total') >= 5, 'stale reads')
    expect(state('anna')).toBe('available/available')
    instance.resync([id('anna')])
    await until(() => lab.faults.list().length === 0, 'the stale reads to be over')
    await until(() => recording.feeds.events.at(-1)?.type === 'renewed', 'a round')
    expect(state('anna')).toBe('available/available')
  })

  it('follows and lets go without waiting for the round', async () => {
    const { instance, recording, id, state } = await open({ round: 30 })
    await instance.start([id('anna')])
    instance.follow([id('anna'), id('ben')])
    await until(() => state('ben') === 'available/available', 'the new one', 20_000)
    instance.follow([id('ben')])
    expect(recording.feeds.observations(id('anna'))).toEqual([])
  })

  it('reads those with a call, a write or a change more often than everybody', async () => {
    const { instance, id, state, client, prefer, reads } = await open({ round: 30 })
    await instance.start([id('anna'), id('ben')])
    await instance.publish!(publication({ address: id('anna'), lifeMs: 600_000 }))
    const begun = performance.now()
    await until(() => state('anna') === 'busy/inACall', 'our call, by a hot read')
    prefer('anna', 'DoNotDisturb/DoNotDisturb')
    await until(() => state('anna') === 'doNotDisturb/doNotDisturb', 'a change during the call')
    // Sooner than the next round.
    expect(performance.now() - begun).toBeLessThan(25_000)
    client('ben', 'Away/Away')
    const asked = reads().map((each) => (each.body as { ids: string[] }).ids)
    // The start's read and the first round's were about both.
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.slice(2).every((ids) => ids.length === 1 && ids[0] === id('anna'))).toBe(true)
  })

  it('an empty tenant of nobody is synced at once, and stays so', async () => {
    const { instance, recording, renewals } = await open()
    await instance.start([])
    expect(recording.feeds.events[1]).toMatchObject({ type: 'snapshot', observations: [] })
    await until(() => renewals() > 0, 'a renewal')
    expect(recording.health()?.state).toBe('up')
  })
})

describe('ids that Graph does not accept', () => {
  it.each(['error', 'omitted', 'unknown'] as const)(
    'badId %s: others are read, the bad one is unknown',
    async (badId) => {
      const { instance, recording, id, state, memory, renewals } = await open({ switches: { badId } })
      await instance.start([id('anna'), stranger, id('ben')])
      expect(state('anna')).toBe('available/available')
      await until(() => state('ben') === 'available/available', 'the other one')
      await until(
        () => recording.feeds.presence(stranger)?.availability === 'unknown',
        'the bad one to be reported unknown',
      )
      const before = renewals()
      await until(() => renewals() > before, 'rounds to go on')
      expect(Object.keys((await memory.get('quarantine')) ?? {})).toEqual(badId === 'error' ? [stranger] : [])
      expect(recording.health()?.state).toBe('up')
    },
  )

  it('are stored, left out after a restart, tried hourly, and taken back', async () => {
    const { instance, create, id, lab, shift, reads } = await open()
    await instance.start([id('anna'), stranger])
    await until(
      async () => false || reads().some((each) => JSON.stringify(each.body).includes(stranger)),
      'a read',
    )
    await instance.stop()
    const asked = () => reads().filter((each) => JSON.stringify(each.body).includes(stranger)).length
    const second = create()
    const before = asked()
    await second.instance.start([id('anna'), stranger])
    expect(second.recording.feeds.presence(stranger)?.availability).toBe('unknown')
    await until(() => second.recording.feeds.events.some((event) => event.type === 'renewed'), 'a round')
    expect(asked()).toBe(before)
    const tenant = lab.tenants.get(entraTenantId)!
    tenant.setClient(tenant.put({ id: stranger, userPrincipalName: `late@${domain}` }), 'Away/Away')
    shift(3_600_000)
    await until(
      () => second.recording.feeds.presence(stranger)?.availability === 'away',
      'the one taken back, after an hour',
    )
  })

  it('many of them never take more than 40 splits a round, and are all found in the end', async () => {
    const { instance, recording, lab, memory, reads, renewals } = await open({ more: 900, budget: 1400 })
    const everybody = lab.tenants
      .get(entraTenantId)!
      .people()
      .map((person) => person.user.id)
    const bad = Array.from({ length: 30 }, (_, at) => `00000000-0000-4000-8000-0000000000${10 + at}`)
    const mixed = everybody.flatMap((id, at) => (at % 30 === 0 && bad[at / 30] ? [bad[at / 30]!, id] : [id]))
    await instance.start(mixed)
    const first = reads().length
    // Two groups, at most 40 splits of two requests each; then the first round after the start begins.
    expect(first).toBeLessThanOrEqual(2 + 80)
    await until(() => renewals() > 0, 'a complete round', 60_000)
    await until(
      () => bad.every((id) => recording.feeds.presence(id)?.availability === 'unknown'),
      'every bad id to be unknown',
    )
    await until(
      () => recording.log.filter((line) => /set apart/.test(line.message)).length === bad.length,
      'every bad id to be set apart',
    )
    expect(Object.keys((await memory.get('quarantine')) ?? {}).sort()).toEqual([...bad].sort())
    expect(everybody.every((id) => recording.feeds.presence(id) !== undefined)).toBe(true)
  })

  it('the only person there is, and unknown: that is an answer', async () => {
    const { instance, recording } = await open()
    await instance.start([stranger])
    expect(recording.feeds.presence(stranger)?.availability).toBe('unknown')
  })
})

describe('Graph in trouble', () => {
  it('a few 5xx, a slow answer and a cut connection cost nothing', async () => {
    const { instance, lab, recording, id, state, prefer, renewals } = await open()
    await instance.start([id('anna')])
    for (const fault of [
      { kind: 'status', status: 503, count: 2 },
      { kind: 'slow', ms: 600, count: 2 },
      { kind: 'drop', count: 2 },
      { kind: 'drop', when: 'after', count: 1 },
    ] as const) {
      lab.faults.add({ target: 'graph', ...fault })
      await until(() => lab.faults.list().length === 0, `${fault.kind} to strike`)
      const before = renewals()
      await until(() => renewals() > before, 'the next round')
    }
    prefer('anna', 'Busy/Busy')
    await until(() => state('anna') === 'busy/busy', 'a change afterwards')
    expect(recording.feeds.events.some((event) => event.type === 'lost')).toBe(false)
    await until(() => recording.health()?.state === 'up', 'health')
  })

  it('a quota much smaller than the budget: backs off and goes on within it', async () => {
    const { instance, lab, recording, id, state, prefer } = await open({ switches: { quotaPer30s: 40 } })
    await instance.start([id('anna')])
    await until(() => recording.health()?.state === 'degraded', 'health to fall')
    expect(recording.health()?.detail).toMatch(/429|fewer/)
    lab.switches.quotaPer30s = 1500
    prefer('anna', 'Busy/Busy')
    await until(() => state('anna') === 'busy/busy', 'reading to go on', 60_000)
    const refused = lab.requests.since(0).filter((each) => each.status === 429)
    expect(refused.length).toBeLessThanOrEqual(3)
  })

  it('does not start against a Graph that is down or answers for somebody else', async () => {
    const { instance, lab, id } = await open()
    lab.faults.add({ target: 'graph', kind: 'status', status: 502 })
    await expect(instance.start([id('anna'), id('ben')])).rejects.toMatchObject({ kind: 'not-ready' })
    lab.faults.clear()
    lab.faults.add({ target: 'graph', kind: 'status', status: 429, retryAfter: 9, count: 1 })
    await expect(instance.start([id('anna')])).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: expect.any(Number),
    })
  })

  it('a token that was revoked is replaced once, without a gap', async () => {
    const { instance, lab, recording, id, state, prefer } = await open()
    await instance.start([id('anna')])
    lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
    prefer('anna', 'Busy/Busy')
    await until(() => state('anna') === 'busy/busy', 'the change')
    expect(lab.requests.since(0).filter((each) => each.target === 'entra').length).toBeLessThanOrEqual(2)
    expect(recording.feeds.events.some((event) => event.type === 'lost')).toBe(false)
  })
})
