import { join } from 'node:path'
import { startNats } from '../test/system/support/nats.ts'
import { startPostgresql, type TestServer } from '../test/system/support/postgresql.ts'
import type { HubAsks } from './hub-process.ts'
import type { Child } from './kit/child.ts'
import { readFlags } from './kit/flags.ts'
import type { HubPlan } from './kit/hub-config.ts'
import { postgresCpuSeconds } from './kit/postgres-cpu.ts'
import { finish, type Row, type Table, valueRow, valuesHead } from './kit/report.ts'
import { startHubProcess, startLabProcess } from './kit/scene.ts'
import { storeSchema } from './kit/store-url.ts'
import { withDirectory } from './kit/temporary.ts'
import type { FloodFindings } from './lab/flood.ts'

const flags = readFlags(
  "Phone signals per second that were decided, stored, sent and taken by Graph: one hub on SQLite, one on PostgreSQL, two and three on PostgreSQL and NATS. Needs Debian's postgresql and nats-server.",
  {
    people: { default: 12_000, help: 'people of all tenants together' },
    tenants: {
      default: 20,
      help: 'tenants with a PBX each; 333 writes a second are the most for each (budget)',
    },
    calls: {
      default: 6000,
      help: 'people who are in a call, or wait for its end to be shown: each for the grace of a second at least, so that 3,000 show 4,000 a second at most',
    },
    seconds: { default: 20, help: 'how long signals are counted' },
    'warm-up': { default: 8, help: 'seconds of the same before it' },
    from: { default: 1, help: 'first of the six rows of tables that is measured' },
    to: { default: 6, help: 'last of them' },
  },
)

const world = {
  tenants: flags.tenants,
  peoplePerTenant: Math.ceil(flags.people / flags.tenants),
  pbxsPerTenant: 1,
}

interface Kind {
  readonly name: string
  readonly nodes: number
  readonly postgresql?: TestServer
  readonly nats?: string
  /** Agents tell the calls, not PBXs. */
  readonly agents?: boolean
}

interface Measured {
  readonly found: FloodFindings
  readonly hubCpuPercent: number
  /** Of the main threads of the hubs. */
  readonly mainCpuPercent: number
  readonly postgresCpuPercent: number
}

const convergeMs = 300_000

