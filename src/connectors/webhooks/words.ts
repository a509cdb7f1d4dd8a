import { type PresenceName, parsePresence, presence, presenceName } from '../../core/presence.ts'

/** States that can be said or shown over a webhook, strongest first. */
export const sayable = [
  presence('doNotDisturb', 'doNotDisturb'),
  presence('doNotDisturb', 'presenting'),
  presence('doNotDisturb', 'focusing'),
  presence('busy', 'inAConferenceCall'),
  presence('busy', 'inACall'),
  presence('busy', 'inAMeeting'),
  presence('busy', 'busy'),
  presence('beRightBack', 'beRightBack'),
  presence('away', 'away'),
  presence('available', 'available'),
  presence('offline', 'offWork'),
  presence('offline', 'offline'),
] as const

export const presenceNames: readonly PresenceName[] = sayable.map(presenceName)

/** What a word of the system means. */
export type Meaning = PresenceName | 'end' | 'signedOut' | 'ignore'

/** Words that are understood without a table of one's own. */
const usual: Readonly<Record<string, Meaning>> = {
  available: 'available/available',
  away: 'away/away',
  beRightBack: 'beRightBack/beRightBack',
  busy: 'busy/busy',
  inACall: 'busy/inACall',
  inAMeeting: 'busy/inAMeeting',
  doNotDisturb: 'doNotDisturb/doNotDisturb',
  offline: 'offline/offline',
  end: 'end',
  signedOut: 'signedOut',
}

/** The system's words in small letters, with what each means. */
export type Vocabulary = ReadonlyMap<string, Meaning>

export function vocabularyOf(states: Readonly<Record<string, string>> | undefined): Vocabulary {
  const entries = Object.entries(states ?? usual)
  return new Map(entries.map(([word, meaning]) => [word.trim().toLowerCase(), meaning as Meaning]))
}

export function statesOf(names: readonly string[]) {
  return sayable.filter((state) => names.some((name) => parsePresence(name) === state))
}
