import { cpus } from 'node:os'

/** From this part of its time on a machine is so busy that nothing about time can be judged on it. */
const busyPart = 0.9

/** How busy the machine is with everything that runs on it, this test or not. */
export class MachineLoad {
  #last = read()

  /** Part (0 to 1) of the time of all processors that was spent since the last time of asking. */
  take(): number {
    const now = read()
    const all = now.all - this.#last.all
    const part = all > 0 ? 1 - (now.idle - this.#last.idle) / all : 0
    this.#last = now
    return part
  }
}

/** What was measured against what is promised, both milliseconds; `load` while it was measured. */
export interface Measured {
  readonly what: string
  readonly tookMs: number
  readonly promisedMs: number
  readonly load: number
}

/** In words; throws where the promise was not kept and the machine had time to. */
export function judgeTime({ what, tookMs, promisedMs, load }: Measured): string {
  const words = `${what} after ${Math.round(tookMs)} ms (promised ${promisedMs}; the machine was ${Math.round(load * 100)} % busy)`
  if (tookMs <= promisedMs) return words
  if (load < busyPart) throw new Error(`Too late: ${words}`)
  return `${words}: late, and not judged`
}

function read(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((one) => one.times)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    idle: sum(times.map(({ idle }) => idle)),
    all: sum(times.flatMap((one) => Object.values(one))),
  }
}
