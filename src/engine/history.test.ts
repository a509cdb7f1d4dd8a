import { describe, expect, test } from 'vitest'
import {
  contribution,
  dndSlot,
  heardPoint,
  leg,
  link,
  order,
  sessionSlot,
  teamsPoint,
} from '../../test/support/points.ts'
import type { HistoryRow } from '../core/history.ts'
import { defaultPolicy } from '../core/policy.ts'
import type { LedgerRow, StoreChange } from '../core/ports.ts'
import { DO_NOT_DISTURB } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import { newActor } from './actor.ts'
import { explainPast } from './explain-past.ts'
import { actorAt } from './history-points.ts'
import { HistoryRecorder } from './history-recorder.ts'
import { writePresentity } from './serialize.ts'
import type { System } from './system.ts'

const name = { upn: 'Anna@contoso.example', displayName: 'Anna' }

function actorOf(...points: Point[]) {
  return newActor({ tenant: 't', id: 'anna', ...name, points }, 50)
}

function stored(actor: ReturnType<typeof actorOf>): StoreChange[] {
  return [{ put: 'presentity', ...writePresentity(actor.presentity) }]
}

function rowOf(change: StoreChange | undefined): HistoryRow {
  if (!change || !('put' in change) || change.put !== 'history') throw new Error('no row of the history')
  return change.row
}

function system(id: string, slots: System['slots'] = []): System {
  const manifest = { id, title: id, kind: 'pbx', lineRank: 1, states: order } as unknown as System['manifest']
  return { tenant: 't', id, manifest, slots, lines: id, instance: {} as System['instance'] }
}

describe('the recorder', () => {
  test('G-11: keeps nothing of a tenant that keeps no history', () => {
    const actor = actorOf(heardPoint())
    expect(new HistoryRecorder().record(actor, stored(actor), 100)).toBeUndefined()
  })

  test('notes what changed, once; a new version of the rules and a lost system count as change', () => {
    const recorder = new HistoryRecorder()
    recorder.keep('t', 1)
    const phone = heardPoint()
    const actor = actorOf(phone)
    expect(rowOf(recorder.record(actor, [], 100.4))).toMatchObject({ at: 101, policyVersion: 1 })
    expect(recorder.record(actor, [], 200)).toBeUndefined()
    expect(recorder.record(actor, stored(actor), 200)).toBeUndefined()
    phone.dnd = true
    expect(rowOf(recorder.record(actor, stored(actor), 300)).body).toContain('"dnd":true')
    recorder.keep('t', 2)
    expect(rowOf(recorder.record(actor, [], 400)).policyVersion).toBe(2)
    phone.feeds[0]!.live = false
    phone.feeds[0]!.lostSince = 450
    expect(rowOf(recorder.record(actor, [], 500)).body).toContain('"unheard":[["pbx","1001",450]]')
    phone.feeds = []
    expect(rowOf(recorder.record(actor, [], 600)).body).toContain('"unheard":[["pbx","1001",null]]')
    actor.presentity.points = []
    expect(rowOf(recorder.record(actor, [], 700)).body).toBe('{"person":{"points":[]},"since":50}')
  })

  test('what was noted makes the same person again, apart from what is in the ledger', () => {
    const recorder = new HistoryRecorder()
    recorder.keep('t', 1)
    const phone = heardPoint({ legs: [leg()], dnd: true, line: 'pbx\n1001' })
    const lost = teamsPoint({
      feeds: [{ feed: 'f', epoch: 3, live: false, lostSince: 70 }],
      line: 'teams\nanna',
    })
    const actor = actorOf(phone, lost)
    const row = rowOf(recorder.record(actor, stored(actor), 2_000))
    const again = actorAt(row, (connector) => system(connector), name)
    expect(writePresentity(again.presentity)).toEqual(writePresentity(actor.presentity))
    expect(again.since).toBe(50)
    expect(again.presentity.points.map((point) => [point.line, point.feeds[0]!.live])).toEqual([
      ['pbx\n1001', true],
      ['teams\nanna', false],
    ])
  })
})

