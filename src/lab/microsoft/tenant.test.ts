import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LabClock } from '../clock.ts'
import { defaultSwitches, type Switches } from '../switches.ts'
import type { Person } from './person.ts'
import type { Pair } from './states.ts'
import { Tenant } from './tenant.ts'

const minute = 60_000
const day = 24 * 60 * minute
const app = 'app-1'

interface Matrix {
  readonly pairs: readonly (Pair | null)[]
  readonly preferred: readonly number[]
  readonly app: readonly number[]
  readonly client: readonly number[]
  readonly documented: readonly (readonly (readonly number[])[])[]
  readonly observed: readonly (readonly (readonly number[])[])[]
}

const fixture = new URL('../../../test/fixtures/teams-aggregation.json', import.meta.url)
const matrix = JSON.parse(readFileSync(fixture, 'utf8')) as Matrix

function start(changes: Partial<Switches> = {}): {
  clock: LabClock
  tenant: Tenant
  anna: Person
  shows: () => Pair
} {
  const clock = new LabClock({ running: false, wallStart: Date.UTC(2026, 0, 5) })
  const tenant = new Tenant('tenant-1', clock, { ...defaultSwitches, ...changes })
  const anna = tenant.put({ userPrincipalName: 'anna@contoso.example' })
  return { clock, tenant, anna, shows: () => tenant.shown(anna) }
}

describe('what Teams shows', () => {
  for (const mode of ['documented', 'observed'] as const) {
    test(`matches every row of the aggregation table, ${mode}`, () => {
      let rows = 0
      for (const [p, byApp] of matrix[mode].entries()) {
        for (const [a, byClient] of byApp.entries()) {
          for (const [c, expected] of byClient.entries()) {
            const { tenant, anna, shows } = start({ aggregation: mode })
            const preferred = matrix.pairs[matrix.preferred[p]!]!
            const session = matrix.pairs[matrix.app[a]!]!
            if (preferred) tenant.setPreferred(anna, preferred)
            if (session) tenant.setSession(anna, app, { pair: session, lifeMs: 5 * minute })
            tenant.setClient(anna, matrix.pairs[matrix.client[c]!]!)
            expect([preferred, session, anna.inputs.client, shows()]).toEqual([
              preferred,
              session,
              anna.inputs.client,
              matrix.pairs[expected],
            ])
            rows += 1
          }
        }
      }
      expect(rows).toBe(140)
    })
  }

  test('an Available session fades after five minutes and again after five, whatever its life', () => {
    const { clock, tenant, anna, shows } = start()
    tenant.setSession(anna, app, { pair: 'Available/Available', lifeMs: 60 * minute })
    clock.advance(5 * minute - 1)
    expect(shows()).toBe('Available/Available')
    clock.advance(1)
    expect(shows()).toBe('Available/AvailableInactive')
    clock.advance(5 * minute)
    expect(shows()).toBe('Away/Away')
    clock.advance(50 * minute)
    expect(shows()).toBe('Offline/Offline')
  })

  test('setting an Available session again starts its five minutes anew', () => {
    const { clock, tenant, anna, shows } = start()
    tenant.setSession(anna, app, { pair: 'Available/Available', lifeMs: 60 * minute })
    clock.advance(4 * minute)
    tenant.setSession(anna, app, { pair: 'Available/Available', lifeMs: 60 * minute })
    clock.advance(4 * minute)
    expect(shows()).toBe('Available/Available')
  })

  test('a call session does not fade and ends when its life ends', () => {
    const { clock, tenant, anna, shows } = start()
    tenant.setClient(anna, 'Available/Available')
    tenant.setSession(anna, app, { pair: 'Busy/InACall', lifeMs: 15 * minute })
    clock.advance(15 * minute - 1)
    expect(shows()).toBe('Busy/InACall')
    clock.advance(1)
    expect(shows()).toBe('Available/Available')
    expect(tenant.clearSession(anna, app)).toBe(false)
  })

  test('a preferred state lasts one day for Do not disturb and Busy and seven for the rest', () => {
    for (const [pair, days] of [
      ['DoNotDisturb/DoNotDisturb', 1],
      ['Busy/Busy', 1],
      ['Away/Away', 7],
      ['Offline/OffWork', 7],
    ] as const) {
      const { clock, tenant, anna, shows } = start()
      tenant.setClient(anna, 'Available/Available')
      tenant.setPreferred(anna, pair)
      clock.advance(days * day - 1)
      expect(shows()).toBe(pair)
      clock.advance(1)
      expect(shows()).toBe('Available/Available')
    }
  })

  test('a preferred state waits for a session', () => {
    const { tenant, anna, shows } = start()
    tenant.setPreferred(anna, 'DoNotDisturb/DoNotDisturb')
    expect(shows()).toBe('Offline/Offline')
    tenant.setSession(anna, app, { pair: 'Available/Available', lifeMs: 5 * minute })
    expect(shows()).toBe('DoNotDisturb/DoNotDisturb')
  })

  test('a native call outlives the end of a phone call, and counts without a client', () => {
    const { tenant, anna, shows } = start()
    tenant.setInCall(anna, true)
    tenant.setSession(anna, app, { pair: 'Busy/InACall', lifeMs: 15 * minute })
    expect(tenant.clearSession(anna, app)).toBe(true)
    expect(shows()).toBe('Busy/InACall')
    tenant.setInCall(anna, false)
    expect(shows()).toBe('Offline/Offline')
  })

  test('a call shows through a meeting and a busy calendar', () => {
    const { tenant, anna, shows } = start()
    for (const pair of ['Busy/InAMeeting', 'Busy/Busy'] as const) {
      tenant.setClient(anna, pair)
      expect(shows()).toBe(pair)
      tenant.setSession(anna, app, { pair: 'Busy/InACall', lifeMs: 15 * minute })
      expect(shows()).toBe('Busy/InACall')
      tenant.clearSession(anna, app)
    }
  })

  test('out of office is seen beside Available and does not hide a call', () => {
    const { tenant, anna, shows } = start()
    tenant.setClient(anna, 'Available/Available')
    tenant.setOutOfOffice(anna, 'Back on Monday')
    expect(shows()).toBe('Available/OutOfOffice')
    tenant.setInCall(anna, true)
    expect(shows()).toBe('Busy/InACall')
    expect(tenant.read(anna).inputs.outOfOffice).toBe('Back on Monday')
  })
})

