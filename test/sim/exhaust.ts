import { judge } from './oracle.ts'
import type { Memories, Moment, Scenario } from './scenario.ts'
import { remember, run, shortMs } from './scenario.ts'
import type { Action, Ledger, Setting } from './trace.ts'
import { describe } from './trace.ts'

export const actions: readonly Action[] = [
  'callStart',
  'callEnd',
  'callHold',
  'teamsCallStart',
  'teamsCallEnd',
  'phoneDndOn',
  'phoneDndOff',
  'teamsDnd',
  'teamsAway',
  'teamsAvailable',
  'removePerson',
  'moveExtension',
]

export const lags = [0, 500, 5000, 15_000, 75_000] as const
const moments: readonly Moment[] = ['never', 'before first', 'between', 'after second', 'in mid-settle']
const ledgers: readonly Ledger[] = ['intact', 'lost', 'stale']

/** Reads keep strictly within the settle time that the target declares, unless another one is given. */
export function settingOf(
  lagMs: number,
  rest: Pick<Setting, 'mode' | 'policy' | 'unnumbered' | 'presenting'> & { readonly settleMs?: number },
): Setting {
  return { lagMs, pollMs: 5000, settleMs: lagMs < 15_000 ? 15_000 : lagMs + 5000, ...rest }
}

export interface Sweep {
  readonly mode: Setting['mode']
  readonly policy: Setting['policy']
  readonly unnumbered?: boolean
  readonly presenting?: boolean
  /** What the target declares, where that is shorter than what reads need. */
  readonly settleMs?: number
  /** Between the two deeds. */
  readonly gap: 'short' | 'long'
  readonly ledgers?: readonly Ledger[]
}

export interface Failure {
  readonly scenario: Scenario
  readonly wrong: readonly string[]
  readonly trace: string
}

export interface Tally {
  count: number
  milliseconds: number
  /** Scenarios with one right end only. */
  certain: number
  /** Scenarios that ended in none of the right ends; only where reads are later than declared this is no failure. */
  unfit: number
  readonly failures: Failure[]
  /** Scenarios by what the hub wrote in them: how many writes, how many scenarios. */
  readonly byWrites: Map<number, number>
}

function emptyTally(): Tally {
  return { count: 0, milliseconds: 0, certain: 0, unfit: 0, failures: [], byWrites: new Map() }
}

function* scenarios(setting: Setting, sweep: Sweep): Generator<Scenario> {
  const gapMs = sweep.gap === 'short' ? shortMs : setting.lagMs + setting.settleMs + 2 * setting.pollMs + 5000
  for (const first of actions) {
    for (const second of actions) {
      for (const moment of moments) {
        for (const ledger of sweep.ledgers ?? ledgers) {
          if (moment === 'never' && ledger !== 'intact') continue
          yield { setting, first, second, gapMs, moment, ledger }
        }
      }
    }
  }
}

/** All pairs of deeds at one lag. */
export async function exhaust(lagMs: number, sweep: Sweep): Promise<Tally> {
  const tally = emptyTally()
  const { mode, policy, unnumbered = false, presenting = false, settleMs } = sweep
  const setting = settingOf(lagMs, { mode, policy, unnumbered, presenting, ...(settleMs && { settleMs }) })
  const memories = await remember(setting)
  const began = performance.now()
  for (const scenario of scenarios(setting, sweep)) await take(scenario, memories, tally)
  tally.milliseconds = performance.now() - began
  return tally
}

async function take(scenario: Scenario, memories: Memories, tally: Tally): Promise<void> {
  const done = await run(scenario, memories)
  tally.count += 1
  const writes = done.entries.filter((entry) => entry.kind === 'write' && !entry.refresh).length
  tally.byWrites.set(writes, (tally.byWrites.get(writes) ?? 0) + 1)
  const judgement = judge(done)
  if (judgement.right.length === 1) tally.certain += 1
  if (!judgement.fits) tally.unfit += 1
  const wrong = [...judgement.wrong, ...done.complaints]
  if (wrong.length > 0) tally.failures.push({ scenario, wrong, trace: describe(done) })
}

export function title({ first, second, moment, ledger, gapMs }: Scenario): string {
  return `${first}, ${gapMs / 1000} s, ${second}; restart ${moment}, ledger ${ledger}`
}

/** Every cause of failure once, with the shortest trace that shows it. */
export function report(tally: Tally): string {
  const kinds = new Map<string, Failure[]>()
  for (const failure of tally.failures) {
    const kind = failure.wrong.map((each) => each.replace(/[\d.]+ s/g, '… s')).join('; ')
    kinds.set(kind, [...(kinds.get(kind) ?? []), failure])
  }
  return [...kinds.values()]
    .sort((a, b) => b.length - a.length)
    .map((failures) => {
      const [shortest] = failures.toSorted((a, b) => a.trace.length - b.trace.length)
      const { scenario, wrong, trace } = shortest!
      return `${failures.length} × ${title(scenario)}\n  ${wrong.join('\n  ')}\n${trace}`
    })
    .join('\n\n')
}

export function addUp(tallies: readonly Tally[]): Tally {
  const sum = emptyTally()
  for (const tally of tallies) {
    sum.count += tally.count
    sum.milliseconds += tally.milliseconds
    sum.certain += tally.certain
    sum.unfit += tally.unfit
    sum.failures.push(...tally.failures)
    for (const [writes, count] of tally.byWrites) {
      sum.byWrites.set(writes, (sum.byWrites.get(writes) ?? 0) + count)
    }
  }
  return sum
}

export function histogram({ byWrites, count, certain, milliseconds }: Tally): string {
  const most = Math.max(...byWrites.values())
  const bars = [...byWrites]
    .sort(([a], [b]) => a - b)
    .map(([writes, scenarios]) => {
      const bar = '#'.repeat(Math.ceil((40 * scenarios) / most))
      return `${String(writes).padStart(4)} writes ${String(scenarios).padStart(6)} ${bar}`
    })
  const head = `${count} scenarios, ${certain} of them with one right end, ${(milliseconds / count).toFixed(2)} ms each`
  return [head, ...bars].join('\n')
}
