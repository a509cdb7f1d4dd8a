import { expect, test } from 'vitest'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { Durability, Log, StoreChange } from '../../core/ports.ts'
import type { Arrival } from '../../engine/restore.ts'
import type { RunningTenant } from './port.ts'
import { Reach } from './reach.ts'
import { type ReconfigureParts, Reconfigurer } from './reconfigure.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

/** A hub of several without a connector, which has only the tenants in `own`. */
function hub(own: ReadonlySet<string>) {
  const tenants = ['a', 'b'].map((id) => ({ id, connectors: [], people: [], links: [], syncShared: false }))
  const config = { tenants, secrets: [] } as unknown as ResolvedConfig
  const running = new Map<string, RunningTenant>()
  const loaded: [string, Arrival | undefined][] = []
  const waiting: (() => void)[] = []
  const commits: Durability[] = []
  let failures = 0
  const engine = {
    load: async (_: unknown, tenant: string, arrival?: Arrival) => {
      if (failures-- > 0) throw new Error('the database is away')
      loaded.push([tenant, arrival])
    },
    letGo: async () => {},
    ...{ setPeople: silent, addSystem: silent, endUnopened: silent, emit: silent },
    people: { addresses: () => [], followed: () => 1 },
  }
  const clock = { wall: () => 0, monotonic: () => 0, after: () => ({ cancel: silent }) }
  const parts = {
    ...{ engine, clock, log, registry: {}, outbound: {}, random: () => 0 },
    store: {
      memory: async () => new Map(),
      commit: async (_: readonly StoreChange[], durability: Durability) => {
        if (failures-- > 0) throw new Error('the database is away')
        commits.push(durability)
      },
    },
    reach: new Reach(undefined),
    sites: { drop: silent },
    starts: { run: (start: () => Promise<void>) => start() },
  }
  const reconfigurer = new Reconfigurer(config, {
    ...{ tenants: running, parts, changed: async () => {} },
    directories: { adopt: async () => [], sweep: silent, start: silent, forget: silent },
    history: { adopt: async () => {}, drop: silent },
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
  const fail = (times: number) => {
    failures = times
  }
  return { reconfigurer, loaded, answer, config, tenants: running, fail, commits }
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

test('a tenant that came half way, because the database went, comes whole at the next attempt', async () => {
  const { reconfigurer, loaded, answer, tenants, fail } = hub(new Set(['a', 'b']))
  const arrivals = new Map([
    ['a', afterDeath],
    ['b', handedOver],
  ])
  fail(1)
  const first = reconfigurer.take(arrivals)
  await answer()
  await expect(first).rejects.toThrow('the database is away')
  expect([...tenants.keys()]).toEqual([])
  const second = reconfigurer.take(new Map(arrivals))
  await answer()
  expect((await second).added).toEqual(['a', 'b'])
  expect(loaded).toEqual([...arrivals])
})

test('a tenant is let go once all that was written for it is on the disk, at the second attempt as at the first', async () => {
  const { reconfigurer, answer, tenants, fail, commits } = hub(new Set(['a']))
  const taken = reconfigurer.take(new Map([['a', handedOver]]))
  await answer()
  await taken
  fail(1)
  await expect(reconfigurer.letGo('a')).rejects.toThrow('the database is away')
  expect([...tenants.keys()]).toEqual([])
  expect(commits).toEqual([])
  await reconfigurer.letGo('a')
  expect(commits).toEqual(['full'])
})
