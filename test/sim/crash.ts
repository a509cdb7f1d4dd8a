import { actions } from './exhaust.ts'
import { judge } from './oracle.ts'
import type { Memories } from './scenario.ts'
import { calmMs, preparation } from './scenario.ts'
import { epoch, Simulation } from './simulation.ts'
import type { Action, Ledger, Setting } from './trace.ts'
import { describe as tell } from './trace.ts'

const downMs = 2000
const hourMs = 3_600_000
/** With its memory gone the hub waits for its sessions to run out, and no longer than its lost hold. */
const holdMs = 920_000

export interface Crash {
  readonly setting: Setting
  readonly ledger: Ledger
  readonly memories: Memories
}

export interface Crashes {
  /** How often a hub was killed. */
  count: number
  /** The fewest and the most awaits of a pair. */
  fewest: number
  most: number
  /** What the oracle had to say, with the days it says it of. */
  readonly wrong: string[]
}

/** One deed, then each of the twelve; for each pair the process dies once at every await of the hub. */
export async function crashAll(first: Action, crash: Crash): Promise<Crashes> {
  const sum: Crashes = { count: 0, fewest: Number.POSITIVE_INFINITY, most: 0, wrong: [] }
  for (const second of actions) {
    let n = 0
    for (;;) {
      const { struck, wrong } = await strikeAt(n + 1, [first, second], crash)
      if (wrong) sum.wrong.push(`killed at await ${n + 1} of ${first}, ${second}\n${wrong}`)
      if (!struck) break
      n += 1
    }
    sum.count += n
    sum.fewest = Math.min(sum.fewest, n)
    sum.most = Math.max(sum.most, n)
  }
  return sum
}

/** Two deeds; the process dies at the n-th await between intent, send, answer and outcome, if it comes so far. */
async function strikeAt(
  n: number,
  [first, second]: readonly [Action, Action],
  { setting, ledger, memories }: Crash,
): Promise<{ readonly struck: boolean; readonly wrong: string }> {
  let crossed = 0
  let armed = false
  const world = new Simulation({
    setting,
    store: memories.recent,
    wall: epoch + 2 * hourMs,
    strike: () => {
      if (armed) crossed += 1
      return armed && crossed === n
    },
  })
  const calm = calmMs(setting)
  await world.start()
  await world.run(calm)
  for (const action of preparation(first, second)) {
    world.act(action)
    await world.run(calm)
  }
  armed = true
  for (const action of [first, second]) {
    world.act(action)
    if (await world.clock.until(() => !world.hub.life.alive, calm)) {
      await world.restart(ledger, downMs, memories.old)
      await world.run(calm)
    }
  }
  const struck = crossed >= n
  await world.run(struck && ledger !== 'intact' ? calm + holdMs : calm)
  world.hub.kill()
  const run = world.result()
  const wrong = [...judge(run).wrong, ...world.complaints]
  return { struck, wrong: wrong.length === 0 ? '' : `${wrong.join('\n')}\n${tell(run)}` }
}
