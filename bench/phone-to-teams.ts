import { readFlags } from './kit/flags.ts'
import { meterNoise } from './kit/noise.ts'
import { finish, type Row, type Table, timesHead, timesRow, valueRow, valuesHead } from './kit/report.ts'
import { withScene } from './kit/scene.ts'
import type { CallFindings, CallLoad } from './lab/calls.ts'

const flags = readFlags('Phone event to setPresence, over five tenants with a PBX each.', {
  seconds: { default: 60, help: 'how long each part is timed' },
  'warm-up': { default: 15, help: 'seconds at the same rate before it' },
  rate: { default: 200, help: 'phone events a second over all tenants' },
  people: { default: 5000, help: 'people over all tenants' },
  tenants: { default: 5, help: 'Entra tenants, each with a PBX' },
})

interface Part {
  readonly calls: CallLoad['calls']
  readonly what: string
  /** Enforced by Graph. */
  readonly quotaPer30s: number
  readonly teams: Readonly<Record<string, unknown>>
}

const parts: readonly Part[] = [
  {
    calls: 'ring',
    what: 'calls that ring, are answered and end; default budget, quota 1,500 per 30 s and tenant',
    quotaPer30s: 1500,
    teams: {},
  },
  {
    calls: 'direct',
    what: 'every event is written; budget 4,500, quota 5,000 per 30 s and tenant',
    quotaPer30s: 5000,
    teams: { requestsPer30s: 4500, requestsPer30sCeiling: 4500 },
  },
]

interface Measured {
  readonly found: CallFindings
  readonly cpuPercent: number
  readonly late: readonly number[]
}

async function measure(part: Part): Promise<Measured> {
  const world = {
    tenants: flags.tenants,
    peoplePerTenant: Math.ceil(flags.people / flags.tenants),
    pbxsPerTenant: 1,
    quotaPer30s: part.quotaPer30s,
  }
  return withScene({ world, teams: part.teams, profile: flags.profile }, async ({ lab, hub }) => {
    await hub.ask('effort', null)
    const { rate, seconds } = flags
    const noise = meterNoise()
    const found = await lab.ask('calls', {
      rate,
      seconds,
      warmUpSeconds: flags['warm-up'],
      calls: part.calls,
    })
    const late = noise.stop()
    return { found, late, ...(await hub.ask('effort', null)) }
  })
}

function rows(part: Part, { found, cpuPercent, late }: Measured): Table[] {
  const bounds = { p50: 15 * flags.relax, p99: 100 * flags.relax }
  const times: Row[] = [
    timesRow('phone event to setPresence', found.begun, bounds),
    timesRow('hang-up to clearPresence, less the grace of 1 s', found.ended),
    timesRow('machine: late wake-ups of an idle process', late),
  ]
  const { traffic } = found
  const values: Row[] = [
    valueRow('phone events a second', found.events / flags.seconds, {
      least: (0.9 * flags.rate) / flags.relax,
    }),
    valueRow('answers 429', traffic.refused429, { most: 0 }),
    valueRow('writes lost', found.lost, { most: 0 }),
    valueRow('wrong final states', found.wrong, { most: 0 }),
    valueRow('writes that nobody waited for', found.extra, { most: 0 }),
    valueRow('most requests of one tenant in 30 s', traffic.busiest30s, { most: part.quotaPer30s }),
    valueRow('CPU of the hub, % of one core', cpuPercent),
  ]
  return [
    { head: [part.what, ...timesHead.slice(1)], rows: times },
    { head: valuesHead, rows: values },
  ]
}

const tables: Table[] = []
for (const part of parts) tables.push(...rows(part, await measure(part)))
finish(
  {
    name: 'phone-to-teams',
    title: 'Phone event to Teams',
    setup: [
      `${flags.rate} phone events/s for ${flags.seconds} s after ${flags['warm-up']} s of warm-up, ${flags.people} people, ${flags.tenants} tenants with an AMI connection each.`,
      'From just before the emulated PBX writes the event to the arrival of the request at the emulated Graph.',
    ],
    tables,
  },
  flags.markdown,
)
