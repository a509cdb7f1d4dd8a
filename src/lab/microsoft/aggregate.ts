import type { Switches } from '../switches.ts'
import { fadeMs, IN_A_CALL, OFFLINE, type Pair } from './states.ts'

/** One application's session of a person. Times are monotonic milliseconds of the lab's clock. */
export interface AppSession {
  /** The application's client id. */
  readonly id: string
  readonly pair: Pair
  readonly setAt: number
  readonly endsAt: number
}

export interface Note {
  readonly content: string
  readonly publishedAt: number
  readonly endsAt: number
}

/** All that Teams knows of one person at one moment; a change makes a new one. */
export interface Inputs {
  /** Monotonic milliseconds at which this version began. */
  readonly at: number
  readonly revision: number
  /** State of the Teams clients' session; null while none is signed in. */
  readonly client: Pair | null
  /** A native Teams call. It counts as a session of its own: a phone app can be in a call with no client open. */
  readonly inCall: boolean
  readonly apps: readonly AppSession[]
  readonly preferred: { readonly pair: Pair; readonly endsAt: number } | undefined
  /** The automatic reply; undefined when out of office is off. */
  readonly outOfOffice: string | undefined
  readonly note: Note | undefined
}

export const nothing: Inputs = Object.freeze({
  at: 0,
  revision: 0,
  client: null,
  inCall: false,
  apps: [],
  preferred: undefined,
  outOfOffice: undefined,
  note: undefined,
})

const order = ['DoNotDisturb', 'Busy', 'Available', 'Away']
const yields = new Set<Pair>(['Available/Available', 'Busy/Busy'])
const wins = new Set<Pair>(['Busy/InACall', 'Busy/InAConferenceCall', 'DoNotDisturb/Presenting'])

/** Smaller is stronger. Within one availability a call comes first: In a call shows through a meeting (inferred). */
function rank(pair: Pair): number {
  const found = order.indexOf(pair.slice(0, pair.indexOf('/')))
  return (
    (found < 0 ? order.length : found) * 2 + (pair.startsWith('Busy/InA') && pair.endsWith('Call') ? 0 : 1)
  )
}

/** What an application's session says at a time: faded when Available, undefined once expired. */
function sessionPair(session: AppSession, at: number): Pair | undefined {
  if (at >= session.endsAt) return undefined
  if (!session.pair.startsWith('Available/')) return session.pair
  if (at >= session.setAt + 2 * fadeMs) return 'Away/Away'
  return at >= session.setAt + fadeMs ? 'Available/AvailableInactive' : session.pair
}

/** The strongest of the live sessions: DoNotDisturb > Busy > Available > Away; undefined when there is none. */
function strongest(inputs: Inputs, at: number, only: 'all' | 'native'): Pair | undefined {
  let best: Pair | undefined
  const consider = (pair: Pair | undefined) => {
    if (pair && (!best || rank(pair) < rank(best))) best = pair
  }
  // The person's own sessions first: of two equally strong ones, the first is shown.
  if (inputs.inCall) consider(IN_A_CALL)
  if (inputs.client) consider(inputs.client)
  if (only === 'all') for (const session of inputs.apps) consider(sessionPair(session, at))
  return best
}

/**
 * What Teams shows of a person at a time: the preferred state over all sessions while any session lives, as
 * documented (learn.microsoft.com/graph/cloud-communications-manage-presence-state); in mode `observed` a preferred
 * Available or Busy gives way to a call or Presenting.
 */
export function shown(inputs: Inputs, at: number, mode: Switches['aggregation']): Pair {
  const best = strongest(inputs, at, 'all')
  if (!best) return OFFLINE
  const chosen = inputs.preferred && at < inputs.preferred.endsAt ? inputs.preferred.pair : undefined
  const pair = chosen && !(mode === 'observed' && yields.has(chosen) && wins.has(best)) ? chosen : best
  return pair === 'Available/Available' && inputs.outOfOffice !== undefined ? 'Available/OutOfOffice' : pair
}

/**
 * Whether a Teams call offered now goes to voicemail. A do not disturb of the person or of a client always diverts;
 * one that only an application's session holds does so when `sessionDiverts`.
 */
export function diverts(
  inputs: Inputs,
  at: number,
  switches: Pick<Switches, 'aggregation' | 'dndDiverts'>,
): boolean {
  if (!shown(inputs, at, switches.aggregation).startsWith('DoNotDisturb/')) return false
  const chosen = inputs.preferred && at < inputs.preferred.endsAt ? inputs.preferred.pair : undefined
  if (chosen?.startsWith('DoNotDisturb/')) return true
  return strongest(inputs, at, 'native')?.startsWith('DoNotDisturb/') || switches.dndDiverts
}

/** When what is shown last may have changed by itself or by a write: the newest transition not after `at`. */
export function changedAt(inputs: Inputs, at: number): number {
  let newest = inputs.at
  const pass = (moment: number) => {
    if (moment <= at && moment > newest) newest = moment
  }
  for (const session of inputs.apps) {
    pass(session.endsAt)
    if (!session.pair.startsWith('Available/')) continue
    if (session.setAt + fadeMs < session.endsAt) pass(session.setAt + fadeMs)
    if (session.setAt + 2 * fadeMs < session.endsAt) pass(session.setAt + 2 * fadeMs)
  }
  if (inputs.preferred) pass(inputs.preferred.endsAt)
  if (inputs.note) pass(inputs.note.endsAt)
  return newest
}
