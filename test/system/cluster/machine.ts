import { readdirSync, readFileSync } from 'node:fs'

/** Where others take more of the machine than this, nothing about time can be judged on it. */
const mostTaken = 0.5

/** Parts (0 to 1) of the time of all processors in a stretch. */
export interface Load {
  /** Anything at all ran. */
  readonly busy: number
  /** What ran was none of this test: other programs, and other guests of the same host. */
  readonly others: number
}

/** Clock ticks of all processors since the machine began (proc(5)). */
interface Ticks {
  readonly all: number
  readonly idle: number
  /** Of this process and of whatever it has started, what has ended included. */
  readonly own: number
}

/**
 * How busy the machine is, and with what. The load of the test itself is what is measured, and excuses nothing: only what
 * others take does. Where there is no /proc, nobody takes anything.
 */
export class MachineLoad {
  #last = readTicks()

  /** Of the time since the last time of asking. */
  take(): Load {
    const now = readTicks()
    const all = now.all - this.#last.all
    const busy = all - (now.idle - this.#last.idle)
    const others = busy - (now.own - this.#last.own)
    this.#last = now
    return { busy: partOf(busy, all), others: partOf(others, all) }
  }
}

const partOf = (ticks: number, all: number) => (all > 0 ? Math.min(1, Math.max(0, ticks / all)) : 0)

/** What was measured against what is promised, both milliseconds; `others`: see Load, while it was measured. */
export interface Measured {
  readonly what: string
  readonly tookMs: number
  readonly promisedMs: number
  readonly others: number
}

/** What it would have taken on a machine of its own, milliseconds; undefined where that cannot be told. */
export function alone({ tookMs, others }: Pick<Measured, 'tookMs' | 'others'>): number | undefined {
  return others > mostTaken ? undefined : tookMs * (1 - others)
}

/** In words; throws where the promise was not kept, with the part of the machine that others left. */
export function judgeTime(measured: Measured): string {
  const { what, tookMs, promisedMs, others } = measured
  const words = `${what} after ${Math.round(tookMs)} ms (promised ${promisedMs}; others took ${Math.round(others * 100)} % of the machine)`
  if (tookMs <= promisedMs) return words
  const own = alone(measured)
  if (own === undefined) return `${words}: late, and not judged`
  if (own > promisedMs) throw new Error(`Too late: ${words}`)
  return `${words}: late by what others took`
}

function readTicks(): Ticks {
  try {
    const [, ...all] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]!.split(/\s+/).map(Number)
    // User, nice, system, idle, waiting for a disk, two kinds of interrupts, stolen; guests are counted in user already.
    const times = all.slice(0, 8)
    return {
      all: times.reduce((sum, value) => sum + value, 0),
      idle: times[3]! + times[4]!,
      own: ownTicks(),
    }
  } catch {
    return { all: 0, idle: 0, own: 0 }
  }
}

/** Children of children too, wherever they are; whoever has ended is counted where it was waited for. */
function ownTicks(): number {
  const processes = new Map(readdirSync('/proc').flatMap(readProcess))
  const isOwn = (pid: number): boolean =>
    pid === process.pid || (processes.has(pid) && isOwn(processes.get(pid)!.parent))
  let sum = 0
  for (const [pid, { ticks }] of processes) if (isOwn(pid)) sum += ticks
  return sum
}

function readProcess(name: string): [number, { readonly parent: number; readonly ticks: number }][] {
  if (!/^\d+$/.test(name)) return []
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8')
    // A program's name may hold anything; what follows it are numbers.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0)
    return [[Number(name), { parent: fields[1]!, ticks }]]
  } catch {
    // It has ended meanwhile.
    return []
  }
}
