import { describe, expect, test } from 'vitest'
import { sampleTenant } from '../../src/lab/sample.ts'
import type { Switches } from '../../src/lab/switches.ts'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { samplePeople, startWorld } from './e2e/world.ts'

/** What nobody outside Microsoft knows of Graph, each value at least once, and the hard ones together. */
const settings: readonly Partial<Switches>[] = [
  { sequenceNumber: false },
  { sequenceNumber: false, readLagMs: 2_000, aggregation: 'observed' },
  { sequenceNumber: false, readLagMs: 10_000, badId: 'unknown' },
  { readLagMs: 2_000 },
  { readLagMs: 10_000, badId: 'omitted', aggregation: 'observed' },
  { readLagMs: 10_000, latencyMs: [150, 400] },
  { badId: 'error' },
  { badId: 'omitted', sequenceNumber: false },
  { badId: 'unknown', aggregation: 'observed' },
  { latencyMs: [1_000, 2_000], badId: 'error', aggregation: 'observed' },
  { emptyStatus: 204, spelling: 'camelCase', dndDiverts: false },
  {
    emptyStatus: 204,
    spelling: 'camelCase',
    sequenceNumber: false,
    readLagMs: 2_000,
    aggregation: 'observed',
  },
]

/** A thirteenth colleague without Teams: her id is one that Graph does not know. */
function withStranger() {
  const tenant = sampleTenant()
  const upn = 'zoe@contoso.example'
  const user = { teams: false }
  return {
    tenant: {
      ...tenant,
      people: [...(tenant.people ?? []), { upn, displayName: 'Zoe', extensions: ['1013'], user }],
    },
    people: [...samplePeople(), { upn, addresses: { pbx: '1013' } }],
  }
}

describe.concurrent('under every setting', () => {
  for (const switches of settings) {
    const named = Object.entries(switches).map(([name, value]) => `${name} ${String(value)}`)
    test(`SW-03, SW-06, VO-24, VO-25, G-01: calls and do not disturb keep step with ${named.join(', ')}`, async ({
      onTestFinished,
    }) => {
      const world = await startWorld({ stopped: true, switches, ...withStranger() })
      onTestFinished(world.stop)
      const { lab } = world
      const teams = world.person('anna')
      const phone = world.phone('1001')
      const delay = (switches.readLagMs ?? 0) + 2 * (switches.latencyMs?.[1] ?? 0)
      const written = () => teamsWrites(lab, 0, teams.upn).map(callOf)
      const settle = () => world.pass(20_000 + delay)
      // The stranger's calls trouble nobody.
      world.phone('1013').dial()

      phone.dial()
      await world.passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000 + delay)
      await settle()
      expect(teams.shown()).toBe(IN_A_CALL)
      phone.hangup()
      await world.passUntil(() => teams.shown() === FREE, 'the end of the call', 3_000 + delay)
      await settle()
      expect(written()).toEqual(['setPresence', 'clearPresence'])
      expect([teams.shown(), world.view('anna').state.label, phone.dnd()]).toEqual([FREE, 'Available', 'off'])

      teams.status(DND)
      await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', 5_000 + delay)
      await settle()
      teams.status(null)
      await world.passUntil(() => phone.dnd() === 'off', 'the phone to follow back', 5_000 + delay)
      await settle()
      expect(written()).toHaveLength(2)

      phone.pressDnd(true)
      await world.passUntil(() => teams.shown() === DND, 'Teams to follow', 3_000 + delay)
      await settle()
      expect(phone.dnd()).toBe('on')
      phone.pressDnd(false)
      await world.passUntil(() => teams.preferred() === undefined, 'Teams to follow back', 3_000 + delay)
      await settle()

      const atPhone = phoneWrites(lab).length
      await world.pass(60_000)
      expect([teams.shown(), phone.dnd(), world.view('anna').state.label]).toEqual([FREE, 'off', 'Available'])
      expect(written()).toEqual([
        ...['setPresence', 'clearPresence'],
        ...['setUserPreferredPresence', 'clearUserPreferredPresence'],
      ])
      expect(phoneWrites(lab)).toHaveLength(atPhone)
      expect(lab.requests.since(0).filter(({ status }) => status === 429)).toEqual([])
    })
  }
})
