import type { Activity } from '../../../src/core/presence.ts'
import { english } from '../language/english.ts'
import { words } from '../language/words.ts'

const activities = Object.keys(english.codes.states) as Activity[]

/** `pair` is `availability/activity`, spelled by us or by Microsoft Graph: letter case does not matter. */
export function pairActivity(pair: string): Activity {
  const activity = pair.slice(pair.indexOf('/') + 1).toLowerCase()
  return activities.find((one) => one.toLowerCase() === activity) ?? 'unknown'
}

/** "In a call" for `busy/inACall`; what is no pair, or not known, stays as it is. */
export function pairLabel(pair: string): string {
  const activity = pairActivity(pair)
  const known = activity !== 'unknown' || /^unknown\//i.test(pair)
  return known && pair.includes('/') ? words().codes.states[activity] : pair
}

/** A clause of the hub as it stands alone: states by their names, capital first. */
export function asPhrase(text: string): string {
  const words = text.trim().replace(/\b[a-z]+\/[a-z]+\b/gi, pairLabel)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The same with a full stop. */
export function asSentence(text: string): string {
  const phrase = asPhrase(text)
  return phrase === '' || /[.!?]$/.test(phrase) ? phrase : `${phrase}.`
}
