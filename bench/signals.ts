import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ConnectorInstance, Publication } from '../src/core/connector.ts'
import type { DialogState } from '../src/core/observation.ts'
import { defaultCalls, defaultPolicy, defaultRows, defaultSwitches } from '../src/core/policy.ts'
import { AVAILABLE, IN_A_CALL, OFFLINE, PRESENTING } from '../src/core/presence.ts'
import { Engine } from '../src/engine/engine.ts'
import type { System } from '../src/engine/system.ts'
import { systemClock } from '../src/observe/clock.ts'
import { createLog } from '../src/observe/log.ts'
import { createMetrics } from '../src/observe/metrics.ts'
import { openStore } from '../src/store/open-store.ts'
import { readFlags } from './kit/flags.ts'
import { finish, valueRow, valuesHead } from './kit/report.ts'
import { withDirectory } from './kit/temporary.ts'

const flags = readFlags(
  'Call signals stored and decided per second by the engine on its store: SQLite, or the PostgreSQL of HOOKSWITCH_BENCH_STORE_URL (in an empty schema hookswitch_bench).',
  {
    people: {
      default: 25_000,
      help: 'people; signals go round all of them, so that hardly two meet in one turn',
    },
    seconds: { default: 30, help: 'how long signals are sent' },
    waiting: {
      default: 2_000,
      help: 'signals that come at once; the next come when all of these are decided and stored',
    },
  },
)

const tenant = 'bench'
/** With account and password, and so no flag. */
const url = process.env.HOOKSWITCH_BENCH_STORE_URL
const order: readonly DialogState[] = ['early', 'confirmed', 'held', 'confirmed', 'terminated']
const quiet = { start: async () => {}, stop: async () => {}, follow: () => {}, resync: () => {} }

/** A phone system that only speaks, and a target that takes every write at once. */
function systems(published: (publication: Publication) => void): readonly System[] {
  const manifest = {
    docs: '',
    facets: [],
    states: [IN_A_CALL, AVAILABLE],
    transport: 'push',
    lineRank: 1,
  } as const
  const teams: ConnectorInstance = {
    ...quiet,
    publish: async (publication) => {
      published(publication)
      return { kind: 'applied', at: Date.now() }
    },
  }
  return [
    {
      tenant,
      id: 'pbx',
      lines: 'pbx',
      slots: [],
      instance: quiet,
      manifest: { ...manifest, id: 'pbx', title: 'PBX', kind: 'pbx', addressKind: 'extension' },
    },
    {
      tenant,
      id: 'teams',
      lines: 'teams',
      instance: teams,
      manifest: { ...manifest, id: 'teams', title: 'Teams', kind: 'collaboration', addressKind: 'name' },
      slots: [
        {
          slot: 'session',
          states: [IN_A_CALL, PRESENTING],
          neutral: OFFLINE,
          contribution: 'ownSession',
          readBack: 'none',
          echo: 'value',
          expiry: { kind: 'native', lifeMs: 720_000 },
          settleMs: 15_000,
        },
      ],
    },
  ]
}

await withDirectory(async (path) => {
  const clock = systemClock()
  const log = createLog({ level: 'warn' })
  const database = { schema: 'hookswitch_bench', poolSize: 4, tls: 'auto' } as const
  const place = url ? ({ kind: 'postgresql', url } as const) : ({ kind: 'sqlite' } as const)
  const store = await openStore({ ...place, ...database, path }, { clock, log })
  let turns = 0
  let stored = 0
  let writes = 0
  const engine = new Engine({
    clock,
    log,
    metrics: createMetrics({ processMetrics: false }),
    random: Math.random,
    nextId: () => crypto.randomUUID(),
    store: {
      ...store,
      commit: async (changes, durability) => {
        await store.commit(changes, durability)
        stored += changes.length
        turns += 1
      },
    },
  })
  for (const system of systems(() => (writes += 1))) engine.addSystem(system)
  const link = { rows: defaultRows, calls: defaultCalls, graceMs: 0, ...defaultSwitches }
  engine.setPolicy(tenant, {
    ...defaultPolicy,
    links: [{ ...link, id: 'pbx to teams', from: 'pbx', to: 'teams' }],
  })
  const people = Array.from({ length: flags.people }, (_, index) => String(100_000 + index))
  await engine.load(
    people.map((extension) => ({
      tenant,
      id: extension,
      upn: `${extension}@bench.example`,
      displayName: extension,
      addresses: ['pbx', 'teams'].map((connector) => ({
        connector,
        address: extension,
        line: extension,
        rank: 1,
      })),
    })),
  )
  for (const id of ['pbx', 'teams']) {
    engine.emit(tenant, id, { type: 'opened', feed: 'all', leaseMs: 3_600_000 })
    engine.emit(tenant, id, { type: 'snapshot', feed: 'all', observations: [], addresses: people })
  }
  await engine.idle()

  const before = { turns, stored, writes }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const began = performance.now()
  let sent = 0
  while (performance.now() - began < flags.seconds * 1000) {
    for (let batch = 0; batch < flags.waiting; batch++) {
      const address = people[sent % people.length]!
      const state = order[Math.floor(sent / people.length) % order.length]!
      engine.emit(tenant, 'pbx', {
        type: 'observed',
        feed: 'all',
        observation: {
          address,
          observedAt: Date.now(),
          facet: {
            kind: 'dialog',
            leg: 'a',
            state,
            direction: 'inbound',
            party: 'external',
            evidence: 'call',
          },
        },
      })
      sent += 1
    }
    // What counts is what was stored and decided, not what was offered.
    await engine.idle()
  }
  await engine.idle()
  const seconds = (performance.now() - began) / 1000
  delay.disable()
  const decided = turns - before.turns
  await engine.stop()
  await store.close()
  finish(
    {
      name: 'signals',
      title: 'Signals stored and decided',
      setup: [
        `${flags.people.toLocaleString('en')} people, call signals in turn (ringing, talking, held, talking, ended) for ${flags.seconds} s, each decided and committed to ${url ? 'PostgreSQL' : 'SQLite'} with the ledger's intents and outcomes.`,
        'The engine with its store, by themselves: the source and the target are objects in the same process that answer at once. No connector, no wire and no lab.',
        'The grace at the end of a call is 0, and what is written is not read back, so that no timer and no second read is in the figure.',
      ],
      tables: [
        {
          head: valuesHead,
          rows: [
            valueRow('signals stored and decided per second', sent / seconds, { least: 5000 / flags.relax }),
            valueRow('commits (turns) per second', decided / seconds),
            valueRow('rows stored per second', (stored - before.stored) / seconds),
            valueRow('writes to the target per second', (writes - before.writes) / seconds),
            valueRow('event loop delay, p50', delay.percentile(50) / 1e6, { unit: 'ms' }),
            valueRow('event loop delay, p99', delay.percentile(99) / 1e6, { unit: 'ms' }),
          ],
        },
      ],
    },
    flags.markdown,
  )
})
