import { setTimeout as sleep } from 'node:timers/promises'
import type { Convergence, Effort, HubAsks, MemoryReading } from '../hub-process.ts'
import type { Child } from './child.ts'
import type { HubPlan } from './hub-config.ts'
import { type Row, valueRow } from './report.ts'
import { startHubProcess } from './scene.ts'

/** What one life of a hub with idle people told. */
export interface Life {
  readonly convergence: Convergence
  readonly asFound: MemoryReading
  readonly collected: MemoryReading
  readonly effort: Effort
}

export interface LifeOptions {
  readonly profile: string | undefined
  /** How long the hub is left alone before its memory is read. */
  readonly idleSeconds: number
  /** How long it may take until everybody was heard. */
  readonly convergesWithinMs: number
}

/** One life of the hub: start, converge, be idle, end. */
export async function live(plan: HubPlan, options: LifeOptions): Promise<Life> {
  const hub: Child<HubAsks> = startHubProcess(options.profile)
  try {
    await hub.ask('start', plan)
    const convergence = await hub.ask('converged', { limitMs: options.convergesWithinMs })
    await hub.ask('effort', null)
    await sleep(options.idleSeconds * 1000)
    const effort = await hub.ask('effort', null)
    const asFound = await hub.ask('memory', { collect: false })
    const collected = await hub.ask('memory', { collect: true })
    return { convergence, asFound, collected, effort }
  } finally {
    await hub.stop()
  }
}

export interface LifeBounds {
  /** Most that may be resident after a collection, MB. */
  readonly megabytes: number
  readonly idleSeconds: number
  readonly convergedMs?: number
}

/** The rows of one life; `name` says which. */
export function lifeRows(name: string, life: Life, bounds: LifeBounds): Row[] {
  const mega = (bytes: number) => bytes / 1e6
  const start =
    bounds.convergedMs === undefined ? { unit: 's' } : { most: bounds.convergedMs / 1000, unit: 's' }
  return [
    valueRow(`${name}: process start to converged`, life.convergence.afterMs / 1000, start),
    valueRow(`${name}: user CPU of the hub until then`, life.convergence.cpuMs / 1000, { unit: 's' }),
    valueRow(`${name}: most resident until then`, mega(life.convergence.mostResident), { unit: 'MB' }),
    valueRow(`${name}: resident after ${bounds.idleSeconds} s idle, as found`, mega(life.asFound.rss), {
      unit: 'MB',
    }),
    valueRow(`${name}: resident after a full collection`, mega(life.collected.rss), {
      ...{ most: bounds.megabytes, unit: 'MB' },
    }),
    valueRow(`${name}: heap in use after it`, mega(life.collected.heapUsed), { unit: 'MB' }),
    valueRow(`${name}: outside the heap after it`, mega(life.collected.external), { unit: 'MB' }),
    valueRow(`${name}: CPU while idle, % of one core`, life.effort.cpuPercent),
  ]
}
