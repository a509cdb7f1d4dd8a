import { setTimeout as sleep } from 'node:timers/promises'
import type { Convergence, Effort, HubAsks, MemoryReading } from './hub-process.ts'
import { type Child, startChild } from './kit/child.ts'
import { readFlags } from './kit/flags.ts'
import type { HubPlan } from './kit/hub-config.ts'
import { finish, type Row, valueRow, valuesHead } from './kit/report.ts'
import { latencyMs, startHubProcess } from './kit/scene.ts'
import { withDirectory } from './kit/temporary.ts'
import type { LabAsks } from './lab-process.ts'

const flags = readFlags('Memory of the hub with idle people, and its start with what it had stored.', {
  people: { default: 100_000, help: 'people of the one tenant' },
  pbxs: { default: 10, help: 'PBXs they are spread over' },
  budget: { default: 4250, help: 'request budget per 30 s' },
  seconds: { default: 60, help: 'how long the hub is left alone before its memory is read' },
})

interface Life {
  readonly convergence: Convergence
  readonly asFound: MemoryReading
  readonly collected: MemoryReading
  readonly effort: Effort
}

/** One life of the hub: start, converge, be idle, end. */
async function live(plan: HubPlan): Promise<Life> {
  const hub: Child<HubAsks> = startHubProcess(flags.profile)
  try {
    await hub.ask('start', plan)
    const convergence = await hub.ask('converged', { limitMs: 600_000 })
    await hub.ask('effort', null)
    await sleep(flags.seconds * 1000)
    const effort = await hub.ask('effort', null)
    const asFound = await hub.ask('memory', { collect: false })
    const collected = await hub.ask('memory', { collect: true })
    return { convergence, asFound, collected, effort }
  } finally {
    await hub.stop()
  }
}

function rows(name: string, life: Life, bounds: { readonly convergedMs?: number }): Row[] {
  const mega = (bytes: number) => bytes / 1e6
  const most = { most: 400 * flags.relax, unit: 'MB' }
  const start =
    bounds.convergedMs === undefined ? { unit: 's' } : { most: bounds.convergedMs / 1000, unit: 's' }
  return [
    valueRow(`${name}: process start to converged`, life.convergence.afterMs / 1000, start),
    valueRow(`${name}: user CPU of the hub until then`, life.convergence.cpuMs / 1000, { unit: 's' }),
    valueRow(`${name}: resident after ${flags.seconds} s idle, as found`, mega(life.asFound.rss), {
      unit: 'MB',
    }),
    valueRow(`${name}: resident after a full collection`, mega(life.collected.rss), most),
    valueRow(`${name}: heap in use after it`, mega(life.collected.heapUsed), { unit: 'MB' }),
    valueRow(`${name}: outside the heap after it`, mega(life.collected.external), { unit: 'MB' }),
    valueRow(`${name}: CPU while idle, % of one core`, life.effort.cpuPercent),
  ]
}

const lab = startChild<LabAsks>('lab-process.ts')
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
    const cold = await live(plan)
    const warm = await live(plan)
    const traffic = await lab.ask('traffic', null)
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
              ...rows('first start', cold, {}),
              ...rows('second start', warm, { convergedMs: 20_000 * flags.relax }),
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
