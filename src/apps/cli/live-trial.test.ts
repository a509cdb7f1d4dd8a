import { describe, expect, test } from 'vitest'
import type {
  AnyConnectorDefinition,
  ConnectorContext,
  ConnectorInstance,
  Manifest,
  Outcome,
  Publication,
  WriteSlot,
} from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import {
  AVAILABLE,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  type Presence,
  UNKNOWN,
} from '../../core/presence.ts'
import { systemClock } from '../../observe/clock.ts'
import { type TrialOptions, type TrialPerson, tryConnector } from './live-trial.ts'

const slot = (more: Partial<WriteSlot>): WriteSlot => ({
  slot: 'session',
  states: [IN_A_CALL],
  neutral: OFFLINE,
  contribution: 'ownSession',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'native', lifeMs: 60_000 },
  settleMs: 0,
  ...more,
})

interface Target {
  /** What is shown while nothing is written. */
  native: Facet
  slots: readonly WriteSlot[]
  /** What the person is shown as after a write; the state written unless told. */
  shownAs?: (state: Presence) => Presence
  outcomes?: Partial<Record<Publication['act'], Outcome[]>>
  directory?: boolean
}

/** A system that shows what was written to it, at once. */
function createTarget(target: Target) {
  const published: string[] = []
  const definition: AnyConnectorDefinition = {
    manifest: { title: 'Target' } as Manifest,
    configSchema: {},
    writes: () => target.slots,
    check: async () => [],
    create: (_settings: unknown, context: ConnectorContext): ConnectorInstance => {
      let shown = target.native
      const tell = () =>
        context.emit({
          type: 'snapshot',
          feed: 'f',
          observations: [{ address: '1001', facet: shown, observedAt: 0 }],
        })
      return {
        start: async () => tell(),
        stop: async () => void published.push('stop'),
        follow: () => {},
        resync: tell,
        directory: async () =>
          target.directory ? [{ address: '1001', upn: 'anna@x.example', mails: [], aliases: [] }] : [],
        publish: async ({ act, slot: name, state }) => {
          published.push(`${act} ${name} ${state.availability}`)
          const outcome = target.outcomes?.[act]?.shift() ?? { kind: 'applied', at: 0 }
          const taken = outcome.kind === 'applied'
          if (taken && act === 'withdraw') shown = target.native
          if (taken && act === 'assert') {
            shown = { kind: 'presence', state: (target.shownAs ?? ((same) => same))(state), chosen: 'no' }
          }
          return outcome
        },
      }
    },
  }
  return { definition, published }
}

const native = (state: Presence, chosen: 'yes' | 'no' = 'no'): Facet => ({ kind: 'presence', state, chosen })
const anna: TrialPerson = { upn: 'anna@x.example', aliases: [], addresses: ['1001'] }

function optionsFor(definition: AnyConnectorDefinition, person: TrialPerson): TrialOptions {
  const quiet = () => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }
  return {
    definition,
    settings: {},
    person,
    clock: systemClock(),
    context: { log, fetch } as unknown as ConnectorContext,
    record: quiet,
    conceal: quiet,
    interrupted: () => false,
    patienceMs: 120,
  }
}

async function attempt(target: Target, person: TrialPerson = anna) {
  const { definition, published } = createTarget(target)
  const report = await tryConnector(optionsFor(definition, person))
  return { report, published }
}

