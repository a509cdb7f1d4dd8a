import type { Link, Policy } from '../../../src/core/policy.ts'
import type { ExplainView } from '../../../src/core/view.ts'
import type { Aggregation } from '../teams-world.ts'
import { Stage } from './stage.ts'
import { type Step, settledMs } from './steps.ts'

/** One situation: the rules, what happened in order, and what "why?" is asked about. */
export interface Situation {
  readonly title: string
  readonly links: readonly Link[]
  /** Where Teams aggregates otherwise there is nothing to ask. */
  readonly mode?: Aggregation
  /** Systems that are there beside those that links name. */
  readonly also?: readonly string[]
  readonly rules?: Partial<Policy>
  /** Does not speak from the start. */
  readonly mute?: 'phone' | 'desk'
  readonly steps: readonly Step[]
  /** What is said of somebody who has done nothing yet. */
  readonly idle?: RegExp
  /** `phone 1001 dnd`, or `board`. */
  readonly asked: string
  /** What is wanted there, and how that stands. */
  readonly answer: readonly [wanted: string, status: string]
}

const nothing = 'nothing of ours'

type Answer = ExplainView['decisions'][number]

interface Play {
  readonly mode: Aggregation
  /** Steps that are left out. */
  readonly left: readonly Step[]
}

async function play(situation: Situation, { mode, left }: Play): Promise<Answer | undefined> {
  const stage = new Stage({ ...situation.rules, links: situation.links }, situation.also ?? [], mode)
  // What never spoke is a step of its own, so that it can be left out like any other.
  if (situation.mute && !left.some(({ says }) => says.source === silence)) stage[situation.mute].mute = true
  // A stranger is waited for no longer than half a minute.
  await stage.start(situation.mute ? 5000 : 60_000)
  for (const step of situation.steps) {
    if (left.includes(step)) await stage.run(settledMs)
    else {
      step.do(stage)
      await stage.run(step.waitMs ?? settledMs)
    }
  }
  return stage
    .explain()
    .decisions.find(({ target, slot }) => (slot ? `${target} ${slot}` : target) === situation.asked)
}

const silence = 'waiting to hear'

/** The silence of a system, which "why?" names while it waits for it. */
export function neverSpoke(): Step {
  return { says: new RegExp(silence), do: () => {}, waitMs: 0 }
}

/** What is wrong with the answer: nothing, when it is true. */
export async function findLies(situation: Situation, mode: Aggregation): Promise<readonly string[]> {
  const answer = await play(situation, { mode, left: [] })
  if (!answer) return [`nothing is said of ${situation.asked}`]
  const lies: string[] = []
  const [wanted, status] = situation.answer
  if (answer.wanted !== wanted || answer.status !== status) {
    lies.push(`${answer.wanted} ${answer.status} because ${answer.because} (${answer.detail ?? ''})`)
  }
  const named = [answer.because, ...(answer.detail === undefined ? [] : [answer.detail])]
  const winners = situation.steps.filter(({ says }) => named.some((text) => says.test(text)))
  if (winners.length === 0) lies.push(`nothing that happened is named by: ${named.join(' | ')}`)
  for (const winner of winners) {
    const without = await play(situation, { mode, left: [winner] })
    if (same(without, answer)) lies.push(`without ${winner.says} it is the same: ${answer.because}`)
  }
  for (const { signal, because } of answer.lost) {
    const losers = situation.steps.filter((one) => one.says.test(signal) && !winners.includes(one))
    const isWinner = winners.some(({ says }) => says.test(signal))
    const isIdle = situation.idle?.test(signal)
    if (losers.length === 0 && !isWinner && !isIdle) lies.push(`nobody said the loser ${signal} (${because})`)
    for (const loser of losers) {
      const without = await play(situation, { mode, left: [loser] })
      // Where nothing is wanted, the reason is why each of them does not count.
      const reason = answer.wanted === nothing ? without?.because : answer.because
      if (without?.wanted !== answer.wanted || without.because !== reason) {
        const now = `${without?.wanted} because ${without?.because}`
        lies.push(`without the loser ${signal} it is ${now}, not ${answer.wanted} because ${answer.because}`)
      }
    }
  }
  return lies
}

/** Nothing is different, and it is not one of those that had lost who now has it shown. */
function same(one: Answer | undefined, other: Answer): boolean {
  if (one?.wanted !== other.wanted || one.status !== other.status) return false
  return !other.lost.some(({ signal }) => signal.endsWith(`: ${one.because}`))
}