/** Everybody was heard at the hub that has their tenant; what the others show of them follows with the next change. */
async function converge(hubs: readonly Child<HubAsks>[]): Promise<void> {
  const end = performance.now() + convergeMs
  for (;;) {
    const settled = new Set((await Promise.all(hubs.map((hub) => hub.ask('settled', null)))).flat())
    if (settled.size === world.tenants) return
    if (performance.now() > end)
      throw new Error(`only ${settled.size} tenants were heard after ${convergeMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Fresh emulators and hubs for each kind. */
async function measure({ nodes, postgresql, nats, agents }: Kind): Promise<Measured> {
  const lab = startLabProcess(flags.profile)
  const hubs: Child<HubAsks>[] = []
  try {
    return await withDirectory(async (path) => {
      const addresses = await lab.ask('start', { ...world, quotaPer30s: 1_000_000, latencyMs: [0, 0] })
      for (let number = 1; number <= nodes; number += 1) {
        const hub = startHubProcess(flags.profile)
        hubs.push(hub)
        const plan: HubPlan = {
          ...{ ...world, addresses, path: join(path, String(number)), postgresql: postgresql !== undefined },
          teams: { requestsPer30s: 10_000, requestsPer30sCeiling: 10_000, sweep: { minimumSeconds: 10 } },
          ...(agents && { agents }),
          ...(nats !== undefined && { cluster: { node: `hub-${number}`, nats } }),
        }
        const { url } = await hub.ask('start', plan)
        if (agents) await lab.ask('agents', url)
      }
      await converge(hubs)
      const effort = () => Promise.all(hubs.map((hub) => hub.ask('effort', null)))
      const load = { inFlight: flags.calls, seconds: flags.seconds, warmUpSeconds: flags['warm-up'] }
      const flood = lab.ask('flood', load)
      await new Promise((resolve) => setTimeout(resolve, load.warmUpSeconds * 1000))
      await effort()
      const serverBefore = postgresql ? postgresCpuSeconds(postgresql.folder) : 0
      await new Promise((resolve) => setTimeout(resolve, load.seconds * 1000))
      const efforts = await effort()
      const hubCpuPercent = efforts.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0)
      const mainCpuPercent = efforts.reduce((sum, { mainPercent }) => sum + mainPercent, 0)
      const serverSeconds = postgresql ? postgresCpuSeconds(postgresql.folder) - serverBefore : 0
      return {
        found: await flood,
        ...{ hubCpuPercent, mainCpuPercent, postgresCpuPercent: (serverSeconds / load.seconds) * 100 },
      }
    })
  } finally {
    for (const hub of hubs) await hub.stop()
    await lab.stop()
  }
}

/** What a row takes on the disk with its indexes, bytes: as it was found, with room that updates left, and packed. */
async function rowSizes(server: TestServer): Promise<readonly Row[]> {
  const look = () =>
    server.ask(
      `select relname as name, n_live_tup as rows, pg_total_relation_size(relid) as bytes from pg_stat_user_tables
       where schemaname = '${storeSchema}' and relname in ('presentity', 'ledger') order by relname`,
    )
  await server.ask('vacuum analyze')
  const found = await look()
  await server.ask('vacuum full')
  const packed = await look()
  return found.flatMap(({ name, rows, bytes }, index) => [
    valueRow(`${name}: rows`, Number(rows)),
    valueRow(`${name}: bytes a row, as found`, Number(bytes) / Number(rows), { unit: 'B' }),
    valueRow(`${name}: bytes a row, packed`, Number(packed[index]!.bytes) / Number(rows), { unit: 'B' }),
  ])
}

function rowsOf(
  { name, nodes }: Kind,
  { found, hubCpuPercent, mainCpuPercent, postgresCpuPercent }: Measured,
  first: Measured,
) {
  const rate = found.shown / found.seconds
  return [
    valueRow(
      `${name}: signals a second, written and taken`,
      rate,
      nodes === 1 ? { least: 5000 / flags.relax } : {},
    ),
    valueRow(`${name}: ratio to the first`, rate / (first.found.shown / first.found.seconds)),
    valueRow(`${name}: CPU of the hubs, % of one core`, hubCpuPercent),
    valueRow(`${name}: CPU of the lab`, found.labCpuPercent),
    valueRow(`${name}: CPU of PostgreSQL`, postgresCpuPercent),
    valueRow(`${name}: CPU of the hubs for a signal`, hubCpuPercent / 100 / rate / 1e-6, { unit: 'µs' }),
    valueRow(`${name}: of it the main threads`, mainCpuPercent / 100 / rate / 1e-6, { unit: 'µs' }),
    valueRow(
      `${name}: answers 429, writes lost, wrong at the end`,
      found.traffic.refused429 + found.lost + found.wrong,
      {
        most: 0,
      },
    ),
  ]
}

/** In this order; a ratio is to the first that was measured. */
const kinds = [
  { name: '1 on SQLite', nodes: 1 },
  { name: '1 on SQLite, told by agents', nodes: 1, agents: true },
  { name: '1 on PostgreSQL', nodes: 1, stored: true },
  { name: '1 on PostgreSQL, told by agents', nodes: 1, stored: true, agents: true },
  { name: '2 on PostgreSQL and NATS', nodes: 2, stored: true },
  { name: '3 on PostgreSQL and NATS', nodes: 3, stored: true },
] as const

const nats = await startNats()
const tables: Table[] = []
try {
  let first: Measured | undefined
  for (const each of kinds.slice(flags.from - 1, flags.to)) {
    const postgresql = 'stored' in each ? await startPostgresql() : undefined
    try {
      if (postgresql) process.env.HOOKSWITCH_BENCH_STORE_URL = postgresql.url()
      const kind = { ...each, ...(postgresql && { postgresql }), ...(each.nodes > 1 && { nats: nats.url }) }
      const measured = await measure(kind)
      first ??= measured
      tables.push({ head: valuesHead, rows: rowsOf(kind, measured, first) })
      if (each.name === '1 on PostgreSQL')
        tables.push({ head: valuesHead, rows: await rowSizes(postgresql!) })
    } finally {
      await postgresql?.remove()
    }
  }
} finally {
  await nats.remove()
}
finish(
  {
    name: 'throughput',
    title: 'Signals to acknowledged writes, over the wire',
    setup: [
      `${(world.tenants * world.peoplePerTenant).toLocaleString('en')} people in ${world.tenants} tenants with a PBX each; ${flags.calls.toLocaleString('en')} of them in a call at any time, for ${flags.seconds} s. A signal is a call that begins or is over: at the emulated PBX, in the events of AMI, or told by an agent for each tenant; it counts when its write has arrived at the emulated Graph.`,
      'Hubs, lab, PostgreSQL and NATS share the cores of this machine: more hubs cannot be faster than one here, and the ratio says what sharing costs.',
    ],
    tables,
  },
  flags.markdown,
)
