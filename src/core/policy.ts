import type { Activity, Availability, Chosen, Presence } from './presence.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL, OFFLINE, presence, UNKNOWN } from './presence.ts'
import type { RingSettings } from './ring-settings.ts'
import { defaultRingSettings } from './ring-settings.ts'

/** One row of a mapping table; the first whose conditions all hold decides. */
export interface Row {
  readonly when: {
    readonly availability?: Availability
    readonly activity?: Activity
    readonly outOfOffice?: boolean
    /** A row that asks for `yes` never fires on `unknown`. */
    readonly chosen?: Chosen
  }
  /**
   * `set` shows `state` at the target; `release` takes back what we wrote; `hold` keeps our last write with its
   * original reason.
   */
  readonly act: 'set' | 'release' | 'hold'
  readonly state?: Presence
}

/** Which call legs of a source count as a call. */
export interface CallFilter {
  /** Off-hook: an own outbound leg counts from trying on; otherwise only answered legs do. */
  readonly offHook: boolean
  /** An inbound leg counts while it rings. */
  readonly ringing: boolean
  readonly external: boolean
  readonly internal: boolean
  readonly unknownParty: boolean
  /** Calls that came through a queue or ring group count. */
  readonly queue: boolean
  /** Calls of star codes and other feature codes count. */
  readonly starCodes: boolean
  /** A call counts only after it lasted this long, milliseconds. */
  readonly minimumMs: number
}

/** How calls are shown at a target: as calls, as Busy, or not at all. */
export type CallsAs = 'inACall' | 'busy' | 'nothing'

/** What one connector instance says about a person, shown at another. */
export interface Link {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly rows: readonly Row[]
  /** In the place of `rows`, for people who chose how their calls are shown; left out, they have no choice. */
  readonly choices?: Readonly<Record<CallsAs, readonly Row[]>>
  readonly calls: CallFilter
  /** A call state ends this long after the last leg, milliseconds, so that a transfer does not flicker. */
  readonly graceMs: number
  /** Decide and explain, but write nothing. */
  readonly observeOnly: boolean
  /** What a person did at the target by hand stands above a condition that began before it. */
  readonly manualWins: boolean
  /** Away that was not chosen by hand is taken for idleness and changes nothing. */
  readonly ignoreIdle: boolean
  /** At the end: put back the choice that was found, or only take back what we wrote. */
  readonly atEnd: 'restore' | 'clear'
  /** Takes away a preferred Available (never another choice) that masks a call, for the call. */
  readonly clearAvailable: boolean
  /**
   * A change that the target's own schedule made does not count as the person's; nor is one that the source's own
   * schedule made over what the hub had written there felt over this link.
   */
  readonly overSchedule: boolean
  /**
   * Who is away or offline at the source for so long, milliseconds, is signed out at the target (a CRM), by writing
   * Offline there; undefined never signs anybody out.
   */
  readonly signOutAfterMs?: number
  /** How long its `hold` rows keep our last write, milliseconds; as the policy says where it is left out. */
  readonly holdMs?: number
  /** Ids of the people whom the link covers; undefined covers everyone. */
  readonly people: ReadonlySet<string> | undefined
  /** Of them, only those who agreed to all of these; see agreement.ts. */
  readonly agreed?: readonly ('optIn' | 'paired')[]
  /** Name of the preset that the rules were taken from, for "why?" and comparisons. */
  readonly preset?: string
  /** Longest time from a change at the source to the acknowledged write that the preset promises, milliseconds. */
  readonly promiseMs?: number
}

/** The rules of one tenant, as data: links with their tables, precedence, and how long doubtful states are kept. */
export interface Policy {
  readonly links: readonly Link[]
  /** What the board shows when several systems differ: the first that any of them shows. */
  readonly precedence: readonly Presence[]
  /** How long the writes that rest on a lost source are kept, milliseconds. */
  readonly lostHoldMs: number
  /** How long a `hold` row keeps our last write, milliseconds, where its link says nothing else. */
  readonly holdMs: number
  /** How long the last native state is believed while our own write hides it, milliseconds. */
  readonly hiddenHoldMs: number
  /** What the administrator says about ringing: emergency numbers, who breaks through, Busy on busy. */
  readonly ring: RingSettings
}

/** Milliseconds. */
export const MINUTE = 60_000
/** Milliseconds. */
export const HOUR = 60 * MINUTE

/** The table of preset `default`: calls are shown as calls, the do-not-disturb family silences, the rest releases. */
export const defaultRows: readonly Row[] = [
  { when: { activity: 'inACall' }, act: 'set', state: IN_A_CALL },
  { when: { activity: 'inAConferenceCall' }, act: 'set', state: IN_A_CALL },
  { when: { availability: 'doNotDisturb' }, act: 'set', state: DO_NOT_DISTURB },
  { when: {}, act: 'release' },
]

/** Every call counts from off-hook on; ringing alone does not. */
export const defaultCalls: CallFilter = {
  offHook: true,
  ringing: false,
  external: true,
  internal: true,
  unknownParty: true,
  queue: true,
  starCodes: false,
  minimumMs: 0,
}

/** The switches of a link that says nothing of its own. */
export const defaultSwitches = {
  observeOnly: false,
  manualWins: true,
  ignoreIdle: false,
  atEnd: 'restore',
  clearAvailable: false,
  overSchedule: false,
  people: undefined,
} as const satisfies Partial<Link>

/** Long enough that a transfer does not flicker. */
export const defaultGraceMs = 1000

/** Strongest first. A deliberate do not disturb stands above a call, as it does in Teams. */
const defaultPrecedence: readonly Presence[] = [
  DO_NOT_DISTURB,
  presence('doNotDisturb', 'presenting'),
  presence('doNotDisturb', 'focusing'),
  presence('doNotDisturb', 'urgentInterruptionsOnly'),
  presence('busy', 'inAConferenceCall'),
  IN_A_CALL,
  presence('busy', 'inAMeeting'),
  BUSY,
  presence('beRightBack', 'beRightBack'),
  AWAY,
  presence('away', 'outOfOffice'),
  presence('available', 'outOfOffice'),
  AVAILABLE,
  presence('available', 'inactive'),
  presence('offline', 'offWork'),
  OFFLINE,
  UNKNOWN,
]

/** The rules of a tenant that configured none: no links, so nothing is written. */
export const defaultPolicy: Policy = {
  links: [],
  precedence: defaultPrecedence,
  lostHoldMs: 15 * MINUTE,
  holdMs: 12 * HOUR,
  hiddenHoldMs: 4 * HOUR,
  ring: defaultRingSettings,
}

/** What a table is asked about. */
export interface RowInput {
  readonly state: Presence
  readonly chosen: Chosen
  readonly outOfOffice: boolean
}

/** What a table answers. */
export interface RowMatch {
  /** Index in the table, for "why?"; -1 when no row matched. */
  readonly row: number
  readonly act: Row['act']
  readonly state?: Presence
}

const noRow: RowMatch = { row: -1, act: 'release' }

/** First match; no match releases. */
export function matchRow(rows: readonly Row[], input: RowInput): RowMatch {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    if (!rowApplies(row, input)) continue
    return row.state ? { row: index, act: row.act, state: row.state } : { row: index, act: row.act }
  }
  return noRow
}

function rowApplies({ when }: Row, { state, chosen, outOfOffice }: RowInput): boolean {
  return (
    (when.availability === undefined || when.availability === state.availability) &&
    (when.activity === undefined || when.activity === state.activity) &&
    (when.outOfOffice === undefined || when.outOfOffice === outOfOffice) &&
    (when.chosen === undefined || when.chosen === chosen)
  )
}
