import type { WriteSlot } from '../../src/core/connector.ts'
import type { Contribution } from '../../src/core/ledger.ts'
import type { Link } from '../../src/core/policy.ts'
import { defaultCalls, defaultRows, defaultSwitches } from '../../src/core/policy.ts'
import type { Presence } from '../../src/core/presence.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  presence,
  UNKNOWN,
} from '../../src/core/presence.ts'
import type { FeedState, Leg, Point } from '../../src/core/presentity.ts'
import { newPoint } from '../../src/core/presentity.ts'

/** Small builders for tests of the core: points that are heard, links with the default table, slots as Teams and a PBX have them. */

export const sessionSlot: WriteSlot = {
  slot: 'session',
  states: [IN_A_CALL, PRESENTING],
  neutral: OFFLINE,
  contribution: 'ownSession',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'native', lifeMs: 720_000 },
  settleMs: 15_000,
}

export const preferredSlot: WriteSlot = {
  slot: 'preferred',
  states: [DO_NOT_DISTURB, BUSY, AVAILABLE, AWAY],
  neutral: UNKNOWN,
  contribution: 'sharedSlot',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'native', lifeMs: 86_400_000 },
  settleMs: 15_000,
}

export const dndSlot: WriteSlot = {
  slot: 'dnd',
  states: [DO_NOT_DISTURB],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 2000,
}

export const order: readonly Presence[] = [
  DO_NOT_DISTURB,
  PRESENTING,
  presence('busy', 'inAConferenceCall'),
  IN_A_CALL,
  BUSY,
  AVAILABLE,
  AWAY,
]

const slots = [sessionSlot, preferredSlot, dndSlot]

export function slotOf(name: string): WriteSlot | undefined {
  return slots.find((slot) => slot.slot === name)
}

export function liveFeed(feed = 'feed'): FeedState {
  return { feed, epoch: 1, live: true, lostSince: 0 }
}

/** A point that is heard, at connector `pbx` unless said otherwise. */
export function heardPoint(change: Partial<Point> & { connector?: string; address?: string } = {}): Point {
  const connector = change.connector ?? 'pbx'
  const address = change.address ?? '1001'
  const point = newPoint({
    connector,
    address,
    line: change.line ?? `${connector} ${address}`,
    rank: change.rank ?? 1,
  })
  return Object.assign(point, { feeds: [liveFeed()] }, change)
}

export function teamsPoint(change: Partial<Point> = {}): Point {
  return heardPoint({ connector: 'teams', address: 'anna', ...change })
}

export function leg(change: Partial<Leg> = {}): Leg {
  const state = change.state ?? 'confirmed'
  return {
    feed: 'feed',
    leg: 'a',
    state,
    was: state === 'terminated' ? 'confirmed' : state,
    direction: 'inbound',
    party: 'external',
    evidence: 'call',
    since: 1000,
    ...change,
  }
}

export function link(from: string, to: string, change: Partial<Link> = {}): Link {
  return {
    id: `${from} to ${to}`,
    from,
    to,
    rows: defaultRows,
    calls: defaultCalls,
    graceMs: 1000,
    ...defaultSwitches,
    ...change,
  }
}

/** An acknowledged assertion at time 0 in the slot of a Teams session, unless said otherwise. */
export function contribution(change: Partial<Contribution> = {}): Contribution {
  return {
    id: 'c1',
    slot: 'session',
    act: 'assert',
    state: IN_A_CALL,
    cause: { link: 'pbx to teams', kind: 'condition', at: 0, text: 'call on pbx 1001' },
    found: undefined,
    before: AVAILABLE,
    intentAt: 0,
    ackAt: 0,
    confirmedAt: undefined,
    expiresAt: 720_000,
    refreshedAt: 0,
    endIntentAt: undefined,
    endAckAt: undefined,
    endConfirmedAt: undefined,
    ending: undefined,
    ...change,
  }
}
