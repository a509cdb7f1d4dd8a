import { readFlags } from './kit/flags.ts'
import type { HubPlan } from './kit/hub-config.ts'
import { type LifeBounds, lifeRows, live } from './kit/life.ts'
import { finish, valueRow, valuesHead } from './kit/report.ts'
import { latencyMs, startLabProcess } from './kit/scene.ts'
import { withDirectory } from './kit/temporary.ts'

const flags = readFlags('Memory of the hub with idle people, and its start with what it had stored.', {
  people: { default: 100_000, help: 'people of the one tenant' },
  pbxs: { default: 10, help: 'PBXs they are spread over' },
  budget: { default: 4250, help: 'request budget per 30 s' },
  seconds: { default: 60, help: 'how long the hub is left alone before its memory is read' },
})

const lab = startLabProcess()
try {
  await withDirectory(async (path) => {
    const { people, pbxs, budget } = flags
    const world = { tenants: 1, peoplePerTenant: people, pbxsPerTenant: pbxs }
    const addresses = await lab.ask('start', { ...world, quotaPer30s: 10_000, latencyMs })
    const plan: HubPlan = {
      ...world,
      addresses,
      path,
      teams: { requestsPer30s: budget, requestsPer30sCeiling: budget },
    }
    const options = { profile: flags.profile, idleSeconds: flags.seconds, convergesWithinMs: 600_000 }
    const cold = await live(plan, options)
    const warm = await live(plan, options)
    const traffic = await lab.ask('traffic', null)
    const bounds: LifeBounds = { megabytes: 400 * flags.relax, idleSeconds: flags.seconds }
    finish(
      {
        name: 'memory',
        title: 'Memory and warm start',
        setup: [
          `${people.toLocaleString('en')} idle people of one tenant with a Teams account and a phone each, ${pbxs} PBXs, budget ${budget.toLocaleString('en')} per 30 s.`,
          'First start with an empty store, second start with what the first one stored; the hub goes on reading Teams all the time.',
        ],
        tables: [
          {
            head: valuesHead,
            rows: [
              ...lifeRows('first start', cold, bounds),
              ...lifeRows('second start', warm, { ...bounds, convergedMs: 20_000 * flags.relax }),
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
