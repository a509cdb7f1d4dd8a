import { aggregate } from '../teams-world.ts'
import type { Effect, Ideal, Place } from './ideal.ts'
import { unique, withoutEffectsFrom, withPlace } from './ideal.ts'
import type { Rules } from './person.ts'
import { chosen } from './person.ts'
import { tableOf } from './wiring.ts'
import type { SystemName, Word } from './words.ts'
import { pairOf, systems, wordOf } from './words.ts'

/**
 * What the requirements ask of a hub without delay: a call is shown while it lasts, above any choice; of choices the
 * newest counts; what a person did at a place stands there against everything older; what was written is taken back
 * when nothing asks for it, and what was there before comes back. Several answers where nobody can tell.
 */
export function settle(ideal: Ideal, rules: Rules): Ideal[] {
  return rest(ideal, rules, look)
}

/** As long as Teams has not been read again. */
export function settleUnread(ideal: Ideal, rules: Rules): Ideal[] {
  return rest(ideal, rules, (one) => [one])
}

/** Goes on until nothing is to be done any more. */
function rest(ideal: Ideal, rules: Rules, read: typeof look): Ideal[] {
  const ends: Ideal[] = []
  let moving: readonly Ideal[] = [ideal]
  for (let round = 0; moving.length > 0; round++) {
    if (round > 12) throw new Error(`the model does not come to rest: ${JSON.stringify(ideal)}`)
    const next: Ideal[] = []
    for (const one of moving) {
      const after = step(one, rules, read)
      if (after.length === 1 && isSame(after[0]!, one)) ends.push(one)
      else next.push(...after)
    }
    moving = unique(next)
  }
  return unique(ends)
}

function isSame(a: Ideal, b: Ideal): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

function step(ideal: Ideal, rules: Rules, read: typeof look): Ideal[] {
  let states = read(ideal, rules)
  for (const system of systems) states = states.flatMap((one) => serve(one, system, rules))
  return states
}

/** What Teams shows of what stands there; a phone call is written only after it has been read. */
export function look(ideal: Ideal, rules: Rules): Ideal[] {
  const { teams } = ideal.places
  const wants = (['phone', 'profiles'] as const).some(
    (from) => ideal.calls[from].length > 0 && tableOf(rules.wiring, from, 'teams')?.call === 'call',
  )
  const now = { ...ideal, session: wants && ideal.session }
  const shown = shows(now, rules)
  // Behind what the hub itself has chosen, a call that was seen is believed to go on.
  const isHidden = teams.hold !== undefined && teams.hold.word === shown
  // Where Teams itself shows as much already, nothing is written over it.
  const isCovered = !isHidden && (shown === 'call' || shown === 'dnd')
  const session = wants && (now.session || !isCovered)
  return (shown === 'call' ? behindCall(now, rules) : [choiceShown(now, { shown, isHidden }, rules)]).map(
    (one) => ({ ...one, session }),
  )
}

function choiceShown(
  ideal: Ideal,
  { shown, isHidden }: { readonly shown: Word; readonly isHidden: boolean },
  { wiring }: Rules,
): Ideal {
  const isVeiled = isHidden && ideal.native !== undefined
  const next = { ...ideal, isVeiled, native: isHidden ? ideal.native : undefined }
  return ideal.places.teams.seen === shown ? next : chosen(next, 'teams', { word: shown, wiring })
}

function behindCall(ideal: Ideal, rules: Rules): Ideal[] {
  const { teams } = ideal.places
  const began = ideal.calls.teams[0]
  // Nobody chose anything that stands above a call.
  const free =
    teams.seen === 'dnd' || teams.seen === 'away'
      ? chosen(ideal, 'teams', { word: 'available', wiring: rules.wiring })
      : ideal
  if (ideal.session || began === undefined) return [free]
  if (ideal.native !== undefined && !ideal.isVeiled) return [free]
  // It comes to light behind something else: whether what was done since it began was meant for it, nobody can tell.
  const hidden = ideal.isVeiled || rules.isBlurred || began < ideal.tick || teams.hold !== undefined
  if (!hidden) return [{ ...free, native: ideal.tick }]
  const { profiles, crm } = ideal.places
  const between = [profiles, crm].flatMap(({ changedAt }) => (changedAt === undefined ? [] : changedAt + 0.5))
  const from = [0, began, ideal.tick, ...between]
  return from.map((native) => ({ ...free, native, isVeiled: false }))
}

