import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type {
  AnyConnectorDefinition,
  ConnectorContext,
  ConnectorInstance,
  WriteSlot,
} from '../src/core/connector.ts'
import type { Facet } from '../src/core/observation.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../src/core/presence.ts'
import { expectOwnEcho } from './contract/echo.ts'
import { expectPublish, expectSlots, type Tried } from './contract/publishing.ts'
import { type ConnectorWorld, openRuns, type WrittenSlot } from './contract/world.ts'
import { expectContribution, expectExpiry, expectReadBack } from './contract/write-properties.ts'

const root = join(import.meta.dirname, '..')

/** Do not disturb of one phone, as a system holds it. */
class Phone {
  own = false
  ours: number | undefined
  now = 0
  changed = () => {}

  get on(): boolean {
    return this.own || (this.ours ?? 0) > this.now
  }

  set(on: boolean): void {
    this.own = on
    this.changed()
  }
}

const right: WriteSlot = {
  ...{ slot: 'dnd', states: [DO_NOT_DISTURB], neutral: AVAILABLE, contribution: 'sharedSlot' },
  ...{ readBack: 'own', echo: 'value', expiry: { kind: 'none' }, settleMs: 150 },
}
const record: WriteSlot = {
  ...{ ...right, contribution: 'ownRecord', readBack: 'none', echo: 'identity' },
  expiry: { kind: 'native', lifeMs: 60_000 },
}

/** How a connector may differ from what it declares. */
interface Ways {
  /** Writes end with the system's own clock after so long, milliseconds. */
  readonly lifeMs?: number
  /** Writes have a place of their own beside the person's. */
  readonly beside?: true
  /** What was set is told so much later, milliseconds; never where undefined. */
  readonly toldAfterMs?: number
  /** Once what was set was told, the former state is told again. */
  readonly wavers?: true
  readonly stopTakesBack?: true
}

function connect(phone: Phone, ways: Ways, context: ConnectorContext): ConnectorInstance {
  const timers: { cancel(): void }[] = []
  const later = (ms: number, what: () => void) => timers.push(context.clock.after(ms, what))
  let addresses: readonly string[] = []
  let told = false
  const tell = (on: boolean) => {
    told = on
    const facet: Facet = { kind: 'dnd', on }
    const observations = addresses.map((address) => ({ address, facet, observedAt: 0 }))
    context.emit({ type: 'snapshot', feed: 'dnd', observations })
  }
  const write = (on: boolean) => {
    if (!ways.beside) phone.own = on && ways.lifeMs === undefined
    phone.ours = on ? phone.now + (ways.lifeMs ?? Number.POSITIVE_INFINITY) : undefined
    if (!ways.beside && !on) phone.ours = undefined
    if (!ways.beside && ways.lifeMs === undefined) phone.ours = undefined
    if (ways.toldAfterMs === undefined) return
    later(ways.toldAfterMs, () => {
      tell(on)
      if (on && ways.wavers) tell(false)
    })
  }
  phone.changed = () => later(0, () => tell(phone.own))
  return {
    async start(followed) {
      addresses = followed
      context.emit({ type: 'opened', feed: 'dnd', leaseMs: 60_000 })
      tell(phone.own)
      context.health({ state: 'up' })
    },
    async stop() {
      for (const timer of timers) timer.cancel()
      if (ways.stopTakesBack) write(false)
    },
    follow() {},
    resync: () => later(0, () => tell(told)),
    async publish({ act }) {
      write(act === 'assert')
      return { kind: 'applied', at: context.clock.wall() }
    },
  }
}

