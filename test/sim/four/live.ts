import { releasePeople } from '../../../src/engine/release.ts'
import type { Day } from './day.ts'
import type { Ingredients } from './histogram.ts'
import type { Ideal } from './ideal.ts'
import { beginning } from './ideal.ts'
import { afterBurst, fitting, inWords, wordsOf } from './judge.ts'
import { calmMs, Office } from './office.ts'
import type { Course } from './round.ts'
import { perform } from './round.ts'

export interface Life {
  /** What went wrong, with the story of the day; undefined where all was right. */
  readonly wrong: string | undefined
  readonly had: Ingredients
}

/** Lives through a day; the oracle looks after each round, and goes on with the states that fit what it saw. */
export async function live(day: Day): Promise<Life> {
  const office = open(day)
  const had: Ingredients = { interleaved: 0, echoes: 0, restarts: 0, expiries: 0 }
  await office.start()
  await office.run(calmMs)
  let states: readonly Ideal[] = [beginning]
  let wrong: string | undefined
  for (const round of day.rounds) {
    const course = await perform(office, { round, day }, had)
    const judged = judge(office, states, { course, day })
    states = judged.states
    wrong = judged.wrong
    if (wrong) break
  }
  had.echoes = office.echoes
  wrong ??= await owned(office)
  office.hub.kill()
  wrong ??= office.complaints[0]
  const { wiring, mode, lagMs } = day
  const head = `${wiring.name}, ${mode}, reads ${lagMs} ms late`
  return { had, wrong: wrong && [head, ...office.lines, wrong].join('\n') }
}

function open({ wiring, mode, numbered, lagMs, delivery }: Day): Office {
  let words = 0
  return new Office({
    wiring,
    mode,
    numbered,
    lagMs: () => lagMs,
    delivery: () => {
      words += 1
      return delivery[words % delivery.length]!
    },
  })
}

interface Judgement {
  readonly states: readonly Ideal[]
  readonly wrong: string | undefined
}

function judge(
  office: Office,
  states: readonly Ideal[],
  { course, day }: { readonly course: Course; readonly day: Day },
): Judgement {
  const { ranOut, isLong, silent } = course
  const rules = { wiring: day.wiring, mode: day.mode, ranOut, isLong, silent }
  const right = course.bursts.reduce((all, burst) => afterBurst(all, burst, rules), states)
  const standing = office.standing()
  office.tell(`at rest: ${wordsOf(standing)}`)
  const fits = fitting(right, standing, rules)
  if (fits.length > 0) return { states: fits, wrong: undefined }
  const ends = [...new Set(right.map((one) => inWords(one, rules)))]
  return { states: right, wrong: `right would be: ${ends.join('\n            or: ')}` }
}

/** What the hub wrote can be taken back at once, and nothing of it is forgotten. */
async function owned(office: Office): Promise<string | undefined> {
  const { engine } = office.hub
  office.tell('everything is released')
  void releasePeople(engine, [...engine.people.all()], office.clock)
  await office.run(30_000)
  const { session, phone } = office.standing()
  const dnd = phone === 'dnd' && office.phone.dnd(office.at.phone).by === 'hub'
  if (session === 'none' && !dnd) return undefined
  return `after a release there is still ${dnd ? 'do not disturb at the phone' : 'a session in Teams'}`
}
