import type { Ideal } from './ideal.ts'
import { afterDeed, afterRestart, beginning, showsDnd } from './ideal.ts'
import { knownAt, systemOf } from './sight.ts'
import { aggregate } from './teams-world.ts'
import type { Deed, Restart, Run, Setting } from './trace.ts'
import { watch } from './watch.ts'

/**
 * Says what is wrong with a run, in words; an empty list is praise. Imports nothing of the product. Two deeds on
 * different systems closer together than the hub can see may have happened in either order; of all others the later
 * one counts.
 */
export function judge(run: Run): string[] {
  return [...judgeEnd(run), ...watch(run)]
}

type Happening = Deed | Restart

function judgeEnd(run: Run): string[] {
  const { entries, setting, end } = run
  const happenings = entries.filter((entry): entry is Happening => entry.kind !== 'write')
  const ends = explore(
    [beginning],
    happenings,
    (earlier, later) => {
      if (earlier.kind === 'restart' || systemOf(earlier) === systemOf(later)) return false
      return (later.kind === 'restart' ? later.up : later.at) <= knownAt(earlier, entries, setting)
    },
    setting,
  )
  const { standing } = end
  const fits = ends.some(
    (one) =>
      showsDnd(one) === standing.dnd && one.anna?.pair === standing.anna && one.ben?.pair === standing.ben,
  )
  const wrong = fits ? [] : [`the end is none of: ${[...new Set(ends.map(inWords))].join(' | ')}`]
  return [...wrong, ...judgeShown(run)]
}

function inWords(ideal: Ideal): string {
  return `phone ${showsDnd(ideal) ? 'dnd' : 'free'}, anna ${ideal.anna?.pair ?? 'none'}, ben ${ideal.ben?.pair ?? 'none'}`
}

/** Follows every order in which the happenings may have been seen. */
function explore(
  states: readonly Ideal[],
  rest: readonly Happening[],
  swappable: (earlier: Happening, later: Happening) => boolean,
  setting: Setting,
): Ideal[] {
  if (rest.length === 0) return [...states]
  const ends = new Map<string, Ideal>()
  for (let index = 0; index < rest.length; index++) {
    const next = rest[index]!
    if (!rest.slice(0, index).every((earlier) => swappable(earlier, next))) continue
    const after = unique(
      next.kind === 'restart'
        ? afterRestart(states, next)
        : states.flatMap((state) => afterDeed(state, next, setting)),
    )
    const others = [...rest.slice(0, index), ...rest.slice(index + 1)]
    for (const end of explore(after, others, swappable, setting)) ends.set(JSON.stringify(end), end)
  }
  return [...ends.values()]
}

function unique(ideals: readonly Ideal[]): Ideal[] {
  return [...new Map(ideals.map((one) => [JSON.stringify(one), one])).values()]
}

/** Everyone shows their choice, their own call, and a call on their phone: no more and no less. */
function judgeShown({ entries, setting, end }: Run): string[] {
  const last = entries.findLast((entry): entry is Deed => entry.kind === 'deed')
  const wrong: string[] = []
  for (const who of ['anna', 'ben'] as const) {
    const calling = last !== undefined && last.owner === who && last.legs > 0
    const preferred = end.standing[who]
    const right = aggregate(
      {
        client: 'available/available',
        inCall: who === 'anna' && (last?.inCall ?? false),
        preferred: preferred ? { pair: preferred, by: 'person', at: 0, until: 1 } : undefined,
        app: calling ? { pair: 'busy/inACall', until: 1 } : undefined,
      },
      0,
      setting.mode,
    )
    if (end.shown[who] !== right) wrong.push(`${who} shows ${end.shown[who]} instead of ${right}`)
  }
  return wrong
}
