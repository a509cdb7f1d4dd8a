import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { type RunningHub, startHub } from '../src/apps/hub.ts'
import { registry } from '../src/apps/registry.ts'
import { loadConfig } from '../src/config/load.ts'
import { type HubPlan, writeHubConfig } from './kit/hub-config.ts'
import { serveParent } from './kit/serve-parent.ts'
import { somebody, tenantId } from './kit/world.ts'

export interface MemoryReading {
  /** Bytes. */
  readonly rss: number
  readonly heapUsed: number
  readonly heapTotal: number
  readonly external: number
}

/** How busy the hub's process was since the last question, all its threads together. */
export interface Effort {
  /** 100 is one core. */
  readonly cpuPercent: number
  /** Of its main thread alone. */
  readonly mainPercent: number
}

export interface Convergence {
  readonly afterMs: number
  /** User CPU of all threads since this process began: does not depend on what else the machine had to do. */
  readonly cpuMs: number
  /** Most that was ever resident until then, bytes. */
  readonly mostResident: number
}

let hub: RunningHub | undefined
let plan: HubPlan | undefined
let usage = process.cpuUsage()
let mainUsage = process.threadCpuUsage()
let usageAt = performance.now()

function running(): { hub: RunningHub; plan: HubPlan } {
  if (!hub || !plan) throw new Error('The hub has not been started.')
  return { hub, plan }
}

/** The hub as `hookswitch serve` runs it, in a process of its own: `kit/child.ts` starts it. */
const asks = {
  start: async (wanted: HubPlan): Promise<{ readonly url: string }> => {
    plan = wanted
    const file = writeHubConfig(wanted)
    const config = loadConfig({ file, types: registry, env: process.env })
    hub = await startHub(config)
    return { url: hub.url }
  },
  /** Resolves when every system of every person was heard; milliseconds since this process began. */
  converged: async ({ limitMs }: { readonly limitMs: number }): Promise<Convergence> => {
    await converge(limitMs)
    const { userCPUTime, maxRSS } = process.resourceUsage()
    return { afterMs: performance.now(), cpuMs: userCPUTime / 1000, mostResident: maxRSS * 1024 }
  },
  /** Tenants of which everybody was heard here. */
  settled: (_: null): readonly string[] => {
    const { hub, plan } = running()
    const tenants = Array.from({ length: plan.tenants }, (_, tenant) => tenant)
    const people = Array.from({ length: plan.peoplePerTenant }, (_, index) => index)
    const isHeard = (tenant: number) =>
      people.every((index) => isSettled(somebody(plan, tenant, index).upn, tenantId(tenant)))
    return hub.port.ready().ready ? tenants.filter(isHeard).map(tenantId) : []
  },
  memory: async ({ collect }: { readonly collect: boolean }): Promise<MemoryReading> => {
    for (let round = 0; collect && round < 3; round += 1) {
      globalThis.gc?.()
      await sleep(500)
    }
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
    return { rss, heapUsed, heapTotal, external }
  },
  effort: (_: null): Effort => {
    const spent = process.cpuUsage(usage)
    const mainSpent = process.threadCpuUsage(mainUsage)
    const passed = performance.now() - usageAt
    usage = process.cpuUsage()
    mainUsage = process.threadCpuUsage()
    usageAt = performance.now()
    const percent = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 10 / passed
    return { cpuPercent: percent(spent), mainPercent: percent(mainSpent) }
  },
}

export type HubAsks = typeof asks

async function converge(limitMs: number): Promise<void> {
  const end = performance.now() + limitMs
  const { hub, plan } = running()
  const late = (who: string) => {
    if (performance.now() <= end) return
    throw new Error(
      `not converged after ${limitMs / 1000} s: ${who} (${hub.port.ready().reasons.join('; ')})`,
    )
  }
  while (!hub.port.ready().ready) {
    late('not ready')
    await sleep(20)
  }
  for (let tenant = 0; tenant < plan.tenants; tenant += 1) {
    for (let index = 0; index < plan.peoplePerTenant; index += 1) {
      const { upn } = somebody(plan, tenant, index)
      while (!isSettled(upn, tenantId(tenant))) {
        late(upn)
        await sleep(20)
      }
      if (index % 200 === 0) await nextTurn()
    }
  }
}

/** Heard at every system, with nothing on its way. */
function isSettled(upn: string, tenant: string): boolean {
  const systems = running().hub.port.person(upn, tenant)?.systems ?? []
  return (
    systems.length === 2 &&
    systems.every(({ synced, targets }) => synced && targets.every(({ status }) => status !== 'pending'))
  )
}

serveParent(asks, async () => hub?.stop())