/** The session of a phone call ran out, so that for a moment Teams showed what is behind it. */
export function unveil(ideal: Ideal, rules: Rules): Ideal[] {
  const { calls } = ideal
  const bare = { ...ideal, session: false, calls: { ...calls, phone: [], profiles: [] } }
  return look(bare, rules).map((one) => ({ ...one, calls }))
}

export function shows(ideal: Ideal, { mode }: Pick<Rules, 'mode'>): Word {
  const { word } = ideal.places.teams
  const preferred = word === 'none' ? undefined : pairOf(word)
  return wordOf(
    aggregate(
      {
        client: 'available/available',
        inCall: ideal.calls.teams.length > 0,
        preferred: preferred ? { pair: preferred, by: 'person', at: 0, until: 1 } : undefined,
        app: ideal.session ? { pair: pairOf('call'), until: 1 } : undefined,
      },
      0,
      mode,
    ),
  )
}

interface Wish extends Effect {
  readonly kind: 'choice' | 'condition'
}

/** What is asked for at a place, and not older than what the person did there. */
function wish(ideal: Ideal, to: SystemName, { wiring }: Rules): Wish | undefined {
  const own = ideal.places[to].changedAt ?? -1
  const stands = ({ act, at }: Effect) => at > own || (at === own && act === 'set')
  const asked: Wish[] = systems.flatMap((from) => {
    const word = tableOf(wiring, from, to)?.call
    const since = from === 'teams' ? ideal.native : from === 'crm' ? undefined : ideal.calls[from][0]
    return word && since !== undefined && to !== 'teams'
      ? [{ kind: 'condition', act: 'set', word, at: since } as const]
      : []
  })
  const call = asked.find(stands)
  if (call) return call
  const choices = systems.flatMap((from) => ideal.effects[`${from} to ${to}`] ?? [])
  const newest = choices.sort((a, b) => b.at - a.at || (a.act === 'set' ? -1 : 1))[0]
  return newest && stands(newest) ? { ...newest, kind: 'choice' } : undefined
}

/** The one next write at a place, if any. */
function serve(ideal: Ideal, to: SystemName, rules: Rules): Ideal[] {
  const place = ideal.places[to]
  if (place.word === 'offline') return [ideal]
  const wanted = wish(ideal, to, rules)
  if (wanted?.act === 'set') return [write(ideal, to, wanted)]
  if (place.hold) return takeBack(ideal, to)
  if (wanted && place.seen === wanted.word) return [cleared(ideal, to)]
  return [ideal]
}

function write(ideal: Ideal, to: SystemName, { word, kind }: Wish): Ideal {
  const place = ideal.places[to]
  const { hold } = place
  if (hold ? hold.word === word : place.seen === word) return ideal
  const found = hold ? hold.found : foundAt(place)
  const next = withPlace(ideal, to, {
    word,
    by: 'hub',
    seen: word,
    hold: { word, kind, found, sure: hold === undefined && to !== 'teams' },
  })
  return kind === 'choice' ? withoutEffectsFrom(next, to) : next
}

function foundAt({ seen, by }: Place): Word | undefined {
  return by === 'person' ? seen : undefined
}

function takeBack(ideal: Ideal, to: SystemName): Ideal[] {
  const { found, sure, kind, word } = ideal.places[to].hold!
  const back = cleared(ideal, to)
  if (found === undefined || found === word) return [back]
  const stands = to === 'teams' && found === 'available' ? 'none' : found
  const put = withPlace(ideal, to, { word: stands, by: 'hub', seen: found, hold: undefined })
  const restored = kind === 'condition' ? put : withoutEffectsFrom(put, to)
  return sure ? [restored] : [restored, back]
}

function cleared(ideal: Ideal, to: SystemName): Ideal {
  const word = to === 'teams' ? 'none' : 'available'
  return withoutEffectsFrom(withPlace(ideal, to, { word, by: 'hub', seen: 'available', hold: undefined }), to)
}