describe('the past', () => {
  const at = 10_000
  const systems = new Map([
    ['pbx', system('pbx', [dndSlot])],
    ['teams', system('teams')],
  ])
  const native = { state: DO_NOT_DISTURB, chosen: 'yes', outOfOffice: false, since: 5_000 } as const
  const effect = { act: 'set', state: DO_NOT_DISTURB, at: 5_000, row: 2, origin: 'person' } as const
  const anna = actorOf(
    teamsPoint({
      native,
      base: { state: DO_NOT_DISTURB, at: 5_000, by: 'native' },
      effects: new Map([['teams to pbx', effect]]),
    }),
    heardPoint({ dnd: true, base: { state: DO_NOT_DISTURB, at: 5_010, by: 'hub' } }),
  )
  const recorder = new HistoryRecorder()
  recorder.keep('t', 1)
  const row = rowOf(recorder.record(anna, stored(anna), 5_020))
  const entry = (id: string, change: Parameters<typeof contribution>[0]): LedgerRow => ({
    id,
    tenant: 't',
    presentity: 'anna',
    connector: 'pbx',
    address: '1001',
    slot: 'dnd',
    open: false,
    updatedAt: 0,
    body: JSON.stringify(
      contribution({ id, slot: 'dnd', state: DO_NOT_DISTURB, expiresAt: undefined, ...change }),
    ),
  })
  const context = {
    now: at,
    policy: { ...defaultPolicy, links: [link('teams', 'pbx')] },
    system: (connector: string) => systems.get(connector),
  }

  test('G-09: is explained by the rules of then: what was wanted, why, what was written and acknowledged by then', () => {
    const ledger = [
      entry('later', { intentAt: 20_000 }),
      entry('one', {
        intentAt: 5_005,
        ackAt: 5_010,
        confirmedAt: 5_015,
        endIntentAt: 30_000,
        endAckAt: 30_001,
      }),
    ]
    const view = explainPast({ row, name, ledger, context })
    expect(view.at).toBe(at)
    expect(view.person.displayName).toBe('Anna')
    expect(view.decisions.find(({ slot }) => slot === 'dnd')).toMatchObject({
      wanted: 'doNotDisturb/doNotDisturb',
      because: 'Do not disturb chosen on teams anna',
      rule: 'teams to pbx, row 3',
      status: 'applied',
    })
    expect(view.history.map((one) => [one.at, one.did, one.outcome])).toEqual([
      [5_005, 'wrote doNotDisturb/doNotDisturb', 'acknowledged'],
    ])
  })

  test('G-09: what was written and hidden behind a choice in the target is told as masked', () => {
    const call = teamsPoint({
      native: { state: DO_NOT_DISTURB, chosen: 'unknown', outOfOffice: false, since: 6_000 },
      read: { state: DO_NOT_DISTURB, at: 6_000 },
      contributions: [contribution({ id: 'two', intentAt: 1_000, ackAt: 1_000 })],
    })
    const person = actorOf(call, heardPoint({ legs: [leg()] }))
    const noted = rowOf(recorder.record(person, stored(person), 6_000))
    const session = contribution({ id: 'two', intentAt: 1_000, ackAt: 1_000, expiresAt: 90_000_000 })
    const place = { connector: 'teams', address: 'anna', slot: 'session' }
    const ledger = [{ ...entry('two', {}), ...place, body: JSON.stringify(session) }]
    const view = explainPast({
      row: noted,
      name,
      ledger,
      context: {
        now: 40_000_000,
        policy: { ...defaultPolicy, links: [link('pbx', 'teams')] },
        system: (connector) => system(connector, connector === 'teams' ? [sessionSlot] : []),
      },
    })
    expect(view.decisions.find(({ slot }) => slot === 'session')).toMatchObject({
      wanted: 'busy/inACall',
      status: 'masked',
      detail: 'doNotDisturb/doNotDisturb is shown instead',
    })
  })

  test('without the write of then the same moment shows one under way', () => {
    const view = explainPast({ row, name, ledger: [], context })
    const found = view.decisions.find(({ slot }) => slot === 'dnd')
    // The key is on by the hub's own doing, so there is nothing more to write.
    expect(found).toMatchObject({ wanted: 'doNotDisturb/doNotDisturb', status: 'covered' })
    expect(view.history).toEqual([])
  })

  test('without the link nothing was wanted', () => {
    const view = explainPast({ row, name, ledger: [], context: { ...context, policy: defaultPolicy } })
    expect(view.decisions.find(({ slot }) => slot === 'dnd')).toMatchObject({ wanted: 'nothing of ours' })
    expect(view.person.state.label).toBe('Do not disturb')
  })
})
