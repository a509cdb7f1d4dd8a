import type { Ideal } from './ideal.ts'
import { afterDeed, afterRestart, beginning, showsDnd, whileBlind, withdraws } from './ideal.ts'
import { isChoice, knownAt, seesAgainAt, systemOf } from './sight.ts'
import { aggregate } from './teams-world.ts'
import type { Deed, Restart, Run, Setting } from './trace.ts'
import { lateSession, stuck, watch, watchLate } from './watch.ts'

export interface Judgement {
  /** In words; empty is praise. */
  readonly wrong: readonly string[]
  /** Ends that would have been right: one, where nothing was too close together to see. */
  readonly right: readonly string[]
  /** It ended in one of these. */
  readonly fits: boolean
}

/** Reads may be later than the target declares: nobody can tell a late one from a person's change any more. */
export const isLate = ({ lagMs, settleMs }: Setting) => lagMs > settleMs

/**
 * Says what is wrong with a run. Imports nothing of the product. Two deeds on
 * different systems closer together than the hub can see may have happened in either order; of all others the later
 * one counts.
 */
export function judge(run: Run): Judgement {
  const ends = rightEnds(run)
  const { standing } = run.end
  const fits = ends.some(
    (one) =>
      showsDnd(one) === standing.dnd && one.anna?.pair === standing.anna && one.ben?.pair === standing.ben,
  )
  const right = [...new Set(ends.map(inWords))]
  if (isLate(run.setting)) {
    return { wrong: [...judgeShown(run), ...watchLate(run), ...(fits ? [] : stuck(run))], right, fits }
  }
  const wrong = fits ? [] : [`the end is none of: ${right.join(' | ')}`]
  return { wrong: [...wrong, ...judgeShown(run), ...watch(run)], right, fits }
}

type Happening = Deed | Restart

function rightEnds(run: Run): Ideal[] {
  const { entries, setting } = run
  const happenings = entries.filter((entry): entry is Happening => entry.kind !== 'write')
  const deeds = happenings.filter((one): one is Deed => one.kind === 'deed')
  const known = new Map(
    happenings.map((one) => [one, one.kind === 'deed' ? knownAt(one, entries, setting) : 0]),
  )
  const blinded = happenings
    .filter((one): one is Restart => one.kind === 'restart' && one.ledger !== 'intact')
    .flatMap((one) => (isMidway(one, run) ? [one, { ...one, ledger: 'stale' as const }] : [one]))
  return explore([beginning], happenings, {
    missable: (one) =>
      one.kind === 'deed' &&
      isSeenLate(one) &&
      entries.some((other) => {
        const covers =
          other.kind === 'deed' ? isSeenLate(other) : other.kind === 'write' && other.slot === 'preferred'
        return covers && other.at > one.at && other.at <= known.get(one)!
      }),
    swappable: (earlier, later) => {
      if (earlier.kind === 'restart' || systemOf(earlier) === systemOf(later)) return false
      return (later.kind === 'restart' ? later.up : later.at) <= known.get(earlier)!
    },
    after: (states, next) => {
      if (next.kind === 'restart') {
        const readings = blinded.filter((one) => one.at === next.at)
        const met =
          readings.length > 0 ? readings.flatMap((one) => afterRestart(states, one, setting)) : states
        // The phone's do not disturb may be taken for that of a Presenting that is the hub's own, and goes with it.
        const isTaken = setting.presenting && next.ledger === 'lost' && lateSession(next, entries, setting)
        return isTaken ? [...met, ...met.map((one) => ({ ...one, person: false }))] : met
      }
      const unseen = deeds.some((one) => {
        const [chosen, taken] = isSeenLate(next) ? [next, one] : [one, next]
        if (!isSeenLate(chosen) || !withdraws(taken)) return false
        return chosen.at < taken.at ? taken.at <= known.get(chosen)! : chosen.at <= known.get(taken)!
      })
      const veilMs = setting.lagMs + setting.pollMs + setting.settleMs + 1000
      const veiled = deeds.some((one) => {
        if (one.at > next.at) return false
        if (one.action === 'phoneDndOff') return next.at <= one.at + veilMs
        const isLate = isSeenLate(one) || one.action === 'teamsCallEnd'
        return isLate && one !== next && next.at <= known.get(one)!
      })
      const fresh = deeds.some((one) => one.action === 'phoneDndOn' && Math.abs(next.at - one.at) <= veilMs)
      const seen = states.flatMap((state) => afterDeed(state, next, { setting, unseen, veiled, fresh }))
      const blind = blinded.filter(
        (one) => one.at <= known.get(next)! && next.at <= seesAgainAt(one, setting),
      )
      if (isConflict(next, run)) seen.push(...whileBlind(states, next, 'lost'))
      return [...seen, ...blind.flatMap((one) => whileBlind(states, next, one.ledger))]
    },
  })
}

