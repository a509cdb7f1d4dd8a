import { readFlags } from './kit/flags.ts'
import { meterNoise } from './kit/noise.ts'
import { finish, type Table, timesHead, timesRow, valueRow, valuesHead } from './kit/report.ts'
import { withScene } from './kit/scene.ts'

const flags = readFlags('Do not disturb in Teams to the phone, one tenant.', {
  seconds: { default: 180, help: 'how long changes are made' },
  rate: { default: 4, help: 'changes of do not disturb a second' },
  rest: { default: 20, help: 'seconds for which a person changes nothing after a change' },
  people: { default: 25_000, help: 'people of the tenant' },
  pbxs: { default: 5, help: 'PBXs they are spread over' },
  'many-people': { default: 100_000, help: 'people of the second part' },
  'many-budget': { default: 4250, help: 'its request budget per 30 s' },
})

interface Part {
  readonly people: number
  readonly what: string
  readonly quotaPer30s: number
  readonly teams: Readonly<Record<string, unknown>>
}

const raised = flags['many-budget']
const parts: readonly Part[] = [
  {
    people: flags.people,
    what: `${flags.people.toLocaleString('en')} people, default budget, quota 1,500`,
    quotaPer30s: 1500,
    teams: {},
  },
  {
    people: flags['many-people'],
    what: `${flags['many-people'].toLocaleString('en')} people, budget ${raised.toLocaleString('en')}, quota 10,000`,
    quotaPer30s: 10_000,
    teams: { requestsPer30s: raised, requestsPer30sCeiling: raised },
  },
]

async function measure({ people, what, quotaPer30s, teams }: Part): Promise<Table[]> {
  const world = { tenants: 1, peoplePerTenant: people, pbxsPerTenant: flags.pbxs, quotaPer30s }
  return withScene({ world, teams, profile: flags.profile }, async ({ lab, hub }) => {
    await hub.ask('effort', null)
    const noise = meterNoise()
    const { rate, seconds, rest } = flags
    const found = await lab.ask('choices', { rate, seconds, restMs: rest * 1000 })
    const late = noise.stop()
    const { cpuPercent } = await hub.ask('effort', null)
    const { rss } = await hub.ask('memory', { collect: false })
    const bounds = { p50: 2500 * flags.relax, max: 5000 * flags.relax }
    const { traffic } = found
    return [
      {
        head: [what, ...timesHead.slice(1)],
        rows: [
          timesRow('set in Teams to on at the phone', found.set, bounds),
          timesRow('cleared in Teams to off at the phone', found.cleared, bounds),
          timesRow('machine: late wake-ups of an idle process', late),
        ],
      },
      {
        head: valuesHead,
        rows: [
          valueRow('answers 429', traffic.refused429, { most: 0 }),
          valueRow('changes lost', found.lost, { most: 0 }),
          valueRow('wrong final states', found.wrong, { most: 0 }),
          valueRow('changes of a phone that nobody waited for', found.extra, { most: 0 }),
          valueRow('most requests of one tenant in 30 s', traffic.busiest30s, { most: quotaPer30s }),
          valueRow('CPU of the hub, % of one core', cpuPercent),
          valueRow('memory of the hub under load, MB resident', rss / 1e6),
        ],
      },
    ]
  })
}

const tables: Table[] = []
for (const part of parts) tables.push(...(await measure(part)))
finish(
  {
    name: 'teams-to-phone',
    title: 'Teams to the phone',
    setup: [
      `${flags.rate} changes of do not disturb a second by random people for ${flags.seconds} s, ${flags.pbxs} PBXs, answers of Graph delayed 150 to 400 ms.`,
      'From the change in the emulated Teams to the PBX having taken the write (FreePBX: the database entry).',
    ],
    tables,
  },
  flags.markdown,
)
