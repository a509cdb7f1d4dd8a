/** `Busy/InACall`: availability and activity as Graph spells them. */
export type Pair = `${string}/${string}`

export const OFFLINE: Pair = 'Offline/Offline'
export const IN_A_CALL: Pair = 'Busy/InACall'
export const UNKNOWN: Pair = 'PresenceUnknown/PresenceUnknown'

/** Pairs of setPresence (learn.microsoft.com/graph/api/presence-setpresence). */
export const sessionPairs: ReadonlySet<Pair> = new Set([
  'Available/Available',
  'Busy/InACall',
  'Busy/InAConferenceCall',
  'Away/Away',
  'DoNotDisturb/Presenting',
])

/** Pairs of setUserPreferredPresence, which are those of the status menu. */
export const preferredPairs: ReadonlySet<Pair> = new Set([
  'Available/Available',
  'Busy/Busy',
  'DoNotDisturb/DoNotDisturb',
  'BeRightBack/BeRightBack',
  'Away/Away',
  'Offline/OffWork',
])

/** What a Teams client's own session can say by itself: idle or not, a call, the calendar, a shared screen. */
export const clientPairs: ReadonlySet<Pair> = new Set([
  'Available/Available',
  'Available/OutOfOffice',
  'Away/Away',
  'Busy/Busy',
  'Busy/InACall',
  'Busy/InAConferenceCall',
  'Busy/InAMeeting',
  'DoNotDisturb/DoNotDisturb',
  'DoNotDisturb/Focusing',
  'DoNotDisturb/Presenting',
  'DoNotDisturb/UrgentInterruptionsOnly',
])

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Life of a preferred state set without one: 1 day for Do not disturb and Busy, 7 days for the rest. */
export function preferredLifeMs(pair: Pair): number {
  return pair.startsWith('DoNotDisturb/') || pair.startsWith('Busy/') ? dayMs : 7 * dayMs
}

export const sessionLife = { minMs: 300_000, maxMs: 4 * hourMs, defaultMs: 300_000 } as const

/** An Available session fades after 5 minutes, and again after another 5, whatever its life. */
export const fadeMs = 300_000

const halves = new Map<Pair, { readonly availability: string; readonly activity: string }>()

/** The two words of a pair; one shared object per pair. */
export function split(pair: Pair): { readonly availability: string; readonly activity: string } {
  let found = halves.get(pair)
  if (!found) {
    const [availability = '', activity = ''] = pair.split('/')
    found = { availability, activity }
    halves.set(pair, found)
  }
  return found
}

const duration = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** ISO 8601 duration of days to seconds (the pattern of Graph's OpenAPI), in milliseconds; undefined if it is none. */
export function parseDuration(text: string): number | undefined {
  const match = duration.exec(text)
  if (!match || text === 'P') return undefined
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return days! * dayMs + hours! * hourMs + minutes! * 60_000 + seconds! * 1000
}
