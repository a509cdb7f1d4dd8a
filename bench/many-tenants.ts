import { readFlags } from './kit/flags.ts'
import type { HubPlan } from './kit/hub-config.ts'
import { type LifeBounds, lifeRows, live } from './kit/life.ts'
import { finish, valueRow, valuesHead } from './kit/report.ts'
import { latencyMs, startLabProcess } from './kit/scene.ts'
import { storeUrl } from './kit/store-url.ts'
import { withDirectory } from './kit/temporary.ts'

const flags = readFlags(
  'Memory, start and steady CPU of one hub that has many tenants, on SQLite, or on the PostgreSQL of HOOKSWITCH_BENCH_STORE_URL (in an empty schema hookswitch_bench).',
  {
    tenants: { default: 1000, help: 'tenants, each with an application at Entra and a PBX of its own' },
    people: { default: 500, help: 'people of each tenant' },
    round: { default: 20, help: 'shortest round of reading everybody of a tenant at Teams, seconds' },
    seconds: { default: 60, help: 'how long the hub is left alone before its memory is read' },
  },
)

const count = (number: number) => number.toLocaleString('en')

const lab = startLabProcess()
try {
  await withDirectory(async (path) => {
    const world = { tenants: flags.tenants, peoplePerTenant: flags.people, pbxsPerTenant: 1 }
    const addresses = await lab.ask('start', { ...world, quotaPer30s: 1500, latencyMs })
    const plan: HubPlan = {
      ...world,
      addresses,
      path,
      teams: { sweep: { minimumSeconds: flags.round } },
      postgresql: storeUrl !== undefined,
    }
    const options = { profile: flags.profile, idleSeconds: flags.seconds, convergesWithinMs: 1_800_000 }
    const cold = await live(plan, options)
    const warm = await live(plan, options)
    const traffic = await lab.ask('traffic', null)
    const bounds: LifeBounds = { megabytes: 1500 * flags.relax, idleSeconds: flags.seconds }
    finish(
      {
        name: 'many-tenants',
        title: 'Many tenants at one node',
        setup: [
          `${count(flags.tenants * flags.people)} idle people in ${count(flags.tenants)} tenants, each person with a Teams account and a phone; every tenant has its own connections: one to its PBX, and its own token, directory and reading round at Teams.`,
          `Everybody is read once in ${flags.round} s at Teams; the store is ${storeUrl ? 'PostgreSQL' : 'SQLite'}. First start with an empty store, second start with what the first one stored.`,
        ],
        tables: [
          {
            head: valuesHead,
            rows: [
              ...lifeRows('first start', cold, bounds),
              ...lifeRows('second start', warm, bounds),
              valueRow('answers 429', traffic.refused429, { most: 0 }),
            ],
          },
        ],
      },
      flags.markdown,
    )
  })
} finally {
  await lab.stop()
}
