import type { Way } from './wiring.ts'
import type { SystemName, Word } from './words.ts'
import { systems } from './words.ts'

/** What a change at one system means at another, from when it was made. */
export interface Effect {
  readonly act: 'set' | 'clear'
  readonly word: Word
  readonly at: number
}

/** What the hub has put at a place, and what was there before it. */
export interface Hold {
  readonly word: Word
  readonly kind: 'choice' | 'condition'
  readonly found: Word | undefined
  /** Whether `found` comes back for certain, or nobody can tell. */
  readonly sure: boolean
}

/** The one register of a system that both the person and the hub write. */
export interface Place {
  /** What stands there. */
  readonly word: Word
  readonly by: 'person' | 'hub'
  /** The choice as it was last in view. */
  readonly seen: Word
  readonly changedAt: number | undefined
  readonly hold: Hold | undefined
}

/** What a hub without delay would bring about. Times are ordinals: only their order counts. */
export interface Ideal {
  readonly tick: number
  readonly places: Readonly<Record<SystemName, Place>>
  readonly effects: Readonly<Partial<Record<Way, Effect>>>
  /** Ordinals at which the calls that are still going on began, by system. */
  readonly calls: Readonly<Record<'teams' | 'phone' | 'profiles', readonly number[]>>
  /** Since when Teams' own call can be seen there. */
  readonly native: number | undefined
  /** That call is behind a choice of the hub's own, and only believed to go on. */
  readonly isVeiled: boolean
  /** The hub shows a phone call in Teams. */
  readonly session: boolean
}

const place: Place = {
  word: 'available',
  by: 'person',
  seen: 'available',
  changedAt: undefined,
  hold: undefined,
}

export const beginning: Ideal = {
  tick: 0,
  places: { teams: { ...place, word: 'none' }, phone: place, profiles: place, crm: place },
  effects: {},
  calls: { teams: [], phone: [], profiles: [] },
  native: undefined,
  isVeiled: false,
  session: false,
}

export function withPlace(ideal: Ideal, system: SystemName, change: Partial<Place>): Ideal {
  return { ...ideal, places: { ...ideal.places, [system]: { ...ideal.places[system], ...change } } }
}

export function withoutEffectsFrom(ideal: Ideal, system: SystemName): Ideal {
  const kept = Object.entries(ideal.effects).filter(([way]) => !way.startsWith(`${system} to `))
  return { ...ideal, effects: Object.fromEntries(kept) }
}

/** Each state once; of times only the order counts. */
export function unique(ideals: readonly Ideal[]): Ideal[] {
  if (ideals.length < 2) return [...ideals]
  return [...new Map(ideals.map(inOrder).map((one) => [keyOf(one), one])).values()]
}

function timesOf({ places, effects, calls, native }: Ideal): (number | undefined)[] {
  return [
    ...systems.map((system) => places[system].changedAt),
    ...Object.values(effects).map(({ at }) => at),
    ...calls.teams,
    ...calls.phone,
    ...calls.profiles,
    native,
  ]
}

function inOrder(ideal: Ideal): Ideal {
  const times = [...new Set(timesOf(ideal).filter((time) => time !== undefined))].sort((a, b) => a - b)
  const isOrdered = times.every((time, index) => time === index + 1)
  if (isOrdered) return ideal.tick === times.length + 1 ? ideal : { ...ideal, tick: times.length + 1 }
  const rank = new Map(times.map((time, index) => [time, index + 1]))
  const at = <Time extends number | undefined>(time: Time) =>
    (time === undefined ? undefined : rank.get(time)!) as Time
  const places = systems.map((system) => {
    const place = ideal.places[system]
    return [system, { ...place, changedAt: at(place.changedAt) }] as const
  })
  const effects = Object.entries(ideal.effects).map(
    ([way, effect]) => [way, { ...effect, at: at(effect.at) }] as const,
  )
  const { teams, phone, profiles } = ideal.calls
  return {
    ...ideal,
    tick: times.length + 1,
    places: Object.fromEntries(places) as Ideal['places'],
    effects: Object.fromEntries(effects),
    calls: { teams: teams.map(at), phone: phone.map(at), profiles: profiles.map(at) },
    native: at(ideal.native),
  }
}

function keyOf({ places, effects, calls, native, isVeiled, session, tick }: Ideal): string {
  const each = systems.map((system) => {
    const { word, by, seen, changedAt, hold } = places[system]
    const held = hold ? `${hold.word}${hold.kind}${hold.found}${hold.sure}` : ''
    return `${word} ${by} ${seen} ${changedAt} ${held}`
  })
  const meant = Object.keys(effects)
    .sort()
    .map((way) => {
      const { act, word, at } = effects[way as Way]!
      return `${way} ${act} ${word} ${at}`
    })
  return [...each, ...meant, calls.teams, calls.phone, calls.profiles, native, isVeiled, session, tick].join(
    '|',
  )
}
