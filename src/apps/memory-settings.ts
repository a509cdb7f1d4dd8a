/**
 * How the memory outside V8's heap is allocated (glibc, mallopt(3)): one arena for all threads, freed memory given back
 * from 128 KiB on, and pieces from 32 KiB on by themselves. Otherwise what the start and the directories freed stays with
 * the process in pieces: with 100,000 people half of it. Read by the C library before the first line of ours.
 */
export const allocatorSettings = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024),
} as const

/**
 * The young generation of V8 may take twice to three times this many MB while there is much to do (hub/memory.ts); a
 * megabyte otherwise. The usual: with 8, what thousands of calls under way hold until they are answered would be copied
 * again and again. Can only be set at the start.
 */
const youngFlag = '--max-semi-space-size'
export const v8Flags: readonly string[] = [`${youngFlag}=16`]

/** A process as it was started. */
export interface Started {
  readonly platform: string
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Restart {
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/**
 * What to start the same program with once more, in its own place; undefined where it has all of it. What the operator
 * has set stays, be it another value.
 */
export function planRestart({ platform, execArgv, env }: Started): Restart | undefined {
  if (platform !== 'linux') return undefined
  const set = Object.entries(env).filter((one): one is [string, string] => one[1] !== undefined)
  const whole = { ...allocatorSettings, ...Object.fromEntries(set) }
  const said = [...execArgv, env.NODE_OPTIONS ?? ''].join(' ').replaceAll('_', '-')
  const flags = said.includes(youngFlag) ? [] : v8Flags
  const hasAll = flags.length === 0 && Object.keys(allocatorSettings).every((name) => env[name] !== undefined)
  return hasAll ? undefined : { execArgv: [...flags, ...execArgv], env: whole }
}