/** Teams changed so shortly before that a hub without its memory meets the change as news: as with an old memory. */
function isMidway(restart: Restart, { entries, setting }: Run): boolean {
  const from = restart.at - setting.lagMs - setting.pollMs
  return entries.some((entry) => {
    if (entry.kind === 'restart' || entry.at < from || entry.at > restart.up) return false
    return entry.kind === 'deed' ? isSeenLate(entry) : entry.slot === 'preferred'
  })
}

const isSeenLate = (deed: Deed) => systemOf(deed) === 'teams' && isChoice(deed)

function inWords(ideal: Ideal): string {
  return `phone ${showsDnd(ideal) ? 'dnd' : 'free'}, anna ${ideal.anna?.pair ?? 'none'}, ben ${ideal.ben?.pair ?? 'none'}`
}

/**
 * Do not disturb at the phone and something else in Teams, both met at once by a hub that has just started: the newer
 * one stands where it was made, the other where it was made, for neither hides the other (Teams has yielded).
 */
function isConflict(deed: Deed, { entries, setting }: Run): boolean {
  const opposite = (other: Deed) =>
    deed.action === 'phoneDndOn'
      ? other.action === 'teamsAway' || other.action === 'teamsAvailable'
      : other.action === 'phoneDndOn' && deed.action !== 'teamsDnd' && isSeenLate(deed)
  return entries.some((restart) => {
    if (restart.kind !== 'restart') return false
    const meets = (one: Deed) => one.at <= restart.up + 1000 && knownAt(one, entries, setting) >= restart.up
    return meets(deed) && entries.some((one) => one.kind === 'deed' && opposite(one) && meets(one))
  })
}

interface Rules {
  /** It was over before it could be seen. */
  readonly missable: (one: Happening) => boolean
  readonly swappable: (earlier: Happening, later: Happening) => boolean
  readonly after: (states: readonly Ideal[], next: Happening) => readonly Ideal[]
}

/** Follows every order in which the happenings may have been seen. */
function explore(states: readonly Ideal[], rest: readonly Happening[], rules: Rules): Ideal[] {
  if (rest.length === 0) return [...states]
  const ends: Ideal[] = []
  for (let index = 0; index < rest.length; index++) {
    const next = rest[index]!
    if (!rest.slice(0, index).every((earlier) => rules.swappable(earlier, next))) continue
    const others = [...rest.slice(0, index), ...rest.slice(index + 1)]
    const missed = rules.missable(next) ? states : []
    ends.push(...explore(unique([...rules.after(states, next), ...missed]), others, rules))
  }
  return unique(ends)
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
    const shows = (session: string | undefined) =>
      aggregate(
        {
          client: 'available/available',
          inCall: who === 'anna' && (last?.inCall ?? false),
          preferred: preferred ? { pair: preferred, by: 'person', at: 0, until: 1 } : undefined,
          app: session ? { pair: session, until: 1 } : undefined,
        },
        0,
        setting.mode,
      )
    const right = [shows(calling ? 'busy/inACall' : undefined)]
    // The phone's do not disturb, where the hub knows that it was pressed.
    if (setting.presenting && end.standing.dnd && last?.owner === who)
      right.push(shows('doNotDisturb/presenting'))
    if (!right.includes(end.shown[who])) {
      wrong.push(`${who} shows ${end.shown[who]} instead of ${right.join(' or ')}`)
    }
  }
  return wrong
}
