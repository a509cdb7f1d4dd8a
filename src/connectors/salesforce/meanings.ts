import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  type Presence,
  presence,
} from '../../core/presence.ts'

/** What a presence status can count as, as the setting `statuses` writes it. */
export const meanings = [
  'available',
  'onACall',
  'doNotDisturb',
  'presenting',
  'inAMeeting',
  'busy',
  'beRightBack',
  'away',
  'outOfOffice',
  'offline',
] as const
export type Meaning = (typeof meanings)[number]

const states: Readonly<Record<Meaning, Presence>> = {
  available: AVAILABLE,
  onACall: IN_A_CALL,
  doNotDisturb: DO_NOT_DISTURB,
  presenting: PRESENTING,
  inAMeeting: presence('busy', 'inAMeeting'),
  busy: BUSY,
  beRightBack: presence('beRightBack', 'beRightBack'),
  away: AWAY,
  outOfOffice: presence('away', 'outOfOffice'),
  offline: OFFLINE,
}

export const stateOfMeaning = (meaning: Meaning): Presence => states[meaning]

/** Every state that a status can stand for, strongest first. */
export const shownStates: readonly Presence[] = [
  ...(['doNotDisturb', 'presenting', 'onACall', 'inAMeeting', 'busy', 'beRightBack'] as const),
  ...(['outOfOffice', 'away', 'available', 'offline'] as const),
].map(stateOfMeaning)

/** What a table may ask for: only long absence signs an agent out (`WriteSlot.signsOut`). */
export const writableStates = shownStates.filter((state) => state !== OFFLINE)

/** Words of statuses, German ones among them; the first pattern that fits counts. */
const byWords: readonly (readonly [RegExp, Meaning])[] = [
  [/\b(un|not )available\b|\bnot ready\b|nicht verfügbar|nicht bereit/, 'busy'],
  [/\bavailable\b|\bready\b|\bonline\b|verfügbar|\bbereit\b/, 'available'],
  [/\bdo ?not ?disturb\b|\bdnd\b|\bfocus|nicht stören/, 'doNotDisturb'],
  [/\bpresent(ing|ation)\b|präsent/, 'presenting'],
  [/\bmeeting\b|besprechung/, 'inAMeeting'],
  [/\b(on|in)( a| the)? ?(call|phone)\b|\boncall\b|\btalking\b|\bspeaking\b|gespräch/, 'onACall'],
  [/\b(be )?right back\b|\bbrb\b|gleich zurück/, 'beRightBack'],
  [/\bout of( the)? office\b|\booo\b|\bvacation\b|\bholiday\b|urlaub|nicht im büro/, 'outOfOffice'],
  [/\blunch\b|\bbreak\b|\baway\b|\bpause\b|\bmittag|abwesend/, 'away'],
  [/\boffline\b|\blog(ged)? ?out\b/, 'offline'],
  [/\bbusy\b|\bwrap|\bafter (call|work)\b|\bacw\b|\btraining\b|\bback ?office\b|beschäftigt/, 'busy'],
]

/** `Do_Not_Disturb`, `DoNotDisturb` and `Do not disturb` are the same words. */
function wordsOf(name: string): string {
  return name
    .replace(/([\p{Ll}])([\p{Lu}])/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What a status counts as by its label or its developer name; undefined for words that say nothing to us. */
export function meaningOfWords(...names: readonly string[]): Meaning | undefined {
  for (const name of names) {
    const words = wordsOf(name)
    const found = byWords.find(([pattern]) => pattern.test(words))
    if (found) return found[1]
  }
  return undefined
}
