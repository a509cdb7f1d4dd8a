import { fileURLToPath } from 'node:url'
import { allocatorSettings, v8Flags } from '../../src/apps/memory-settings.ts'
import type { HubAsks } from '../hub-process.ts'
import type { LabPlan } from '../lab/stage.ts'
import type { LabAsks } from '../lab-process.ts'
import { type Child, startChild } from './child.ts'
import type { HubPlan } from './hub-config.ts'
import { withDirectory } from './temporary.ts'

/** Answers of Graph are delayed so much in every benchmark, milliseconds. */
export const latencyMs: readonly [number, number] = [150, 400]

/** As bin/hookswitch.js has it, and the settings of the memory with it. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/hookswitch', import.meta.url))

export interface SceneOptions {
  readonly world: Omit<LabPlan, 'latencyMs'>
  readonly teams?: HubPlan['teams']
  readonly profile: Profile
}

export interface Scene {
  readonly lab: Child<LabAsks>
  readonly hub: Child<HubAsks>
}

/** A directory: where a CPU profile of the process is written. */
type Profile = string | undefined

function profilingIn(directory: Profile): readonly string[] {
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`]
}

export function startLabProcess(profile?: Profile): Child<LabAsks> {
  return startChild<LabAsks>('lab-process.ts', { execArgv: profilingIn(profile) })
}

export function startHubProcess(profile: Profile): Child<HubAsks> {
  return startChild<HubAsks>('hub-process.ts', {
    execArgv: ['--expose-gc', ...v8Flags, ...profilingIn(profile)],
    env: { NODE_COMPILE_CACHE: compileCache, ...allocatorSettings },
  })
}

/** Lab and hub, each in a process of its own, until everybody was heard; both are gone afterwards. */
export async function withScene<T>(options: SceneOptions, run: (scene: Scene) => Promise<T>): Promise<T> {
  const { world, teams, profile } = options
  const lab = startLabProcess(profile)
  const hub = startHubProcess(profile)
  try {
    return await withDirectory(async (path) => {
      const addresses = await lab.ask('start', { ...world, latencyMs })
      await hub.ask('start', { ...world, addresses, path, ...(teams && { teams }) })
      await hub.ask('converged', { limitMs: 300_000 })
      return run({ lab, hub })
    })
  } finally {
    await hub.stop()
    await lab.stop()
  }
}