describe('reads', () => {
  test('show the state as it was readLagMs ago', () => {
    const { clock, tenant, anna } = start({ readLagMs: 15_000 })
    clock.advance(minute)
    tenant.setClient(anna, 'Available/Available')
    clock.advance(10_000)
    tenant.setSession(anna, app, { pair: 'Busy/InACall', lifeMs: 15 * minute })
    expect(tenant.read(anna).pair).toBe('Offline/Offline')
    clock.advance(5_000)
    expect(tenant.read(anna).pair).toBe('Available/Available')
    clock.advance(10_000)
    expect(tenant.read(anna).pair).toBe('Busy/InACall')
    expect(tenant.read(anna, 20_000).pair).toBe('Offline/Offline')
  })

  test('carry a sequence that sorts by age, through changes, fade and expiry', () => {
    const { clock, tenant, anna } = start()
    const seen: string[] = []
    const note = () => seen.push(tenant.read(anna).sequence)
    note()
    tenant.setSession(anna, app, { pair: 'Available/Available', lifeMs: 60 * minute })
    note()
    tenant.setClient(anna, 'Away/Away')
    note()
    for (const wait of [5, 5, 50]) {
      clock.advance(wait * minute)
      note()
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect([...seen].sort()).toEqual(seen)
    const last = seen.at(-1)
    clock.advance(minute)
    expect(tenant.read(anna).sequence).toBe(last)
  })
})

describe('an offered Teams call', () => {
  test('is diverted by a chosen do not disturb, whatever the switch says', () => {
    const { tenant, anna } = start({ dndDiverts: false })
    tenant.setClient(anna, 'Available/Available')
    tenant.setPreferred(anna, 'DoNotDisturb/DoNotDisturb')
    expect(tenant.offerCall(anna)).toBe('voicemail')
  })

  test('is diverted by an application session only when the switch says so', () => {
    for (const [dndDiverts, outcome] of [
      [true, 'voicemail'],
      [false, 'answered'],
    ] as const) {
      const { tenant, anna } = start({ dndDiverts })
      tenant.setClient(anna, 'Available/Available')
      tenant.setSession(anna, app, { pair: 'DoNotDisturb/Presenting', lifeMs: 5 * minute })
      expect(tenant.offerCall(anna)).toBe(outcome)
    }
  })

  test('SW-07: rings in spite of a Busy/InACall session', () => {
    const { tenant, anna } = start()
    tenant.setSession(anna, app, { pair: 'Busy/InACall', lifeMs: 5 * minute })
    expect(tenant.offerCall(anna)).toBe('answered')
  })
})

test('a hundred thousand idle people are cheap', () => {
  const tenant = new Tenant('t', new LabClock({ running: false }), defaultSwitches as Switches)
  for (let number = 0; number < 100_000; number += 1)
    tenant.put({ userPrincipalName: `u${number}@t.example` })
  const people = tenant.people().slice(0, 650)
  const readMs = () => {
    const started = performance.now()
    for (const person of people) tenant.read(person)
    return performance.now() - started
  }
  // The quickest of many: what reading costs, without what a busy machine adds.
  expect(Math.min(...Array.from({ length: 40 }, readMs))).toBeLessThan(5)
})