describe('a live trial', () => {
  test('sets, reads back, takes back twice, and stops the connector', async () => {
    const { report, published } = await attempt({ native: native(AVAILABLE), slots: [slot({})] })
    expect(report.steps).toMatchObject([
      { state: 'busy/inACall', outcome: 'applied', clearOutcome: 'applied', shownBefore: false },
    ])
    expect(report.steps[0]!.shownMs).toBeGreaterThanOrEqual(0)
    expect(report.steps[0]!.clearedMs).toBeGreaterThanOrEqual(0)
    expect(published).toEqual([
      'assert session busy',
      'withdraw session offline',
      'withdraw session offline',
      'stop',
    ])
  })

  test('says what is shown instead', async () => {
    const { report } = await attempt({ native: native(AVAILABLE), slots: [slot({})], shownAs: () => BUSY })
    expect(report.steps[0]).toMatchObject({ outcome: 'applied', shownInstead: 'busy/busy' })
    expect(report.steps[0]!.shownMs).toBeUndefined()
  })

  test('insists on taking back', async () => {
    const outcomes: Target['outcomes'] = {
      withdraw: [
        { kind: 'deferred', reason: 'busy', retryAfterMs: 5 },
        { kind: 'deferred', reason: 'busy', retryAfterMs: 5 },
      ],
    }
    const { published } = await attempt({ native: native(AVAILABLE), slots: [slot({})], outcomes })
    expect(published.filter((line) => line.startsWith('withdraw'))).toHaveLength(4)
  })

  test.each(['interrupted', 'broken'] as const)('takes back what is set when it is %s', async (how) => {
    const target: Target = { native: native(AVAILABLE), slots: [slot({ states: [IN_A_CALL, BUSY] })] }
    const { definition, published } = createTarget({ ...target, shownAs: () => BUSY })
    const told = () => published.some((line) => line.startsWith('assert'))
    const tried = tryConnector({
      ...optionsFor(definition, anna),
      interrupted: () => {
        if (!told()) return false
        if (how === 'broken') throw new Error('gone')
        return true
      },
    })
    if (how === 'broken') await expect(tried).rejects.toThrow('gone')
    else expect((await tried).steps).toHaveLength(1)
    expect(published.slice(0, 2)).toEqual(['assert session busy', 'withdraw session offline'])
    expect(published.filter((line) => line.startsWith('assert'))).toHaveLength(1)
    expect(published.at(-1)).toBe('stop')
  })

  test('takes back also what was refused, and goes on', async () => {
    const outcomes: Target['outcomes'] = { assert: [{ kind: 'rejected', reason: 'no such pair' }] }
    const { report, published } = await attempt({
      native: native(AVAILABLE),
      slots: [slot({ states: [IN_A_CALL, BUSY] })],
      outcomes,
    })
    expect(report.steps.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['rejected', 'no such pair'],
      ['applied', undefined],
    ])
    expect(published.slice(0, 2)).toEqual(['assert session busy', 'withdraw session offline'])
  })

  test.each([
    ['in a call', native(IN_A_CALL), '1001: the person is in a call'],
    ['on do not disturb', native(DO_NOT_DISTURB), '1001: the person is on do not disturb'],
    [
      'on do not disturb at the phone',
      { kind: 'dnd', on: true } as const,
      '1001: the person is on do not disturb',
    ],
  ])('leaves a person alone who is %s', async (_, facet, reason) => {
    const { report, published } = await attempt({ native: facet, slots: [slot({})] })
    expect(report.skipped).toEqual([reason])
    expect(published).toEqual(['stop'])
  })

  test('does not overwrite what the person chose, where it could not be restored', async () => {
    const shared = slot({ slot: 'preferred', contribution: 'sharedSlot', neutral: UNKNOWN })
    const { report, published } = await attempt({ native: native(BUSY, 'yes'), slots: [shared] })
    expect(report.skipped).toEqual([
      '1001 preferred: the person chose a status by hand; reset it and try again',
    ])
    expect(published).toEqual(['stop'])
  })

  test('finds the address in the directory, or says that there is none', async () => {
    const nowhere = { ...anna, addresses: [] }
    const found = await attempt({ native: native(AVAILABLE), slots: [slot({})], directory: true }, nowhere)
    expect(found.report.addresses).toEqual(['1001'])
    const lost = await attempt({ native: native(AVAILABLE), slots: [slot({})] }, nowhere)
    expect(lost.report.skipped).toEqual(['the person has no address there'])
  })
})
