import { expect, test } from 'vitest'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { Log } from '../../core/ports.ts'
import type { Arrival } from '../../engine/restore.ts'
import { Reach } from './reach.ts'
import { type ReconfigureParts, Reconfigurer } from './reconfigure.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

/** A hub of several without a connector, which has only the tenants in `own`. */
function hub(own: ReadonlySet<string>) {
  const tenants = ['a', 'b'].map((id) => ({ id, connectors: [], people: [], links: [], syncShared: false }))
  const config = { tenants, secrets: [] } as unknown as ResolvedConfig
  const loaded: [string, Arrival | undefined][] = []
  const waiting: (() => void)[] = []
  const engine = {
    load: async (_: unknown, tenant: string, arrival?: Arrival) => void loaded.push([tenant, arrival]),
    ...{ setPeople: silent, addSystem: silent, endUnopened: silent, emit: silent },
    people: { addresses: () => [], followed: () => 1 },
  }
  const clock = { wall: () => 0, monotonic: () => 0, after: () => ({ cancel: silent }) }
  const parts = {
    ...{ engine, clock, log, registry: {}, outbound: {}, random: () => 0 },
    store: { memory: async () => new Map() },
    reach: new Reach(undefined),
    starts: { run: (start: () => Promise<void>) => start() },
  }
  const reconfigurer = new Reconfigurer(config, {
    ...{ tenants: new Map(), parts, changed: async () => {} },
    directories: { adopt: async () => [], start: silent },
    history: { adopt: async () => {} },
    isElsewhere: (tenant: string) => !own.has(tenant),
    // What is stored of the tenants is read first, which takes as long as the database takes.
    complete: (given: ResolvedConfig) =>
      new Promise<ResolvedConfig>((resolve) => waiting.push(() => resolve(given))),
  } as unknown as ReconfigureParts)
  /** The database answers what is asked now, or next. */
  const answer = async () => {
    while (waiting.length === 0) await Promise.resolve()
    waiting.shift()!()
  }
  return { reconfigurer, loaded, answer, config }
}

const afterDeath: Arrival = { holdMs: 3_000, revisionsFrom: 2 ** 32 }
const handedOver: Arrival = { revisionsFrom: 2 ** 33 }

test('a tenant that comes while another is being started is started as it comes', async () => {
  const own = new Set(['a'])
  const { reconfigurer, loaded, answer } = hub(own)
  const first = reconfigurer.take(new Map([['a', handedOver]]))
  own.add('b')
  const second = reconfigurer.take(new Map([['b', afterDeath]]))
  await answer()
  await first
  await answer()
  await second
  expect(loaded).toEqual([
    ['a', handedOver],
    ['b', afterDeath],
  ])
})

test('a tenant that comes while the configuration is read is not started by that', async () => {
  const own = new Set<string>()
  const { reconfigurer, loaded, answer, config } = hub(own)
  const applied = reconfigurer.apply(config, { author: 'anna', comment: '' })
  own.add('a')
  const taken = reconfigurer.take(new Map([['a', afterDeath]]))
  await answer()
  expect((await applied).added).toEqual([])
  await answer()
  expect((await taken).added).toEqual(['a'])
  expect(loaded).toEqual([['a', afterDeath]])
})
