import type { Deed } from './deeds.ts'
import { systemOf } from './deeds.ts'
import { look, settle, settleUnread, shows, unveil } from './hub-model.ts'
import type { Ideal } from './ideal.ts'
import { unique, withPlace } from './ideal.ts'
import type { Rules } from './person.ts'
import { afterDeed } from './person.ts'
import type { Standing } from './words.ts'
import { systems } from './words.ts'

/** A deed, when it was done, and when the hub has seen it at the latest. */
export interface Done {
  readonly deed: Deed
  readonly at: number
  readonly known: number
  /** A write of the hub's own may have taken its place. */
  readonly isCrossed: boolean
}

/**
 * Every state that may be there when all has come to rest. Two deeds on different systems, the second done before the
 * first was seen, may be seen in either order, or together; the first may go unseen when the second, or what the hub
 * writes because of it, takes its place.
 */
export function afterBurst(states: readonly Ideal[], burst: readonly Done[], plain: Rules): Ideal[] {
  const rules = { ...plain, isBlurred: burst.length > 1 || plain.ranOut === true }
  const explore = (some: readonly Ideal[], left: readonly Done[]): Ideal[] => {
    if (left.length === 0) {
      const behind = rules.ranOut ? some.flatMap((one) => unveil(one, rules)) : []
      const again = rules.isLong ? some.flatMap(madeAgain) : []
      const unheard = some.flatMap((one) => whileSilent(one, rules))
      return unique([...some, ...behind, ...again, ...unheard].flatMap((one) => settle(one, rules)))
    }
    return unique(
      left.flatMap((next, index) => {
        if (!left.slice(0, index).every((earlier) => mayFollow(earlier, next))) return []
        const others = left.filter((other) => other !== next)
        const done = some.map((one) => afterDeed(one, next.deed, rules))
        const seen = done.flatMap((one) => settle(one, rules))
        const isNear = burst.some((other) => other !== next && isClose(next, other))
        const together = rules.ranOut || isNear ? done.flatMap((one) => unserved(one, rules)) : []
        const missed = next.isCrossed || isNear ? some.flatMap(glimpsed) : []
        const undone = next.isCrossed ? seen.flatMap((one) => putBack(one, some, rules)) : []
        return explore(unique([...seen, ...together, ...missed, ...undone]), others)
      }),
    )
  }
  return explore(rules.isBlurred ? states.map(unsure) : states, burst)
}

/** The next deed comes before all of this one is known, or done. */
function unserved(ideal: Ideal, rules: Rules): Ideal[] {
  const read = [ideal, ...look(ideal, rules)]
  return [...read.flatMap((one) => [one, atOnce(one)]), ...settleUnread(ideal, rules)]
}

/** Something may be written in between, so that what was there before the hub is no longer sure to come back. */
function unsure(ideal: Ideal): Ideal {
  return systems.reduce((all, system) => {
    const { hold } = all.places[system]
    return hold?.sure ? withPlace(all, system, { hold: { ...hold, sure: false } }) : all
  }, ideal)
}

/** What was done later is seen first. */
function mayFollow(earlier: Done, later: Done): boolean {
  return systemOf(earlier.deed) !== systemOf(later.deed) && later.at <= earlier.known
}

/** Each was done before the other was seen. */
function isClose(one: Done, other: Done): boolean {
  return one.at <= other.known && other.at <= one.known
}

/**
 * What the person took away was prolonged by the hub at the same moment, and seen to be gone before it was seen to be
 * there again: it passes for a choice made anew.
 */
function putBack(ideal: Ideal, before: readonly Ideal[], rules: Rules): Ideal[] {
  const words = new Set(before.flatMap(({ places }) => places.teams.hold?.word ?? []))
  return [...words].flatMap((word) => {
    const again = { ...withPlace(ideal, 'teams', { word, by: 'person' }), tick: ideal.tick + 1 }
    return settle(again, rules)
  })
}

/** Calls of a system that cannot be heard hold what was written for them, and stand above nothing new. */
function whileSilent(ideal: Ideal, rules: Rules): Ideal[] {
  const { silent } = rules
  if (!silent) return []
  const { calls, session } = ideal
  return settle({ ...ideal, calls: { ...calls, [silent]: [] } }, rules).map((one) => ({
    ...one,
    calls,
    session,
  }))
}

function madeAgain(ideal: Ideal): Ideal[] {
  const { hold, word } = ideal.places.teams
  return hold && hold.word !== word ? [withPlace(ideal, 'teams', { word: hold.word, by: 'hub' })] : []
}

/** What went before it could be seen may have been glimpsed after all: a call behind it then seems to begin anew. */
function glimpsed(ideal: Ideal): Ideal[] {
  const { native, tick } = ideal
  return native === undefined ? [ideal] : [ideal, { ...ideal, tick: tick + 1, native: tick + 1 }]
}

/** The next deed is seen in the same moment. */
function atOnce(ideal: Ideal): Ideal {
  return { ...ideal, tick: ideal.tick - 1 }
}

/** Those of the states that look like this. */
export function fitting(states: readonly Ideal[], standing: Standing, rules: Rules): Ideal[] {
  return states.filter((one) => inWords(one, rules) === wordsOf(standing))
}

export function inWords(ideal: Ideal, rules: Rules): string {
  const { teams, phone, profiles, crm } = ideal.places
  return wordsOf({
    preferred: teams.word,
    shown: shows(ideal, rules),
    phone: phone.word,
    profiles: profiles.word,
    crm: crm.word,
  })
}

export function wordsOf({ preferred, shown, phone, profiles, crm }: Omit<Standing, 'session'>): string {
  return `Teams shows ${shown} (preferred ${preferred}), phone ${phone}, profile ${profiles}, CRM ${crm}`
}
