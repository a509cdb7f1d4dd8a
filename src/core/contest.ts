import type { Presence } from './presence.ts'

/**
 * A second writer: somebody who keeps changing what we write in one slot. One contradiction is a person's choice and
 * stands; several in a short time are a fight, which nobody wins by writing once more.
 */

/** Contradicted writes of one slot within `contestWindowMs` that make a contest. */
const contestLimit = 3
/** Milliseconds. */
export const contestWindowMs = 2 * 60_000
/** How long a contested slot is left alone, milliseconds. */
export const contestRestMs = 15 * 60_000

/** One write of ours, acknowledged and settled, that a native read showed to be undone. Hub time. */
export interface Contradiction {
  readonly wrote: Presence
  readonly wroteAt: number
  readonly shown: Presence
  readonly shownAt: number
}

/** What a slot remembers of contradicted writes; without any it is undefined. */
export interface Contest {
  /** Oldest first, none older than the window when the newest came. */
  readonly contradictions: readonly Contradiction[]
  /** Until when nothing is written, hub time. */
  readonly until: number | undefined
}

/**
 * Takes one more contradiction. A write counts once, so that a person who presses a key again and again, while nothing
 * is written in between, is one contradiction.
 */
export function addContradiction(contest: Contest | undefined, one: Contradiction): Contest {
  if (isContested(contest, one.shownAt)) return contest!
  const recent = (contest?.until === undefined ? (contest?.contradictions ?? []) : []).filter(
    ({ shownAt, wroteAt }) => one.shownAt - shownAt <= contestWindowMs && wroteAt !== one.wroteAt,
  )
  const contradictions = [...recent, one]
  const fights = contradictions.length >= contestLimit
  return { contradictions, until: fights ? one.shownAt + contestRestMs : undefined }
}

/** What we took away in a slot, for as long as its coming back would contradict us. */
export interface Taken {
  readonly state: Presence
  readonly left: Presence
  /** Hub time of the acknowledgement. */
  readonly at: number
}

/** True when nothing of it can matter any more: it is over, and too old to add to. */
export function isForgotten({ contradictions, until }: Contest, now: number): boolean {
  if (until !== undefined) return now >= until
  return contradictions.every(({ shownAt }) => now - shownAt > contestWindowMs)
}

/** True while a slot is left alone. */
export function isContested(contest: Contest | undefined, now: number): boolean {
  return contest?.until !== undefined && now < contest.until
}

/** A session of ours that went away or stayed although we wrote otherwise. Hub time. */
export interface SessionTrouble {
  readonly person: string
  /** `vanished`: it was gone while we held it. `stayed`: it was shown although we had cleared it. */
  readonly kind: 'vanished' | 'stayed'
  readonly at: number
}

/** People with trouble within `sharedSessionWindowMs` that make a second hub likely. */
export const sharedSessionPeople = 3
/** Where a system follows fewer people than that, as many times of trouble among them. */
const sharedSessionTroubles = 3
/** Milliseconds. */
export const sharedSessionWindowMs = 10 * 60_000

/**
 * Whether another hub seems to use the same sessions: one person's session may vanish by itself, several people's at
 * about the same time do not. Where there are not so many (`followed`: addresses that the system follows), the same ones
 * again and again are enough. Answers the people, or undefined.
 */
export function findSharedSession(
  troubles: readonly SessionTrouble[],
  { now, followed }: { readonly now: number; readonly followed: number },
): { readonly people: readonly string[]; readonly since: number; readonly last: number } | undefined {
  const recent = troubles.filter(({ at }) => now - at <= sharedSessionWindowMs)
  const people = [...new Set(recent.map(({ person }) => person))]
  const repeated = followed < sharedSessionPeople && recent.length >= sharedSessionTroubles
  if (people.length < sharedSessionPeople && !repeated) return undefined
  const times = recent.map(({ at }) => at)
  return { people, since: Math.min(...times), last: Math.max(...times) }
}