function start(ways: Ways, slot: WriteSlot) {
  const phone = new Phone()
  const written: WrittenSlot = {
    ...{ slot: 'dnd', state: DO_NOT_DISTURB, shown: () => (phone.on ? DO_NOT_DISTURB : AVAILABLE) },
    person: {
      act() {
        if (!ways.beside) phone.ours = undefined
        phone.set(false)
      },
      shows: AVAILABLE,
    },
    expiry: {
      later(milliseconds) {
        phone.now += milliseconds
      },
    },
  }
  const none = { absent: 'not looked at here' }
  const world: ConnectorWorld = {
    ...{ config: {}, secrets: [], address: '1001', other: '1002', unknown: '7777', requests: () => 0 },
    ...{ connections: none, calls: none, dnd: none, presence: none, connection: none, badCredentials: none },
    ...{ throttle: none, malformed: none, repeat: none, written: [written], stop: async () => {} },
  }
  const definition: AnyConnectorDefinition = {
    manifest: {
      ...{ id: 'phone', title: 'Phone', kind: 'pbx', docs: '-', facets: ['dnd'], states: [DO_NOT_DISTURB] },
      ...{ addressKind: 'extension', transport: 'push', lineRank: 0 },
    },
    configSchema: {},
    writes: () => [slot],
    check: async () => [],
    create: (_, context) => connect(phone, ways, context),
  }
  return { world, definition, written }
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function attempt(
  check: (at: Tried, written: WrittenSlot) => Promise<unknown>,
  ways: Ways,
  { slot = right, patienceMs = 8000 }: { slot?: WriteSlot; patienceMs?: number } = {},
): Promise<unknown> {
  const { world, definition, written } = start(ways, slot)
  const runs = openRuns({ definition, start: async () => world, patienceMs })
  closers.push(() => runs.close())
  return check({ run: await runs.open(), definition }, written).then(
    () => 'passes',
    (error: unknown) => error,
  )
}

const checks = { expectPublish, expectContribution, expectReadBack, expectExpiry, expectOwnEcho }

describe('a connector that is as it declares passes', () => {
  const records: Ways = { beside: true, lifeMs: 60_000 }
  test.each(Object.entries(checks))('%s', async (_, check) => {
    expect(await attempt(check, { toldAfterMs: 5 })).toBe('passes')
    expect(await attempt(check, records, { slot: record })).toBe('passes')
  })
})

describe('a connector that is not as it declares is found', () => {
  test.each<[string, keyof typeof checks, Ways, WriteSlot, RegExp]>([
    ['never told back', 'expectReadBack', {}, right, /until the connector told/],
    ['told back too late', 'expectReadBack', { toldAfterMs: 60_000 }, right, /until the connector told/],
    ['told, though a record', 'expectReadBack', { toldAfterMs: 0, beside: true }, record, /dnd/],
    ['in the way of others', 'expectContribution', { toldAfterMs: 5 }, record, /busy|available/i],
    ['beside others', 'expectContribution', { beside: true }, right, /Waited in vain: .* in the place of/],
    ['it never ends', 'expectExpiry', { beside: true }, record, /Waited in vain: what was there before/],
    ['it ends too soon', 'expectExpiry', { beside: true, lifeMs: 30_000 }, record, /90 %/],
    ['it ends at all', 'expectExpiry', { lifeMs: 60_000 }, right, /90 %/],
    ['stopping takes it back', 'expectExpiry', { stopTakesBack: true }, right, /has stopped/],
    [
      'passed on as the word of the system',
      'expectOwnEcho',
      { toldAfterMs: 0, beside: true },
      record,
      /told/,
    ],
    [
      'taken for a person who took it away',
      'expectOwnEcho',
      { toldAfterMs: 0, wavers: true },
      right,
      /still stands/,
    ],
  ])('%s', async (_, check, ways, slot, complaint) => {
    // Where the complaint is that something does not come about, it need not be waited for long.
    const patienceMs = /Waited in vain/.test(complaint.source) ? 300 : 8000
    expect(String(await attempt(checks[check], ways, { slot, patienceMs }))).toMatch(complaint)
  })

  test('a slot that the suite does not write', async () => {
    const { world, definition } = start({}, right)
    const runs = openRuns({ definition, start: async () => ({ ...world, written: { absent: 'forgotten' } }) })
    closers.push(() => runs.close())
    const run = await runs.open()
    expect(() => expectSlots({ run, definition })).toThrow('dnd')
  })
})

/** Each definition by its name in the registry's source, where a family of them is one line. */
const registered = [
  ...readFileSync(join(root, 'src/apps/registry.ts'), 'utf8')
    .split('export const registry')[1]!
    .matchAll(/^ {2}(?:\.\.\.|'[^']+': )?(\w+),$/gm),
].map(([, name]) => name!)

test('every connector of the registry runs the suite', () => {
  const runs = readdirSync(join(root, 'test/system'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, 'test/system', name), 'utf8'))
    .filter((text) => text.includes('connectorContract('))
  expect(registered.length).toBeGreaterThan(12)
  for (const name of registered) {
    expect(
      runs.some((text) => new RegExp(`\\b${name}\\b`).test(text)),
      name,
    ).toBe(true)
  }
})
