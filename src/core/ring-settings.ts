import type { NumberPlan } from './phone-number.ts'
import { defaultNumberPlan } from './phone-number.ts'

/**
 * The calling policy of a collaboration system for a second call during a native call. Nobody can read it, so the
 * administrator declares it: `disabled` rings, `enabled` gives a busy signal, `unanswered` diverts like a call that
 * nobody took, `userOverride` leaves it to each person.
 */
export const busyOnBusyWords = ['unknown', 'disabled', 'enabled', 'unanswered', 'userOverride'] as const
/** One of those words. */
export type BusyOnBusy = (typeof busyOnBusyWords)[number]

/** What a phone's do not disturb means to the queues of its phone system, as the administrator declares it. */
export const queueDoNotDisturbWords = ['unknown', 'blocks', 'rings'] as const
/** One of those words. */
export type QueueDoNotDisturb = (typeof queueDoNotDisturbWords)[number]

/** After which calls a phone must be free to ring. */
export interface EmergencySettings {
  readonly numbers: readonly string[]
  /** Digits that may be dialled before such a number to get an outside line. */
  readonly outsideLine: readonly string[]
  /** How long nothing of ours silences the person's phones after such a call, milliseconds; 0 switches the rule off. */
  readonly callBackMs: number
}

/** Who gets through although do not disturb is on. */
export interface BreakthroughSettings {
  /** Numbers, or beginnings of numbers that end with `*`, for everyone. */
  readonly numbers: readonly string[]
  /** The same for one person, by UPN in lower case. */
  readonly people: ReadonlyMap<string, readonly string[]>
  /** A second call from the same number within this time rings, milliseconds; 0 switches it off. */
  readonly secondCallMs: number
}

/** What the administrator of a tenant says about ringing. */
export interface RingSettings {
  readonly busyOnBusy: BusyOnBusy
  readonly queueDoNotDisturb: QueueDoNotDisturb
  /** Others show calls of phones in the collaboration system (a vendor's own connector). */
  readonly foreignCalls: boolean
  /** Connectors whose shown state decides what a softphone signals (preset `mirage`). */
  readonly softphones: readonly string[]
  /** The CRMs, by such a connector, whose softphone it is: signed out of there, it signals nothing. */
  readonly softphoneOf?: ReadonlyMap<string, readonly string[]>
  readonly emergency: EmergencySettings
  readonly breakthrough: BreakthroughSettings
  readonly plan: NumberPlan
}

/**
 * Numbers for help that are three digits long and mean the same wherever they are in use (ITU-T E.161.1 recommends 112
 * and 911; the others are national). Shorter ones and the range from 100 to 109 are left out: they are extensions in
 * many small offices, and an administrator adds those that hold where the phones are.
 */
const emergencyNumbers: readonly string[] = [
  '112',
  '911',
  '999',
  '000',
  '110',
  '111',
  '113',
  '115',
  '117',
  '118',
  '119',
  '122',
  '133',
  '144',
  '190',
  '192',
  '193',
  '995',
]

/** What holds where the administrator says nothing. */
export const defaultRingSettings: RingSettings = {
  busyOnBusy: 'unknown',
  queueDoNotDisturb: 'unknown',
  foreignCalls: false,
  softphones: [],
  emergency: { numbers: emergencyNumbers, outsideLine: ['0', '9'], callBackMs: 3_600_000 },
  breakthrough: { numbers: [], people: new Map(), secondCallMs: 0 },
  plan: defaultNumberPlan,
}
